/** Sign-up attempts. A change locks the row from reading to writing: two at once never complete it twice. */
import type { Insertable, Selectable, Updateable } from 'kysely';
import { createId } from '../ids.ts';
import { inTransaction } from './database.ts';
import type { Database } from './database.ts';
import type { SignUpTable } from './tables/attempts.ts';
import type { MetadataDocument } from './tables/people.ts';
import { voidVerifications } from './verifications.ts';

export type SignUp = Selectable<SignUpTable>;

export async function findSignUp(database: Database, id: string): Promise<SignUp | undefined> {
  return database.selectFrom('sign_ups').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The row, kept from others until the transaction ends. */
export async function lockSignUp(transaction: Database, id: string): Promise<SignUp | undefined> {
  return transaction.selectFrom('sign_ups').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Columns that may be set; documents as objects. */
export type SignUpChanges = Omit<Updateable<SignUpTable>, 'id' | 'client_id' | 'created_at' | 'unsafe_metadata' | 'public_metadata'> & {
  unsafe_metadata?: MetadataDocument;
  public_metadata?: MetadataDocument;
};

/** Makes an attempt and puts it in the place of the client's current one, whose code stops working. */
export async function insertSignUp(
  database: Database,
  {
    unsafe_metadata,
    public_metadata,
    ...values
  }: SignUpChanges & Pick<Insertable<SignUpTable>, 'client_id' | 'status' | 'created_at' | 'abandon_at'>,
): Promise<SignUp> {
  return inTransaction(database, async (transaction) => {
    const former = await transaction
      .selectFrom('clients')
      .innerJoin('sign_ups', 'sign_ups.id', 'clients.sign_up_id')
      .select(['email_address_verification_id', 'phone_number_verification_id', 'external_account_verification_id'])
      .where('clients.id', '=', values.client_id)
      .executeTakeFirst();
    if (former) await voidVerifications(transaction, Object.values(former));
    const row = await transaction
      .insertInto('sign_ups')
      .values({
        ...values,
        id: createId('sua'),
        unsafe_metadata: JSON.stringify(unsafe_metadata ?? {}),
        public_metadata: JSON.stringify(public_metadata ?? {}),
      } as Insertable<SignUpTable>)
      .returningAll()
      .executeTakeFirstOrThrow();
    await transaction.updateTable('clients').set({ sign_up_id: row.id }).where('id', '=', row.client_id).execute();
    return row;
  });
}

export async function updateSignUp(
  database: Database,
  id: string,
  { unsafe_metadata, public_metadata, ...changes }: SignUpChanges,
): Promise<SignUp> {
  return database
    .updateTable('sign_ups')
    .set({
      ...changes,
      ...(unsafe_metadata !== undefined && { unsafe_metadata: JSON.stringify(unsafe_metadata) }),
      ...(public_metadata !== undefined && { public_metadata: JSON.stringify(public_metadata) }),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Takes a finished attempt off its client. */
export async function detachSignUp(database: Database, { id, client_id: clientId }: SignUp): Promise<void> {
  await database.updateTable('clients').set({ sign_up_id: null }).where('id', '=', clientId).where('sign_up_id', '=', id).execute();
}
