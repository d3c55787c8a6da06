/** The password of the signed-in user: set, changed, taken away by themselves (dossier part 2, §4.1; security.md, C6). */
import type { Dependencies } from '../dependencies.ts';
import { ApiError } from '../errors.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { uncountAttempt } from '../store/lockouts.ts';
import { findPasswordHash } from '../store/users.ts';
import type { User } from '../store/users.ts';
import { requireText } from './form-values.ts';
import { canSignIn, lockAndFind } from './held-identifications.ts';
import { countAround, lockoutWarnings } from './lockout.ts';
import { prepareNewPassword, removePassword, sameAsCurrent, storePassword } from './new-password.ts';
import { endSessionsOfUser } from './sessions.ts';
import { subjectOfUser } from './subject.ts';

/** Who changes a password, and by what. */
export interface OwnPassword {
  user: User;
  /** The one that they have; not asked for where they have none. */
  current: string | undefined;
  /** They have just proved who they are in this session, and are not asked for it. */
  isProved?: boolean;
}

/**
 * Sets a new password.
 * @param exceptSessionId the session that goes on where all others end; without it none ends
 * @throws ApiError 422 `form_password_incorrect`, `form_new_password_matches_current`, the rules for passwords; 403 `user_locked`.
 */
export async function changeOwnPassword(
  context: Dependencies,
  { user, current, isProved = false }: OwnPassword,
  { password, exceptSessionId }: { password: string; exceptSessionId: string | undefined },
): Promise<void> {
  const { database, now } = context;
  const before = isProved ? await findPasswordHash(database, user.id) : await judgeCurrent(context, { user, current });
  const { hash, isCurrent } = await prepareNewPassword(context, subjectOfUser(user), password, 'new_password');
  if (isCurrent) throw sameAsCurrent('new_password');
  await inTransaction(database, async (transaction) => {
    await lockUnchanged(transaction, user.id, before);
    await storePassword(transaction, { userId: user.id, hash }, now());
    if (exceptSessionId) await endSessionsOfUser(transaction, user.id, { exceptSessionId, now: now(), status: 'revoked' });
  });
}

/**
 * Takes the password away.
 * @throws ApiError 400 `password_required` where the instance wants one, or nothing else would be left to sign in by; 400 `no_password_set`;
 *   422 `form_password_incorrect`; 403 `user_locked`.
 */
export async function removeOwnPassword(context: Dependencies, { user, current }: OwnPassword): Promise<void> {
  const { database, settings, now } = context;
  if (!user.has_password) throw new ApiError(400, noPassword);
  if (settings.attributes.password.required) throw new ApiError(400, passwordRequired);
  const before = await judgeCurrent(context, { user, current });
  await inTransaction(database, async (transaction) => {
    const locked = await lockUnchanged(transaction, user.id, before);
    if (!canSignIn({ ...locked, has_password: false }, settings)) throw new ApiError(400, passwordRequired);
    await removePassword(transaction, user.id, now());
  });
}

/** Judges the password that they have, if they have one. @returns its hash. */
async function judgeCurrent(context: Dependencies, { user, current }: OwnPassword): Promise<string | null> {
  const { database, passwords, settings } = context;
  const stored = await findPasswordHash(database, user.id);
  if (stored === null) return null;
  const given = requireText(current, 'current_password');
  const subject = { userId: user.id };
  const { result: isRight, failures } = await countAround(context, subject, async () => {
    if (!(await passwords.verify(stored, given))) return false;
    await uncountAttempt(database, subject);
    return true;
  });
  if (!isRight) throw new ApiError(422, [passwordIncorrect, ...lockoutWarnings(failures, settings)]);
  return stored;
}

/** What was judged is still the password: of two who change it at once by the same one, only the first is right. */
async function lockUnchanged(transaction: Database, userId: string, before: string | null): Promise<User> {
  const user = await lockAndFind(transaction, userId);
  if ((await findPasswordHash(transaction, userId)) !== before) throw new ApiError(422, [passwordIncorrect]);
  return user;
}

const passwordIncorrect = {
  code: 'form_password_incorrect',
  message: 'Password is incorrect.',
  longMessage: 'Password is incorrect. Try again.',
  meta: { param_name: 'current_password' },
};

const noPassword = { code: 'no_password_set', message: 'No password set', longMessage: 'You have no password that could be removed.' };

const passwordRequired = {
  code: 'password_required',
  message: 'Password required',
  longMessage: 'Your account needs its password: without it you could not sign in.',
};
