/** Email addresses and phone numbers of the signed-in user: added, proved, taken away (dossier part 2, §4.1). */
import type { Dependencies } from '../dependencies.ts';
import { ApiError, notFound, parameterError } from '../errors.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import {
  findOwnerId,
  identificationClaimed,
  insertIdentification,
  markVerified,
  ownersOf,
  updateIdentification,
} from '../store/identifications.ts';
import type { IdentificationKey, IdentificationKind } from '../store/identifications.ts';
import { findUser } from '../store/users.ts';
import type { User } from '../store/users.ts';
import { lockUser, updateUser } from '../store/write-users.ts';
import { alreadyVerified, codeIncorrect, judgeCode, sendCode } from './code-verification.ts';
import { linkStrategy, sendLink } from './email-link.ts';
import type { LinkOrder } from './email-link.ts';
import { claimedOf, identificationKinds, identificationsOf } from './identification-kinds.ts';
import type { Identification } from './identification-kinds.ts';
import { canSignIn, lockAndFind, ownOf, removeFrom } from './held-identifications.ts';
import { requirePhoneSecondFactor, settleSecondFactors } from './phone-second-factor.ts';

/** How many a user may have written down without having proved them. */
const maximumUnverified = 5;

/**
 * Adds one that is still to be proved.
 * @returns its id.
 * @throws ApiError 422 `form_identifier_exists`, `form_param_format_invalid`; 400 `too_many_unverified_identifications`; 403
 * `feature_not_enabled`.
 */
export async function addIdentification(
  context: Dependencies,
  {
    kind,
    userId,
    text,
    reservedForSecondFactor,
  }: Omit<IdentificationKey, 'id'> & { text: string; reservedForSecondFactor?: boolean | undefined },
): Promise<string> {
  const { database, settings, now } = context;
  if (reservedForSecondFactor) requirePhoneSecondFactor(context);
  const { value, normalized } = identificationKinds[kind].parse(text);
  // Where nobody may learn who exists, a taken one is told by nobody getting its code.
  if (!settings.enumerationProtection && (await isTakenByOther(database, { kind, userId, normalized }))) throw exists(kind);
  return inTransaction(database, async (transaction) => {
    const user = await lockAndFind(transaction, userId);
    const own = identificationsOf(user).filter((each) => each.kind === kind);
    if (own.filter(({ verified_by, reserved }) => verified_by === null && !reserved).length >= maximumUnverified) throw tooManyUnverified();
    const identification = { value, normalized, verifiedBy: null, reservedForSecondFactor: reservedForSecondFactor ?? false };
    const id = await insertIdentification(transaction, { kind, userId, identification }, now());
    await updateUser(transaction, userId, {}, now());
    return id;
  });
}

/**
 * Sends a code to it, or a link.
 * @param link for whom a link is sent; without it a code is.
 * @throws ApiError 404; 400 `verification_already_verified`, `identification_claimed`; 422 `invalid_redirect_url`; 429.
 */
export async function prepareOwn(
  context: Dependencies,
  { kind, userId, id }: IdentificationKey,
  link?: Pick<LinkOrder, 'owner' | 'redirectUrl'>,
): Promise<void> {
  const { database, settings, now } = context;
  const { value, normalized } = await requireUnproved(database, { kind, userId, id });
  const isElsewhere = await isTakenByOther(database, { kind, userId, normalized });
  if (isElsewhere && !settings.enumerationProtection) throw identificationClaimed();
  const order: Omit<LinkOrder, 'owner' | 'redirectUrl'> = {
    address: value,
    normalized,
    isReachable: !isElsewhere,
    lock: async (transaction) => {
      await lockUser(transaction, userId);
      return (await requireUnproved(transaction, { kind, userId, id })).verification_id;
    },
    attach: (transaction, verificationId) =>
      updateIdentification(transaction, { kind, id, userId }, { verification_id: verificationId }, now()),
  };
  const { strategy } = identificationKinds[kind];
  await (link ? sendLink(context, { ...order, ...link }) : sendCode(context, { ...order, strategy, purpose: 'verification', kind }));
}

/**
 * Judges the code that was sent to it. The first one that is proved becomes the primary one.
 * @returns backup codes, if a number that is kept for it has become the first second factor.
 * @throws ApiError 404; 422 `form_code_incorrect`; 400 `verification_…`, `identification_claimed`.
 */
