/** Signing keys: made, handed over from one to the next, and forgotten (security.md, C8). Times are milliseconds since 1970. */
import { sql } from 'kysely';
import { inTransaction } from './database.ts';
import type { Database } from './database.ts';
import { markOnce } from './instance-values.ts';

/** A signing key as JWK pair. */
export interface SigningKey {
  id: string;
  private_key: object;
  public_key: object;
  /** Published before, used for signing from here on. */
  activated_at: number;
  /** From here on another one signs; this one still verifies for a day. May lie ahead. */
  retired_at: number | null;
}

export type NewSigningKey = Pick<SigningKey, 'id' | 'private_key' | 'public_key'>;

/** All signing keys, the newest first; makes the first one if there is none. */
export async function findSigningKeys(database: Database, createFirst: () => Promise<NewSigningKey>, now: number): Promise<SigningKey[]> {
  const select = (connection: Database) =>
    connection
      .selectFrom('signing_keys')
      .select(['id', 'private_key', 'public_key', 'activated_at', 'retired_at'])
      .orderBy('activated_at', 'desc')
      .execute();
  const found = await select(database);
  if (found.length) return found;
  const key = await createFirst();
  return inTransaction(database, async (transaction) => {
    // One process decides; the others wait for its commit and find the key.
    if (await markOnce(transaction, 'first_signing_key')) {
      await insertSigningKey(transaction, key, { now, activatedAt: now });
    }
    return select(transaction);
  });
}

/**
 * Adds a key that signs from a time on, at which the present one retires. Of several commands at once, one adds its key.
 * @returns `undefined`, or the key that waits for its time already: then nothing was changed.
 */
export async function addSigningKey(
  database: Database,
  key: NewSigningKey,
  { now, activatedAt }: { now: number; activatedAt: number },
): Promise<Pick<SigningKey, 'id' | 'activated_at'> | undefined> {
  return inTransaction(database, async (transaction) => {
    await lockSigningKeys(transaction);
    const waiting = await transaction
      .selectFrom('signing_keys')
      .select(['id', 'activated_at'])
      .where('activated_at', '>', now)
      .executeTakeFirst();
    if (waiting) return waiting;
    await transaction.updateTable('signing_keys').set({ retired_at: activatedAt }).where('retired_at', 'is', null).execute();
    await insertSigningKey(transaction, key, { now, activatedAt });
    return undefined;
  });
}

/** Puts a key in the place of all others, at once: what they have signed is worth nothing any more. */
export async function replaceSigningKeys(database: Database, key: NewSigningKey, now: number): Promise<void> {
  await inTransaction(database, async (transaction) => {
    await lockSigningKeys(transaction);
    await transaction.deleteFrom('signing_keys').execute();
    await insertSigningKey(transaction, key, { now, activatedAt: now });
  });
}

const lockSigningKeys = (transaction: Database) =>
  sql`select pg_advisory_xact_lock(hashtextextended('signing_keys', 0))`.execute(transaction);

async function insertSigningKey(
  transaction: Database,
  key: NewSigningKey,
  { now, activatedAt }: { now: number; activatedAt: number },
): Promise<void> {
  await transaction
    .insertInto('signing_keys')
    .values({
      id: key.id,
      private_key: JSON.stringify(key.private_key),
      public_key: JSON.stringify(key.public_key),
      created_at: now,
      activated_at: activatedAt,
    })
    .execute();
}
