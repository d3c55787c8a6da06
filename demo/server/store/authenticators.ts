/** Authenticator apps: one for each user, of use once it is verified. */
import type { Selectable } from 'kysely';
import { createId } from '../ids.ts';
import type { Database } from './database.ts';
import type { AuthenticatorTable } from './tables/people.ts';

export type Authenticator = Selectable<AuthenticatorTable>;

export async function findAuthenticator(database: Database, userId: string): Promise<Authenticator | undefined> {
  return database.selectFrom('authenticators').selectAll().where('user_id', '=', userId).executeTakeFirst();
}

/** Puts a new secret in the place of one that was never verified; `undefined` if there is one that was. */
export async function proposeAuthenticator(
  database: Database,
  { userId, sealedSecret, verifiedAt = null }: { userId: string; sealedSecret: Buffer; verifiedAt?: number | null },
  now: number,
): Promise<Authenticator | undefined> {
  const values = {
    id: createId('totp'),
    sealed_secret: sealedSecret,
    verified_at: verifiedAt,
    last_step: null,
    created_at: now,
    updated_at: now,
  };
  return database
    .insertInto('authenticators')
    .values({ ...values, user_id: userId })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(values).where('authenticators.verified_at', 'is', null))
    .returningAll()
    .executeTakeFirst();
}

/** Makes it a factor, by its first code; `undefined` if it is one already, or gone. */
export async function verifyAuthenticator(database: Database, id: string, step: number, now: number): Promise<Authenticator | undefined> {
  return database
    .updateTable('authenticators')
    .set({ verified_at: now, last_step: step, updated_at: now })
    .where('id', '=', id)
    .where('verified_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** Uses up the codes of a time step and of all before it; `false` if they are used up. Of several at once, one is told `true`. */
export async function takeStep(database: Database, id: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('authenticators')
    .set({ last_step: step })
    .where('id', '=', id)
    .where('verified_at', 'is not', null)
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The one that is deleted, if there was one. */
export async function deleteAuthenticator(database: Database, userId: string): Promise<Authenticator | undefined> {
  return database.deleteFrom('authenticators').where('user_id', '=', userId).returningAll().executeTakeFirst();
}
