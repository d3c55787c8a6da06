/** Reverifications, one for each session. Every change names the status it starts from, so of several at once only one takes place. */
import type { Insertable, Selectable, Updateable } from 'kysely';
import { inTransaction } from './database.ts';
import type { Database } from './database.ts';
import type { ReverificationTable } from './tables/attempts.ts';
import { voidVerifications } from './verifications.ts';

export type Reverification = Selectable<ReverificationTable>;

/** The one that is under way or done; `undefined` if there is none, or if it is too old. */
export async function findReverification(database: Database, sessionId: string, now: number): Promise<Reverification | undefined> {
  return select(database, sessionId, now).executeTakeFirst();
}

/** The row, kept from others until the transaction ends. */
export async function lockReverification(transaction: Database, sessionId: string, now: number): Promise<Reverification | undefined> {
  return select(transaction, sessionId, now).forUpdate().executeTakeFirst();
}

const select = (database: Database, sessionId: string, now: number) =>
  database.selectFrom('reverifications').selectAll().where('session_id', '=', sessionId).where('expire_at', '>', now);

/** Starts one in the place of the session's former one, whose codes stop working. */
export async function replaceReverification(database: Database, reverification: Insertable<ReverificationTable>): Promise<Reverification> {
  return inTransaction(database, async (transaction) => {
    const former = await transaction
      .deleteFrom('reverifications')
      .where('session_id', '=', reverification.session_id)
      .returningAll()
      .executeTakeFirst();
    if (former) await voidVerifications(transaction, [former.first_factor_verification_id, former.second_factor_verification_id]);
    return transaction
      .insertInto('reverifications')
      .values(reverification)
      .onConflict((conflict) => conflict.column('session_id').doUpdateSet(reverification))
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

export type ReverificationChanges = Pick<
  Updateable<ReverificationTable>,
  'status' | 'first_factor_verification_id' | 'second_factor_verification_id'
>;

/** Changes one that has this status; `false` if it has another by now. */
export async function moveReverification(
  database: Database,
  { session_id, status, created_at }: Reverification,
  changes: ReverificationChanges,
): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('reverifications')
    .set(changes)
    .where('session_id', '=', session_id)
    .where('status', '=', status)
    .where('created_at', '=', created_at)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
