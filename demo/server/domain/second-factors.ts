/** The second factors of a person: set up, checked and taken away, by themselves or by a backend (dossier part 2, §4.1, §6.4). */
import type { Dependencies } from '../dependencies.ts';
import { ApiError, notFound } from '../errors.ts';
import { open, seal } from '../seal.ts';
import { deleteAuthenticator, findAuthenticator, proposeAuthenticator, takeStep, verifyAuthenticator } from '../store/authenticators.ts';
import type { Authenticator } from '../store/authenticators.ts';
import { deleteBackupCodes, replaceBackupCodes, takeBackupCode } from '../store/backup-codes.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { updateIdentification } from '../store/identifications.ts';
import { completeTask, updateSession } from '../store/sessions.ts';
import { abandonSignInsOfUser } from '../store/sign-ins.ts';
import { findUser } from '../store/users.ts';
import type { User } from '../store/users.ts';
import { lockUser, updateUser } from '../store/write-users.ts';
import { createBackupCodes, hashBackupCode } from './backup-codes.ts';
import { alreadyVerified, codeIncorrect } from './code-verification.ts';
import { setupMfa } from './session-tasks.ts';
import { createTotpSecret, findStep, totpUri } from './totp.ts';
import { isTwoFactorEnabled } from './two-factor.ts';

type FactorContext = Pick<Dependencies, 'database' | 'keys' | 'settings' | 'now'>;

/** An authenticator with the secret that is shown this once. */
export interface ProposedAuthenticator {
  authenticator: Authenticator;
  secret: string;
  uri: string;
}

/**
 * A secret for an authenticator app, in the place of one that was never verified.
 * @throws ApiError 400 `totp_already_enabled`.
 */
export async function createAuthenticator({ database, keys, settings, now }: FactorContext, user: User): Promise<ProposedAuthenticator> {
  const secret = createTotpSecret();
  const sealedSecret = seal(keys.sealingKey, secret, user.id);
  const authenticator = await proposeAuthenticator(database, { userId: user.id, sealedSecret }, now());
  if (!authenticator) throw totpAlreadyEnabled();
  const primary = user.email_addresses.find(({ id }) => id === user.primary_email_address_id);
  const account = primary?.email_address ?? user.username ?? user.id;
  return { authenticator, secret, uri: totpUri({ secret, issuer: settings.applicationName, account }) };
}

/**
 * Turns the authenticator on: its app has shown a code, in the session that has proved a second factor by it. Who gets no backup codes
 * has some already, or the instance has none.
 * @throws ApiError 404, 400 `verification_already_verified`, 422 `form_code_incorrect`.
 */
export async function confirmAuthenticator(
  context: FactorContext,
  userId: string,
  { code, sessionId }: { code: string; sessionId: string },
): Promise<{ authenticator: Authenticator; backupCodes: string[] | null }> {
  const { settings, now } = context;
  return inTransaction(context.database, async (transaction) => {
    await lockUser(transaction, userId);
    const user = await findUser(transaction, userId);
    const proposed = await findAuthenticator(transaction, userId);
    if (!user || !proposed) throw notFound('authenticator');
    if (proposed.verified_at !== null) throw alreadyVerified();
    const step = stepOf(context, proposed, code);
    if (step === undefined) throw codeIncorrect();
    const authenticator = await verifyAuthenticator(transaction, proposed.id, step, now());
    if (!authenticator) throw alreadyVerified();
    const isGivenCodes = settings.attributes.backupCode.enabled && !user.backup_code_enabled;
    const backupCodes = isGivenCodes ? await issueBackupCodes(context, transaction, userId) : null;
    await noteChange(context, transaction, user);
    await updateSession(transaction, sessionId, { second_factor_verified_at: now() }, now());
    return { authenticator, backupCodes };
  });
}

/**
 * Takes the authenticator away; the one that was, if there was one.
 * @param byOwner whether the person asks, who must not get around what the instance demands.
 * @throws ApiError 400 `second_factor_deletion_not_allowed`.
 */
