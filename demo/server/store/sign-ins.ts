/** Sign-in attempts. Every change names the status it starts from, so of several at once only one takes place. */
import type { Selectable, Updateable } from 'kysely';
import { createId } from '../ids.ts';
import { inTransaction } from './database.ts';
import type { Database } from './database.ts';
import type { SignInTable } from './tables/attempts.ts';
import { voidVerifications } from './verifications.ts';

export type SignIn = Selectable<SignInTable>;

export async function findSignIn(database: Database, id: string): Promise<SignIn | undefined> {
  return database.selectFrom('sign_ins').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The row, kept from others until the transaction ends. */
export async function lockSignIn(transaction: Database, id: string): Promise<SignIn | undefined> {
  return transaction.selectFrom('sign_ins').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Makes an attempt and puts it in the place of the client's current one, whose code stops working. */
export async function insertSignIn(
  database: Database,
  signIn: Pick<SignIn, 'client_id' | 'user_id' | 'identifier' | 'status' | 'created_at' | 'abandon_at'> & { sign_up_if_missing?: boolean },
): Promise<SignIn> {
  return inTransaction(database, async (transaction) => {
    const former = await transaction
      .selectFrom('clients')
      .innerJoin('sign_ins', 'sign_ins.id', 'clients.sign_in_id')
      .select(['first_factor_verification_id', 'second_factor_verification_id'])
      .where('clients.id', '=', signIn.client_id)
      .executeTakeFirst();
    if (former) await voidVerifications(transaction, Object.values(former));
    const row = await transaction
      .insertInto('sign_ins')
      .values({ ...signIn, id: createId('sia') })
      .returningAll()
      .executeTakeFirstOrThrow();
    await transaction.updateTable('clients').set({ sign_in_id: row.id }).where('id', '=', row.client_id).execute();
    return row;
  });
}

export type SignInChanges = Omit<Updateable<SignInTable>, 'id' | 'client_id' | 'created_at'>;

/** Changes an attempt that has this status; `undefined` if it has another by now. */
export async function moveSignIn(
  database: Database,
  { id, status }: { id: string; status: string },
  changes: SignInChanges,
): Promise<SignIn | undefined> {
  return database.updateTable('sign_ins').set(changes).where('id', '=', id).where('status', '=', status).returningAll().executeTakeFirst();
}

/** Takes a finished attempt off its client. */
export async function detachSignIn(database: Database, { id, client_id: clientId }: SignIn): Promise<void> {
  await database.updateTable('clients').set({ sign_in_id: null }).where('id', '=', clientId).where('sign_in_id', '=', id).execute();
}

/** Ends the unfinished attempts of a user, on every client, together with their codes (security.md, C6). */
export async function abandonSignInsOfUser(
  database: Database,
  userId: string,
  { exceptSignInId }: { exceptSignInId?: string | undefined } = {},
): Promise<void> {
  let query = database
    .updateTable('sign_ins')
    .set({ status: 'abandoned' })
    .where('user_id', '=', userId)
    .where('status', 'not in', ['complete', 'abandoned']);
  if (exceptSignInId !== undefined) query = query.where('id', '!=', exceptSignInId);
  const rows = await query.returning(['first_factor_verification_id', 'second_factor_verification_id']).execute();
  await voidVerifications(
    database,
    rows.flatMap((row) => [row.first_factor_verification_id, row.second_factor_verification_id]),
  );
}
