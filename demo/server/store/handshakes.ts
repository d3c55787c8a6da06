/**
 * Answers to handshakes, waiting for the backend that asked (dossier part 1, §9.2). They hold credentials, so they are sealed with
 * the nonce, of which only the SHA-256 is stored: the table alone opens none of them.
 */
import { hkdfSync } from 'node:crypto';
import { createSecret, sha256 } from '../ids.ts';
import { open, seal } from '../seal.ts';
import type { Database } from './database.ts';

/** Milliseconds that a nonce is good for: one redirect. */
export const handshakeLifetime = 30_000;

/** Keeps complete `Set-Cookie` lines, and returns the nonce that opens them once. */
export async function insertHandshake(database: Database, directives: readonly string[], now: number): Promise<string> {
  const nonce = createSecret();
  await database
    .insertInto('handshakes')
    .values({
      nonce_hash: sha256(nonce),
      sealed_directives: seal(keyOf(nonce), JSON.stringify(directives)),
      expire_at: now + handshakeLifetime,
    })
    .execute();
  return nonce;
}

/** The lines behind a nonce, the first time it is asked for; `undefined` if it is unknown, used or too old. */
export async function takeHandshake(database: Database, nonce: string, now: number): Promise<string[] | undefined> {
  const row = await database
    .deleteFrom('handshakes')
    .where('nonce_hash', '=', sha256(nonce))
    .where('expire_at', '>', now)
    .returning('sealed_directives')
    .executeTakeFirst();
  return row && (JSON.parse(open(keyOf(nonce), row.sealed_directives)) as string[]);
}

const keyOf = (nonce: string) => Buffer.from(hkdfSync('sha256', nonce, '', 'handshake', 32));
