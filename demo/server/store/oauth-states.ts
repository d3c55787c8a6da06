/** Browsers on their way to a provider and back, and what they were found to be there. Everything here works once. */
import type { Selectable } from 'kysely';
import { sha256 } from '../ids.ts';
import type { Database } from './database.ts';
import type { OAuthStateTable } from './tables/attempts.ts';

export type OAuthState = Selectable<OAuthStateTable>;
export type OAuthPurpose = OAuthState['purpose'];

/** @param state the secret that the provider hands back. */
export async function insertOAuthState(database: Database, state: string, values: Omit<OAuthState, 'state_hash'>): Promise<void> {
  await database
    .insertInto('oauth_states')
    .values({ ...values, state_hash: sha256(state) })
    .execute();
}

/** Uses a state up; `undefined` for one that is unknown, too old, or used already. */
export async function takeOAuthState(database: Database, state: string, now: number): Promise<OAuthState | undefined> {
  return database
    .deleteFrom('oauth_states')
    .where('state_hash', '=', sha256(state))
    .where('expire_at', '>', now)
    .returningAll()
    .executeTakeFirst();
}

/** Keeps who was proved for an attempt until there is a user whose it is. */
export async function insertProvedIdentity(database: Database, verificationId: string, sealed: Buffer): Promise<void> {
  await database.insertInto('proved_identities').values({ verification_id: verificationId, sealed_identity: sealed }).execute();
}

export async function findProvedIdentity(database: Database, verificationId: string): Promise<Buffer | undefined> {
  const row = await database
    .selectFrom('proved_identities')
    .select('sealed_identity')
    .where('verification_id', '=', verificationId)
    .executeTakeFirst();
  return row?.sealed_identity;
}

export async function deleteProvedIdentity(database: Database, verificationId: string): Promise<void> {
  await database.deleteFrom('proved_identities').where('verification_id', '=', verificationId).execute();
}

/** Uses an ID token up; `false` if it was used before. */
export async function takeIdToken(database: Database, token: string, expireAt: number): Promise<boolean> {
  const row = await database
    .insertInto('used_id_tokens')
    .values({ token_hash: sha256(token), expire_at: expireAt })
    .onConflict((conflict) => conflict.doNothing())
    .returning('token_hash')
    .executeTakeFirst();
  return row !== undefined;
}
