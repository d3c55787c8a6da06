/** Phone numbers that are kept for the second step of a sign-in (dossier part 2, §4.1). */
import type { Dependencies } from '../dependencies.ts';
import { ApiError } from '../errors.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { updateIdentification } from '../store/identifications.ts';
import type { User } from '../store/users.ts';
import { canSignIn, lockAndFind, ownOf } from './held-identifications.ts';
import { issueFirstBackupCodes, noteChange } from './second-factors.ts';
import { secondFactorNumbersOf } from './two-factor.ts';

/** How an owner changes a number; what is missing stays as it is. */
export interface PhoneNumberForm {
  reserved_for_second_factor?: boolean | undefined;
  default_second_factor?: boolean | undefined;
}

/**
 * Keeps a number for the second step, or lets go of it, or puts it in front of the others.
 * @returns backup codes, if this has turned the first second factor on.
 * @throws ApiError 404; 403 `feature_not_enabled`; 400 `identification_update_second_factor_unverified`, `identification_update_failed`
 * if nothing would be left for the first step, `second_factor_deletion_not_allowed`.
 */
export async function changePhoneNumber(
  context: Dependencies,
  { userId, id }: { userId: string; id: string },
  { reserved_for_second_factor: isKept, default_second_factor: isDefault }: PhoneNumberForm,
): Promise<string[] | null> {
  const { settings, now } = context;
  if (isKept === true || isDefault === true) requirePhoneSecondFactor(context);
  return inTransaction(context.database, async (transaction) => {
    const user = await lockAndFind(transaction, userId);
    const own = ownOf(user, { kind: 'phone_number', id });
    const willBeKept = isKept ?? own.isSecondFactor;
    if (willBeKept && own.verified_by === null) throw secondFactorUnverified();
    if (isDefault && !willBeKept) throw updateFailed('Only a number that is kept for the second step can be the usual one.');
    const key = { kind: 'phone_number', userId, id } as const;
    if (isKept !== undefined) await updateIdentification(transaction, key, { reserved_for_second_factor: isKept }, now());
    if (isDefault !== undefined) await makeDefault(transaction, user, { id, isDefault, now: now() });
    const backupCodes = await settleSecondFactors(context, transaction, user, { byOwner: true });
    const after = await lockAndFind(transaction, userId);
    if (canSignIn(user, settings) && !canSignIn(after, settings)) {
      throw updateFailed(
        'This is all that you sign in with. Set a password, or add something else, before you keep it for the second step.',
      );
    }
    return backupCodes;
  });
}

async function makeDefault(transaction: Database, user: User, { id, isDefault, now }: { id: string; isDefault: boolean; now: number }) {
  for (const number of user.phone_numbers) {
    const is = number.id === id ? isDefault : number.default_second_factor && !isDefault;
    if (is === number.default_second_factor) continue;
    await updateIdentification(transaction, { kind: 'phone_number', userId: user.id, id: number.id }, { default_second_factor: is }, now);
  }
}

/**
 * After phone numbers were changed, within the same transaction: one of those that are kept is the usual one, and if they are others than
 * before, all follows that follows from another second factor.
 * @param before the user as it was.
 * @returns backup codes, if the owner has turned the first second factor on.
 */
export async function settleSecondFactors(
  context: Pick<Dependencies, 'database' | 'keys' | 'settings' | 'now'>,
  transaction: Database,
  before: User,
  { byOwner = false } = {},
): Promise<string[] | null> {
  const after = await lockAndFind(transaction, before.id);
  const kept = secondFactorNumbersOf(after);
  const usual = kept.find((number) => number.default_second_factor) ?? kept[0];
  for (const { id, default_second_factor: is } of after.phone_numbers) {
    if (is === (id === usual?.id)) continue;
    await updateIdentification(transaction, { kind: 'phone_number', userId: after.id, id }, { default_second_factor: !is }, context.now());
  }
  const idsOf = (user: User) => secondFactorNumbersOf(user).map(({ id }) => id);
  if (idsOf(before).join() === idsOf(after).join()) {
    return null;
  }
  const backupCodes = byOwner ? await issueFirstBackupCodes(context, transaction, { before, after }) : null;
  await noteChange(context, transaction, before, { byOwner });
  return backupCodes;
}

/** @throws ApiError 403 `feature_not_enabled`: not in this instance. */
export function requirePhoneSecondFactor({ settings: { attributes } }: Pick<Dependencies, 'settings'>): void {
  if (attributes.phoneNumber.secondFactors.includes('phone_code')) return;
  throw new ApiError(403, {
    code: 'feature_not_enabled',
    message: 'Not enabled',
    longMessage: 'Phone numbers are no second factor in the settings of this instance.',
  });
}

/** 400: only who has proved a number can be asked for a code there. */
export const secondFactorUnverified = () =>
  new ApiError(400, {
    code: 'identification_update_second_factor_unverified',
    message: 'Unverified phone number',
    longMessage: 'Verify the phone number before you use it as a second factor.',
  });

const updateFailed = (longMessage: string) =>
  new ApiError(400, { code: 'identification_update_failed', message: 'Update operation failed', longMessage });