export async function removeAuthenticator(
  context: FactorContext,
  userId: string,
  { byOwner = false } = {},
): Promise<Authenticator | undefined> {
  return inTransaction(context.database, async (transaction) => {
    await lockUser(transaction, userId);
    const user = await findUser(transaction, userId);
    const removed = await deleteAuthenticator(transaction, userId);
    if (user && removed) await noteChange(context, transaction, user, { byOwner });
    return removed;
  });
}

/** Takes every second factor away, and the backup codes with them. */
export async function removeSecondFactors(context: FactorContext, userId: string): Promise<void> {
  await inTransaction(context.database, async (transaction) => {
    await removeAuthenticator({ ...context, database: transaction }, userId);
    await releaseNumbers(context, transaction, userId);
    await removeBackupCodes({ ...context, database: transaction }, userId);
  });
}

/**
 * New backup codes in the place of all that are left. They are shown this once.
 * @throws ApiError 400 `backup_codes_not_available` where there is nothing that they could stand in for.
 */
export async function renewBackupCodes(context: FactorContext, userId: string): Promise<string[]> {
  return inTransaction(context.database, async (transaction) => {
    await lockUser(transaction, userId);
    const user = await findUser(transaction, userId);
    if (!user || !context.settings.attributes.backupCode.enabled || !isTwoFactorEnabled(user)) throw backupCodesNotAvailable();
    const codes = await issueBackupCodes(context, transaction, userId);
    await updateUser(transaction, userId, {}, context.now());
    return codes;
  });
}

export async function removeBackupCodes(context: FactorContext, userId: string): Promise<void> {
  await inTransaction(context.database, async (transaction) => {
    await lockUser(transaction, userId);
    if (await deleteBackupCodes(transaction, userId)) await updateUser(transaction, userId, {}, context.now());
  });
}

/** What a backend brings along from elsewhere. */
export interface ImportedFactors {
  totpSecret?: string | undefined;
  backupCodes?: readonly string[] | undefined;
}

/** Within the transaction that creates or changes the user: they replace what was there. */
export async function importSecondFactors(
  context: FactorContext,
  transaction: Database,
  userId: string,
  { totpSecret, backupCodes }: ImportedFactors,
): Promise<void> {
  if (totpSecret === undefined && backupCodes === undefined) return;
  const { keys, now } = context;
  await lockUser(transaction, userId);
  const user = await findUser(transaction, userId);
  if (!user) throw notFound('user');
  if (totpSecret !== undefined) {
    await deleteAuthenticator(transaction, userId);
    const sealedSecret = seal(keys.sealingKey, totpSecret, userId);
    await proposeAuthenticator(transaction, { userId, sealedSecret, verifiedAt: now() }, now());
  }
  if (backupCodes !== undefined) await storeBackupCodes(context, transaction, userId, backupCodes);
  await noteChange(context, transaction, user);
}

/** Judges a code of the person's app and uses it up, with all that came before it. */
export async function takeTotpCode(context: FactorContext, transaction: Database, userId: string, code: string): Promise<boolean> {
  const authenticator = await findAuthenticator(transaction, userId);
  const step = authenticator?.verified_at ? stepOf(context, authenticator, code) : undefined;
  return authenticator !== undefined && step !== undefined && takeStep(transaction, authenticator.id, step);
}

/** Judges a backup code and uses it up; how many are left is something of the person's that has changed. */
export async function takeBackupCodeOf(
  { keys, now }: FactorContext,
  transaction: Database,
  userId: string,
  code: string,
): Promise<boolean> {
  await lockUser(transaction, userId);
  const isRight = await takeBackupCode(transaction, userId, hashBackupCode(keys.backupCodeKey, userId, code));
  if (isRight) await updateUser(transaction, userId, {}, now());
  return isRight;
}

