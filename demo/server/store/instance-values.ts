/** Secrets and keys that are made once and shared by every process on the database. */
import { inTransaction } from './database.ts';
import type { Database } from './database.ts';

/** The value of that name; the first process to ask stores its proposal, all others get that one. */
export async function keepOnce(database: Database, name: string, proposal: string): Promise<string> {
  await database
    .insertInto('instance_values')
    .values({ name, value: proposal })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await database.selectFrom('instance_values').select('value').where('name', '=', name).executeTakeFirstOrThrow();
  return row.value;
}

/** Stores a mark; `false` if it was there. Part of the caller's transaction, so that the marked work happens exactly once. */
export async function markOnce(database: Database, name: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await database
    .insertInto('instance_values')
    .values({ name, value: 'done' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Boolean(numInsertedOrUpdatedRows);
}

/** `true` if the mark is there. */
export async function hasMark(database: Database, name: string): Promise<boolean> {
  const row = await database.selectFrom('instance_values').select('name').where('name', '=', name).executeTakeFirst();
  return row !== undefined;
}

/** A signing key as JWK pair. */
export interface SigningKey {
  id: string;
  private_key: object;
  public_key: object;
  activated_at: number;
  retired_at: number | null;
}

/** All signing keys, the newest first; makes the first one if there is none. */
export async function findSigningKeys(
  database: Database,
  createFirst: () => Promise<Pick<SigningKey, 'id' | 'private_key' | 'public_key'>>,
  now: number,
): Promise<SigningKey[]> {
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
      await transaction
        .insertInto('signing_keys')
        .values({
          id: key.id,
          private_key: JSON.stringify(key.private_key),
          public_key: JSON.stringify(key.public_key),
          created_at: now,
          activated_at: now,
        })
        .execute();
    }
    return select(transaction);
  });
}
