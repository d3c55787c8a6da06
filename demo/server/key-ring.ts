/** The signing keys of the instance as a process knows them: which one signs now, and which ones are published (security.md, C8). */
import { exportJWK, generateKeyPair, importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import type { Database } from './store/database.ts';
import { findSigningKeys } from './store/signing-keys.ts';
import type { NewSigningKey, SigningKey } from './store/signing-keys.ts';

export const signingAlgorithm = 'RS256';

/** Milliseconds: a retired key stays published for a day (security.md §3). */
const retiredKeyLifetime = 24 * 3600_000;
/** Milliseconds after which the keys are read again, beside the requests. */
const refreshInterval = 2_000;
/** Milliseconds after which a request waits for that: no process signs or verifies with older knowledge. */
export const longestKeyAge = 60_000;

/** A key that can be used. */
export interface RingKey {
  id: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  /** As it is published. */
  jwk: object;
}

/** The keys of this moment. */
export interface KeyRing {
  /** The one that signs. */
  active: RingKey;
  /** All that verify: also the next one, and those that retired within the last day. */
  published: RingKey[];
}

type KnownKey = RingKey & Pick<SigningKey, 'activated_at' | 'retired_at'>;

/**
 * A function that gives the keys of this moment. The first key is made if there is none.
 * @param instanceId id of the first key (dossier part 1, §6.3).
 */
export function createKeyRing(database: Database, instanceId: string, now: () => number): () => Promise<KeyRing> {
  const imported = new Map<string, Promise<RingKey>>();
  let known: KnownKey[] | undefined;
  let readAt = -Infinity;
  let reading: Promise<KnownKey[]> | undefined;

  const read = async (): Promise<KnownKey[]> => {
    const rows = await findSigningKeys(database, () => createSigningKey(instanceId), now());
    const keys = await Promise.all(
      rows.map(async (row) => {
        const key = imported.get(row.id) ?? importKey(row);
        imported.set(row.id, key);
        return { ...(await key), activated_at: row.activated_at, retired_at: row.retired_at };
      }),
    );
    for (const id of imported.keys()) if (!keys.some((key) => key.id === id)) imported.delete(id);
    return keys;
  };
  const refresh = async (): Promise<KnownKey[]> => {
    try {
      known = await read();
    } catch (error) {
      // While the database is away the known keys still serve.
      if (!known) throw error;
    } finally {
      readAt = performance.now();
      reading = undefined;
    }
    return known;
  };
  const keysNow = async (): Promise<KnownKey[]> => {
    const age = performance.now() - readAt;
    if (known && age <= refreshInterval) return known;
    reading ??= refresh();
    return known && age <= longestKeyAge ? known : reading;
  };

  return async () => {
    const keys = await keysNow();
    const time = now();
    const isRetired = ({ retired_at }: KnownKey) => retired_at !== null && retired_at <= time;
    const published = keys.filter(({ retired_at }) => retired_at === null || time - retired_at < retiredKeyLifetime);
    // Where this clock is behind the one of the process that made the first key, that key counts all the same.
    const active = published.find((key) => key.activated_at <= time && !isRetired(key)) ?? published.findLast((key) => !isRetired(key));
    if (!active) throw new Error('No signing key is active.');
    return { active, published };
  };
}

async function importKey({ id, private_key, public_key }: SigningKey): Promise<RingKey> {
  return {
    id,
    privateKey: (await importJWK(private_key as JWK, signingAlgorithm)) as CryptoKey,
    publicKey: (await importJWK(public_key as JWK, signingAlgorithm)) as CryptoKey,
    jwk: { use: 'sig', ...public_key, kid: id, alg: signingAlgorithm },
  };
}

/** A new key: RSA of 2048 bits. */
export async function createSigningKey(id: string): Promise<NewSigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(signingAlgorithm, { modulusLength: 2048, extractable: true });
  return { id, private_key: await exportJWK(privateKey), public_key: await exportJWK(publicKey) };
}
