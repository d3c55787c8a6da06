/** Passkeys of users. One that is registered, but not verified yet, is of no use and shows nowhere; there is one of those at most. */
import type { ExpressionBuilder, Selectable } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { createId } from '../ids.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import type { PasskeyTable } from './tables/people.ts';

export type StoredPasskey = Selectable<PasskeyTable>;

const columns = ['id', 'name', 'rp_id', 'credential_id', 'transports', 'last_used_at', 'created_at', 'updated_at'] as const;

/** A verified passkey, as it goes with its user: without what is needed to judge it. */
export type Passkey = Pick<StoredPasskey, Exclude<(typeof columns)[number], 'credential_id'>> & { credential_id: string };

/** A passkey that can be judged. */
export type VerifiedPasskey = StoredPasskey & { credential_id: string; public_key: Buffer };

/** The verified passkeys of the user that a query selects, oldest first. */
export const selectPasskeysOfUser = (users: ExpressionBuilder<Tables, 'users'>) =>
  jsonArrayFrom(
    users
      .selectFrom('passkeys')
      .select(columns)
      .whereRef('passkeys.user_id', '=', 'users.id')
      .where('passkeys.verified_at', 'is not', null)
      .orderBy('passkeys.created_at')
      .orderBy('passkeys.id'),
  );

/** Which passkey of which user. */
export interface PasskeyChoice {
  id: string;
  userId: string;
}

export async function findPasskey(database: Database, { id, userId }: PasskeyChoice): Promise<StoredPasskey | undefined> {
  return database.selectFrom('passkeys').selectAll().where('id', '=', id).where('user_id', '=', userId).executeTakeFirst();
}

/** The verified passkey with this id of WebAuthn's, whoever has it. */
export async function findPasskeyByCredential(database: Database, credentialId: string): Promise<VerifiedPasskey | undefined> {
  return database
    .selectFrom('passkeys')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .where('verified_at', 'is not', null)
    .executeTakeFirst() as Promise<VerifiedPasskey | undefined>;
}

/** Starts a registration, in the place of one that was not finished. */
export async function proposePasskey(
  transaction: Database,
  { userId, rpId, verificationId, name }: { userId: string; rpId: string; verificationId: string; name: string },
  now: number,
): Promise<StoredPasskey> {
  await transaction.deleteFrom('passkeys').where('user_id', '=', userId).where('verified_at', 'is', null).execute();
  return transaction
    .insertInto('passkeys')
    .values({
      id: createId('idn'),
      user_id: userId,
      name,
      rp_id: rpId,
      verification_id: verificationId,
      created_at: now,
      updated_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What a device tells of a new key pair. */
export type Credential = Pick<VerifiedPasskey, 'credential_id' | 'public_key' | 'counter' | 'transports'>;

/** Makes it a factor; `undefined` if it is one already, or gone. */
export async function verifyPasskey(
  database: Database,
  id: string,
  credential: Credential,
  now: number,
): Promise<StoredPasskey | undefined> {
  return database
    .updateTable('passkeys')
    .set({ ...credential, verified_at: now, last_used_at: now, updated_at: now })
    .where('id', '=', id)
    .where('verified_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** Notes a signature by its number; `false` if there was one with this number or a higher one: the key has been copied, or is gone. */
export async function countSignature(database: Database, id: string, counter: number, now: number): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('passkeys')
    .set({ counter, last_used_at: now, updated_at: now })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('counter', '<', counter), eb.and([eb('counter', '=', 0), eb(eb.val(counter), '=', 0)])]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function renamePasskey(database: Database, id: string, name: string, now: number): Promise<void> {
  await database.updateTable('passkeys').set({ name, updated_at: now }).where('id', '=', id).execute();
}

/** The one that is deleted, if there was one. */
export async function deletePasskey(database: Database, { id, userId }: PasskeyChoice): Promise<StoredPasskey | undefined> {
  return database.deleteFrom('passkeys').where('id', '=', id).where('user_id', '=', userId).returningAll().executeTakeFirst();
}

/** Takes every passkey away from a user, within the transaction that changes them. */
export async function deletePasskeys(transaction: Database, userId: string): Promise<void> {
  await transaction.deleteFrom('passkeys').where('user_id', '=', userId).execute();
}
