/** What holds for the email addresses and phone numbers of a user, whoever changes them: their owner, or a backend. */
import { notFound } from '../errors.ts';
import { listFactors } from '../factors/index.ts';
import type { InstanceSettings } from '../settings.ts';
import type { Database } from '../store/database.ts';
import { deleteIdentifications } from '../store/identifications.ts';
import type { IdentificationKey, IdentificationKind } from '../store/identifications.ts';
import { abandonSignInsOfUser } from '../store/sign-ins.ts';
import { findUser } from '../store/users.ts';
import type { User } from '../store/users.ts';
import { lockUser, updateUser } from '../store/write-users.ts';
import { voidVerifications } from '../store/verifications.ts';
import { identificationKinds, identificationsOf } from './identification-kinds.ts';
import type { Identification } from './identification-kinds.ts';
import { subjectOfUser } from './subject.ts';

/** @throws ApiError 404 if the user is gone. */
export async function lockAndFind(transaction: Database, userId: string): Promise<User> {
  await lockUser(transaction, userId);
  const user = await findUser(transaction, userId);
  if (!user) throw notFound('user');
  return user;
}

/** @throws ApiError 404 if it is not one of theirs. */
export function ownOf(user: User, { kind, id }: Pick<IdentificationKey, 'kind' | 'id'>): Identification {
  const own = identificationsOf(user).find((each) => each.kind === kind && each.id === id);
  if (!own) throw notFound(identificationKinds[kind].noun);
  return own;
}

/**
 * Takes some of a kind away, with the codes and half-finished sign-ins that hang on them (security.md, C6). Another proved one becomes
 * the primary one.
 */
export async function removeFrom(
  transaction: Database,
  user: User,
  { kind, ids }: { kind: IdentificationKind; ids: readonly string[] },
  now: number,
): Promise<void> {
  const { primaryColumn } = identificationKinds[kind];
  const all = identificationsOf(user).filter((own) => own.kind === kind);
  const removed = all.filter(({ id }) => ids.includes(id));
  await deleteIdentifications(transaction, { kind, userId: user.id, ids });
  await voidVerifications(
    transaction,
    removed.map(({ verification_id }) => verification_id),
  );
  const next = all.find(({ id, verified_by, isSecondFactor }) => verified_by !== null && !isSecondFactor && !ids.includes(id));
  const isPrimaryGone = removed.some(({ isPrimary }) => isPrimary);
  await updateUser(transaction, user.id, isPrimaryGone ? { [primaryColumn]: next?.id ?? null } : {}, now);
  await abandonSignInsOfUser(transaction, user.id);
}

/** Whether any first factor is left to a user. A forgotten password is none. */
export const canSignIn = (user: User, settings: InstanceSettings): boolean =>
  listFactors(subjectOfUser(user), settings).some(({ strategy }) => !strategy.startsWith('reset_password'));
