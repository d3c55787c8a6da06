/** Accounts of users at other providers. What changes one changes its user. */
import type { Selectable, Updateable } from 'kysely';
import { createId } from '../ids.ts';
import { noteUser } from './changes.ts';
import { whereObserved } from './database.ts';
import type { Database } from './database.ts';
import type { ExternalAccountTable } from './tables/people.ts';
import { updateUser } from './write-users.ts';

export type ExternalAccount = Selectable<ExternalAccountTable>;

/** What a provider says of an account. */
export type ExternalProfile = Pick<
  ExternalAccount,
  | 'provider_user_id'
  | 'approved_scopes'
  | 'email_address'
  | 'email_address_verified'
  | 'first_name'
  | 'last_name'
  | 'image_url'
  | 'username'
>;

/** The account of a user, connected or about to be. */
export async function findExternalAccount(
  database: Database,
  { id, userId }: { id: string; userId: string },
): Promise<ExternalAccount | undefined> {
  return database.selectFrom('external_accounts').selectAll().where('id', '=', id).where('user_id', '=', userId).executeTakeFirst();
}

/** Whose account at a provider this is. */
export async function findExternalAccountOf(
  database: Database,
  { strategy, providerUserId }: { strategy: string; providerUserId: string },
): Promise<ExternalAccount | undefined> {
  return database
    .selectFrom('external_accounts')
    .selectAll()
    .where('strategy', '=', strategy)
    .where('provider_user_id', '=', providerUserId)
    .executeTakeFirst();
}

/** Connected accounts of a user at one provider, oldest first. */
export async function listExternalAccounts(
  database: Database,
  { userId, strategy }: { userId: string; strategy: string },
): Promise<ExternalAccount[]> {
  return database
    .selectFrom('external_accounts')
    .selectAll()
    .where('user_id', '=', userId)
    .where('strategy', '=', strategy)
    .where('verified_at', 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** An account that a user begins to connect; it is theirs once {@link updateExternalAccount} says who it is. */
export async function insertExternalAccount(
  transaction: Database,
  { userId, strategy, verificationId = null }: { userId: string; strategy: string; verificationId?: string | null },
  now: number,
): Promise<ExternalAccount> {
  const account = await transaction
    .insertInto('external_accounts')
    .values({
      id: createId('eac'),
      user_id: userId,
      strategy,
      identification_id: createId('idn'),
      verification_id: verificationId,
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await updateUser(transaction, userId, {}, now);
  return account;
}

/** Changes an account; `undefined` if it is gone. */
export async function updateExternalAccount(
  transaction: Database,
  { id, user_id: userId }: Pick<ExternalAccount, 'id' | 'user_id'>,
  changes: Omit<Updateable<ExternalAccountTable>, 'id' | 'user_id' | 'updated_at'>,
  now: number,
): Promise<ExternalAccount | undefined> {
  const account = await transaction
    .updateTable('external_accounts')
    .set({ ...changes, updated_at: now })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returningAll()
    .executeTakeFirst();
  if (account) await updateUser(transaction, userId, {}, now);
  return account;
}

/** Keeps the tokens of an account that were renewed: nothing that a user is. */
export async function replaceTokens(database: Database, id: string, { from, to }: { from: Buffer; to: Buffer }): Promise<void> {
  await database
    .updateTable('external_accounts')
    .set({ sealed_tokens: to })
    .where('id', '=', id)
    .where('sealed_tokens', '=', from)
    .execute();
}

/** Takes an account away from its user; `undefined` if they have none with this id. */
export async function deleteExternalAccount(
  database: Database,
  { id, userId }: { id: string; userId: string },
  now: number,
): Promise<ExternalAccount | undefined> {
  return whereObserved(database, async (transaction) => {
    const account = await transaction
      .deleteFrom('external_accounts')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .returningAll()
      .executeTakeFirst();
    if (account) await updateUser(transaction, userId, {}, now);
    return account;
  });
}

/** Takes every account away from a user, within the transaction that has locked them. */
export async function deleteExternalAccounts(transaction: Database, userId: string): Promise<void> {
  await transaction.deleteFrom('external_accounts').where('user_id', '=', userId).execute();
  noteUser(transaction, userId, 'updated');
}
