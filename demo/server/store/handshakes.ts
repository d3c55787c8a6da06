/** Handshakes between the two APIs: what the Frontend API has to say to a site's server, under a nonce that works once (dossier part 1, §9.2). */
import type { Database } from './database.ts';

export interface Handshake {
  /** SHA-256 of the nonce. */
  nonceHash: Buffer;
  /** Complete `Set-Cookie` lines. */
  directives: string[];
  /** Milliseconds since 1970. */
  expireAt: number;
}

export async function createHandshake(database: Database, { nonceHash, directives, expireAt }: Handshake): Promise<void> {
  await database
    .insertInto('handshakes')
    .values({ nonce_hash: nonceHash, directives: JSON.stringify(directives), expire_at: expireAt })
    .execute();
}

/** The directives under a nonce, once; `undefined` for an unknown, used or old one. Old ones of others are swept away too. */
export async function takeHandshake(database: Database, nonceHash: Buffer, now: number): Promise<string[] | undefined> {
  const taken = await database
    .deleteFrom('handshakes')
    .where((eb) => eb.or([eb('nonce_hash', '=', nonceHash), eb('expire_at', '<=', now)]))
    .returning(['nonce_hash', 'directives', 'expire_at'])
    .execute();
  return taken.find((row) => row.nonce_hash.equals(nonceHash) && row.expire_at > now)?.directives;
}
