/** Setting a password, and what it ends (security.md, C6). */
import type { Dependencies } from '../dependencies.ts';
import { ApiError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { completeTask } from '../store/sessions.ts';
import { abandonSignInsOfUser } from '../store/sign-ins.ts';
import { findPasswordHash } from '../store/users.ts';
import { updateUser } from '../store/write-users.ts';
import { checkPassword } from './password.ts';
import { resetPassword } from './session-tasks.ts';
import type { Subject } from './subject.ts';

export interface PreparedPassword {
  hash: string;
  /** It is the one that the person has, which only they may learn. */
  isCurrent: boolean;
}

/**
 * Checks and hashes a new password, before the transaction that stores it.
 * @param parameter the name that its mistakes are told by: `password`
 * @throws ApiError 422 with an item for each rule that it breaks.
 */
export async function prepareNewPassword(
  { database, passwords, settings }: Dependencies,
  { user, addresses }: Subject,
  password: string,
  parameter?: string,
): Promise<PreparedPassword> {
  const username = settings.enumerationProtection ? null : user?.username;
  const identifiers = [username, ...addresses.map(({ normalized }) => normalized)];
  checkPassword(password, { rules: settings.password, identifiers, ...(parameter && { parameter }) });
  const isCurrent = await passwords.verify(await findPasswordHash(database, user?.id ?? ''), password);
  return { hash: await passwords.hash(password), isCurrent };
}

/** 422: the new password is the old one. */
export const sameAsCurrent = (parameter = 'password'): ApiError =>
  new ApiError(422, {
    code: 'form_new_password_matches_current',
    message: 'New password matches the current one',
    longMessage: 'Your new password must not be the same as your current one.',
    meta: { param_name: parameter },
  });

/** Stores a new hash. Codes sent before and sign-ins half done end with it, except the one that has led here. */
export async function storePassword(
  transaction: Database,
  { userId, hash, exceptSignInId }: { userId: string; hash: string; exceptSignInId?: string | undefined },
  now: number,
): Promise<void> {
  await updateUser(transaction, userId, { password_hash: hash, password_updated_at: now, password_compromised: false }, now);
  await completeTask(transaction, { userId, task: resetPassword }, now);
  await abandonSignInsOfUser(transaction, userId, { exceptSignInId });
}

/** Takes the password away. Sign-ins half done with it end with it. */
export async function removePassword(transaction: Database, userId: string, now: number): Promise<void> {
  await updateUser(transaction, userId, { password_hash: null, password_updated_at: now, password_compromised: false }, now);
  await abandonSignInsOfUser(transaction, userId);
}