export async function attemptOwn(
  context: Dependencies,
  { kind, userId, id }: IdentificationKey,
  code: string,
  strategy: string = identificationKinds[kind].strategy,
): Promise<string[] | null> {
  const { database, now } = context;
  const { primaryColumn } = identificationKinds[kind];
  const proved = await inTransaction(database, async (transaction) => {
    const user = await lockAndFind(transaction, userId);
    const { verification_id: verificationId, isSecondFactor } = await requireUnproved(transaction, { kind, userId, id });
    if (!(await judgeCode(context, transaction, { verificationId, strategy, code }))) return undefined;
    await markVerified(transaction, { kind, id, userId }, strategy, now());
    await updateUser(transaction, userId, user[primaryColumn] === null && !isSecondFactor ? { [primaryColumn]: id } : {}, now());
    return { backupCodes: await settleSecondFactors(context, transaction, user, { byOwner: true }) };
  });
  if (!proved) throw codeIncorrect();
  return proved.backupCodes;
}

/** Judges a link that was sent to an email address. @throws ApiError as {@link attemptOwn}. */
export async function attemptOwnByLink(context: Dependencies, { id, code }: { id: string; code: string }): Promise<void> {
  const userId = await findOwnerId(context.database, 'email_address', id);
  if (userId === undefined) throw notFound('email address');
  await attemptOwn(context, { kind: 'email_address', userId, id }, code, linkStrategy);
}

/**
 * Takes one away.
 * @throws ApiError 404; 400 `last_required_identification_deletion_failed` if the person could not sign in any more,
 * `second_factor_deletion_not_allowed` where the instance demands a second factor and this is the last one.
 */
export async function removeOwn(context: Dependencies, { kind, userId, id }: IdentificationKey): Promise<void> {
  const { settings, now } = context;
  await inTransaction(context.database, async (transaction) => {
    const user = await lockAndFind(transaction, userId);
    const removed = ownOf(user, { kind, id });
    await removeFrom(transaction, user, { kind, ids: [id] }, now());
    await settleSecondFactors(context, transaction, user, { byOwner: true });
    const after = await lockAndFind(transaction, userId);
    if (!isLeftWithEnough(user, after, { kind, removed, settings })) throw lastRequired(kind);
  });
}

/** The settings may require one of the kind, and everybody needs something to sign in by. */
function isLeftWithEnough(
  before: User,
  after: User,
  { kind, removed, settings }: { kind: IdentificationKind; removed: Identification; settings: Dependencies['settings'] },
): boolean {
  // What was never proved was of no use.
  if (!claimedOf(before).some(({ id }) => id === removed.id)) return true;
  const left = claimedOf(after);
  if (identificationKinds[kind].settingsOf(settings.attributes).required && !left.some((each) => each.kind === kind)) return false;
  if (!left.length && (after.username === null || !settings.attributes.username.enabled)) return false;
  return canSignIn(after, settings) || !canSignIn(before, settings);
}

async function requireUnproved(database: Database, { kind, userId, id }: IdentificationKey): Promise<Identification> {
  const user = await findUser(database, userId);
  if (!user) throw notFound('user');
  const own = ownOf(user, { kind, id });
  if (own.verified_by !== null) throw alreadyVerified();
  return own;
}

async function isTakenByOther(
  database: Database,
  { kind, userId, normalized }: Omit<IdentificationKey, 'id'> & { normalized: string },
): Promise<boolean> {
  const owner = await ownersOf(database, kind, normalized).executeTakeFirst();
  return owner !== undefined && owner.user_id !== userId;
}

const exists = (kind: IdentificationKind) => parameterError('form_identifier_exists', kind, 'That value is taken. Please try another.');

const tooManyUnverified = () =>
  new ApiError(400, {
    code: 'too_many_unverified_identifications',
    message: 'Too many unverified contacts',
    longMessage: 'Verify or remove what you have added before you add more.',
  });

const lastRequired = (kind: IdentificationKind) =>
  new ApiError(400, {
    code: 'last_required_identification_deletion_failed',
    message: 'Deleting your last identification is prohibited',
    longMessage: `You need this ${identificationKinds[kind].noun} to sign in. Add another one before you remove it.`,
  });
