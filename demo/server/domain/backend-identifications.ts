/** Email addresses and phone numbers that a backend vouches for, changes and takes away (dossier part 2, §6.4). */
import type { Dependencies } from '../dependencies.ts';
import { parameterError } from '../errors.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { insertIdentification, updateIdentification } from '../store/identifications.ts';
import type { IdentificationChanges, IdentificationKey, IdentificationKind } from '../store/identifications.ts';
import { updateUser } from '../store/write-users.ts';
import { identificationKinds, identificationsOf } from './identification-kinds.ts';
import type { Identification } from './identification-kinds.ts';
import { lockAndFind, ownOf, removeFrom } from './held-identifications.ts';
import { secondFactorUnverified, settleSecondFactors } from './phone-second-factor.ts';

/** What a backend says of one; what it leaves out stays as it is. */
export interface VouchedFlags {
  verified?: boolean | undefined;
  primary?: boolean | undefined;
  reservedForSecondFactor?: boolean | undefined;
}

/** `reserved`: not proved, but it identifies the user and nobody else may have it. */
export const identificationStatuses = ['verified', 'reserved', 'unverified'] as const;
export type IdentificationStatus = (typeof identificationStatuses)[number];

/**
 * Adds one to a user. The first of its kind becomes the primary one.
 * @returns its id.
 * @throws ApiError 422 `form_identifier_exists`, `form_param_format_invalid`; 400 `identification_update_second_factor_unverified`.
 */
export async function addVouched(
  context: Dependencies,
  { kind, userId, text, flags }: { kind: IdentificationKind; userId: string; text: string; flags: VouchedFlags },
): Promise<string> {
  const { now } = context;
  const parsed = identificationKinds[kind].parse(text);
  const { verified = false, primary = false, reservedForSecondFactor = false } = flags;
  requireOffered(context, flags);
  if (reservedForSecondFactor && !verified) throw secondFactorUnverified();
  return inTransaction(context.database, async (transaction) => {
    const user = await lockAndFind(transaction, userId);
    const identification = { ...parsed, verifiedBy: verified ? 'admin' : null, reservedForSecondFactor };
    const id = await insertIdentification(transaction, { kind, userId, identification }, now());
    await makePrimary(
      transaction,
      { kind, userId, id },
      { isWanted: primary || (user[identificationKinds[kind].primaryColumn] === null && !reservedForSecondFactor), now: now() },
    );
    await settleSecondFactors(context, transaction, user);
    return id;
  });
}

/**
 * Changes what is said of one.
 * @throws ApiError 404; 400 `identification_claimed`, `identification_update_second_factor_unverified`.
 */
export async function changeVouched(context: Dependencies, { kind, userId, id }: IdentificationKey, flags: VouchedFlags): Promise<void> {
  const { now } = context;
  requireOffered(context, flags);
  await inTransaction(context.database, async (transaction) => {
    const user = await lockAndFind(transaction, userId);
    const own = ownOf(user, { kind, id });
    const changes = changesOf(own, flags, now());
    const isProved = changes.verified_by === undefined ? own.verified_by !== null : changes.verified_by !== null;
    if ((flags.reservedForSecondFactor ?? own.isSecondFactor) && !isProved) throw secondFactorUnverified();
    if (Object.keys(changes).length) await updateIdentification(transaction, { kind, id, userId }, changes, now());
    await makePrimary(transaction, { kind, userId, id }, { isWanted: flags.primary ?? false, now: now() });
    await settleSecondFactors(context, transaction, user);
  });
}

/** Takes one away, whatever is left to the user then. @throws ApiError 404. */
export async function removeVouched(context: Dependencies, { kind, userId, id }: IdentificationKey): Promise<void> {
  await inTransaction(context.database, async (transaction) => {
    const user = await lockAndFind(transaction, userId);
    await removeFrom(transaction, user, { kind, ids: [ownOf(user, { kind, id }).id] }, context.now());
    await settleSecondFactors(context, transaction, user);
  });
}

/**
 * Puts one in the place of all that a user has of its kind.
 * @returns its id.
 * @throws ApiError 422 `form_identifier_exists`, `form_param_format_invalid`.
 */
export async function replaceAll(
  context: Dependencies,
  { kind, userId, text, status }: { kind: IdentificationKind; userId: string; text: string; status: IdentificationStatus },
): Promise<string> {
  const { now } = context;
  const parsed = identificationKinds[kind].parse(text);
  return inTransaction(context.database, async (transaction) => {
    const user = await lockAndFind(transaction, userId);
    const ids = identificationsOf(user).flatMap((own) => (own.kind === kind ? [own.id] : []));
    await removeFrom(transaction, user, { kind, ids }, now());
    const identification = { ...parsed, verifiedBy: status === 'verified' ? 'admin' : null, reserved: status === 'reserved' };
    const id = await insertIdentification(transaction, { kind, userId, identification }, now());
    await makePrimary(transaction, { kind, userId, id }, { isWanted: true, now: now() });
    await settleSecondFactors(context, transaction, user);
    return id;
  });
}

async function makePrimary(
  transaction: Database,
  { kind, userId, id }: IdentificationKey,
  { isWanted, now }: { isWanted: boolean; now: number },
): Promise<void> {
  await updateUser(transaction, userId, isWanted ? { [identificationKinds[kind].primaryColumn]: id } : {}, now);
}

function changesOf(own: Identification, { verified, reservedForSecondFactor }: VouchedFlags, now: number): IdentificationChanges {
  const isNews = verified !== undefined && verified !== (own.verified_by !== null);
  return {
    ...(isNews && { verified_by: verified ? 'admin' : null, verified_at: verified ? now : null }),
    ...(reservedForSecondFactor !== undefined && { reserved_for_second_factor: reservedForSecondFactor }),
  };
}

/** @throws ApiError 422 `form_param_unknown`: not in this instance. */
function requireOffered({ settings: { attributes } }: Pick<Dependencies, 'settings'>, { reservedForSecondFactor }: VouchedFlags): void {
  if (!reservedForSecondFactor || attributes.phoneNumber.secondFactors.includes('phone_code')) return;
  const parameter = 'reserved_for_second_factor';
  throw parameterError('form_param_unknown', parameter, `${parameter} is not a valid parameter for this request.`);
}
