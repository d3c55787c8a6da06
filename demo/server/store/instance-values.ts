/** Secrets that are made once and shared by every process on the database. */
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
