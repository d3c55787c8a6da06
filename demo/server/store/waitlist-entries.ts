/** People who wait for their turn. */
import type { ExpressionBuilder, Selectable } from 'kysely';
import { createId } from '../ids.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import type { WaitlistEntryTable } from './tables/instance.ts';

export type WaitlistEntry = Selectable<WaitlistEntryTable>;

/** Puts an address on the list, once: the entry, and whether it is new. */
export async function addWaitlistEntry(
  database: Database,
  { address, normalized }: { address: string; normalized: string },
  now: number,
): Promise<{ entry: WaitlistEntry; isNew: boolean }> {
  const added = await database
    .insertInto('waitlist_entries')
    .values({ id: createId('wle'), email_address: address, email_address_normalized: normalized, created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.column('email_address_normalized').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (added) return { entry: added, isNew: true };
  const entry = await database
    .selectFrom('waitlist_entries')
    .selectAll()
    .where('email_address_normalized', '=', normalized)
    .executeTakeFirstOrThrow();
  return { entry, isNew: false };
}

export async function findWaitlistEntry(database: Database, id: string): Promise<WaitlistEntry | undefined> {
  return database.selectFrom('waitlist_entries').selectAll().where('id', '=', id).executeTakeFirst();
}

export type WaitlistStatus = WaitlistEntry['status'];

/** Moves an entry on that has one of these statuses; `undefined` if it has another one by now. */
export async function moveWaitlistEntry(
  database: Database,
  { id, from }: { id: string; from: readonly WaitlistStatus[] },
  { now, ...changes }: { status: WaitlistStatus; invitation_id?: string; invited_at?: number; now: number },
): Promise<WaitlistEntry | undefined> {
  return database
    .updateTable('waitlist_entries')
    .set({ ...changes, updated_at: now })
    .where('id', '=', id)
    .where('status', 'in', from)
    .returningAll()
    .executeTakeFirst();
}

/** Who had waited with this address has an account now. */
export async function completeWaitlistEntry(transaction: Database, normalized: string, now: number): Promise<void> {
  await transaction
    .updateTable('waitlist_entries')
    .set({ status: 'completed', updated_at: now })
    .where('email_address_normalized', '=', normalized)
    .execute();
}

/** Deletes an entry that nobody has decided on yet. */
export async function deleteWaitlistEntry(database: Database, id: string): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('waitlist_entries')
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export const waitlistColumns = ['created_at', 'email_address', 'invited_at'] as const;

export interface WaitlistPage {
  status?: WaitlistStatus | undefined;
  /** A part of the address, or an id. */
  query?: string | undefined;
  order: { column: (typeof waitlistColumns)[number]; direction: 'asc' | 'desc' };
  limit: number;
  offset: number;
}

/** With the number of all. */
export async function listWaitlistEntries(
  database: Database,
  { status, query, order, limit, offset }: WaitlistPage,
): Promise<{ entries: WaitlistEntry[]; count: number }> {
  const matches = (eb: ExpressionBuilder<Tables, 'waitlist_entries'>) =>
    eb.and([
      ...(status ? [eb('status', '=', status)] : []),
      ...(query ? [eb.or([eb('id', '=', query), eb('email_address', 'ilike', `%${query.replace(/[\\%_]/g, '\\$&')}%`)])] : []),
    ]);
  const all = database.selectFrom('waitlist_entries').where(matches);
  const [entries, { count }] = await Promise.all([
    all.selectAll().orderBy(order.column, order.direction).orderBy('id', order.direction).limit(limit).offset(offset).execute(),
    all.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { entries, count };
}