function stepOf({ keys, now }: FactorContext, { user_id, sealed_secret }: Authenticator, code: string): number | undefined {
  try {
    return findStep(open(keys.sealingKey, sealed_secret, user_id), code, now());
  } catch {
    // Sealed with another pepper: no code fits, as no password does.
    return undefined;
  }
}

/** Codes for who has turned their first second factor on; `null` for all others, and where the instance has none. */
export async function issueFirstBackupCodes(
  context: FactorContext,
  transaction: Database,
  { before, after }: { before: User; after: User },
): Promise<string[] | null> {
  const isFirst = !isTwoFactorEnabled(before) && isTwoFactorEnabled(after);
  if (!isFirst || !context.settings.attributes.backupCode.enabled || after.backup_code_enabled) return null;
  return issueBackupCodes(context, transaction, after.id);
}

async function issueBackupCodes(context: FactorContext, transaction: Database, userId: string): Promise<string[]> {
  const codes = createBackupCodes();
  await storeBackupCodes(context, transaction, userId, codes);
  return codes;
}

/** Numbers that were kept for the second step are kept for nothing then. */
async function releaseNumbers(context: FactorContext, transaction: Database, userId: string): Promise<void> {
  const user = await findUser(transaction, userId);
  const kept = user?.phone_numbers.filter(({ reserved_for_second_factor }) => reserved_for_second_factor) ?? [];
  if (!user || !kept.length) return;
  for (const { id } of kept) {
    const changes = { reserved_for_second_factor: false, default_second_factor: false };
    await updateIdentification(transaction, { kind: 'phone_number', userId, id }, changes, context.now());
  }
  await noteChange(context, transaction, user);
}

async function storeBackupCodes(
  { keys, now }: FactorContext,
  transaction: Database,
  userId: string,
  codes: readonly string[],
): Promise<void> {
  const hashes = new Map(codes.map((code) => hashBackupCode(keys.backupCodeKey, userId, code)).map((hash) => [hash.toString('hex'), hash]));
  await replaceBackupCodes(transaction, userId, [...hashes.values()], now());
}

/**
 * After a factor was set up or taken away: says since when, takes backup codes away that stand in for nothing, and ends sign-ins that
 * were begun under other terms (security.md, C6).
 * @throws ApiError 400 `second_factor_deletion_not_allowed` for an owner who may not do without one.
 */
export async function noteChange(
  { now, settings }: FactorContext,
  transaction: Database,
  before: User,
  { byOwner = false } = {},
): Promise<void> {
  const after = await findUser(transaction, before.id);
  const wasEnabled = isTwoFactorEnabled(before);
  const isEnabled = after !== undefined && isTwoFactorEnabled(after);
  if (byOwner && wasEnabled && !isEnabled && settings.signIn.secondFactor.required) throw deletionNotAllowed();
  if (wasEnabled && !isEnabled) await deleteBackupCodes(transaction, before.id);
  const changes = {
    ...(isEnabled && !wasEnabled && { mfa_enabled_at: now() }),
    ...(wasEnabled && !isEnabled && { mfa_disabled_at: now() }),
  };
  await updateUser(transaction, before.id, changes, now());
  if (isEnabled) await completeTask(transaction, { userId: before.id, task: setupMfa }, now());
  await abandonSignInsOfUser(transaction, before.id);
}

const totpAlreadyEnabled = () =>
  new ApiError(400, {
    code: 'totp_already_enabled',
    message: 'TOTP already enabled',
    longMessage: 'This account has an authenticator app already. Remove it before you add another.',
  });

const deletionNotAllowed = () =>
  new ApiError(400, {
    code: 'second_factor_deletion_not_allowed',
    message: 'Second factor cannot be removed',
    longMessage: 'This application demands a second factor, and this is your last one.',
  });

const backupCodesNotAvailable = () =>
  new ApiError(400, {
    code: 'backup_codes_not_available',
    message: 'Backup codes not available',
    longMessage: 'Backup codes stand in for another second factor. Turn one on first.',
  });
