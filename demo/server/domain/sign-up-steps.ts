/** The steps of a sign-up: supply values, prove the address, become a user (dossier part 2, §3.3). */
import type { Dependencies } from '../dependencies.ts';
import { ApiError, notFound, parameterError } from '../errors.ts';
import type { Caller } from '../frontend-api/handler.ts';
import { connectNewUser } from '../oauth/new-user.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { identificationClaimed, isTaken } from '../store/identifications.ts';
import type { IdentificationKind, NewIdentification } from '../store/identifications.ts';
import { detachSignUp, findSignUp, insertSignUp, lockSignUp, updateSignUp } from '../store/sign-ups.ts';
import type { SignUp, SignUpChanges } from '../store/sign-ups.ts';
import { findUserByIdentifier } from '../store/users.ts';
import { insertUser } from '../store/write-users.ts';
import { findVerification } from '../store/verifications.ts';
import { completeWaitlistEntry } from '../store/waitlist-entries.ts';
import { refuseSignUp } from './access.ts';
import { alreadyVerified, codeIncorrect, judgeCode, sendCode } from './code-verification.ts';
import { linkStrategy, sendLink } from './email-link.ts';
import type { LinkOrder } from './email-link.ts';
import { startSession } from './sessions.ts';
import { attemptLifetime, replaced, stateInvalid, statusOf } from './sign-in.ts';
import { identificationKinds, kinds } from './identification-kinds.ts';
import { fieldsOf, isAboutIts, isProved, isReady, normalizedOf } from './sign-up.ts';
import type { SignUpVerifications } from './sign-up.ts';
import { keepAddress, ticketStrategy } from './sign-up-ticket.ts';
import { readSignUpValues } from './sign-up-values.ts';
import type { SignUpForm } from './sign-up-values.ts';
import { useTicket } from './tickets.ts';

/** Who takes a step of which sign-up. */
export interface SignUpStep {
  context: Dependencies;
  caller: Caller;
  signUp: SignUp;
}

/** What a sign-up starts with that is not from a form: an invitation, or a sign-in of somebody who has no account. */
export interface SignUpSource {
  /** How the person has got in: "last used" at the next sign-in. */
  strategy: string;
  /** The email address that comes with it, normalised: no other one takes its place. */
  address: string | null;
  /** Supplies columns, within the transaction that makes or changes the sign-up. */
  supply(transaction: Database, signUp?: SignUp): Promise<SignUpChanges>;
}

/**
 * An attempt of this client.
 * @throws ApiError 404: missing, or somebody else's.
 */
export async function readSignUp({ database }: Pick<Dependencies, 'database'>, { client }: Caller, id: string): Promise<SignUp> {
  const signUp = client && /^sua_\w+$/.test(id) ? await findSignUp(database, id) : undefined;
  if (!signUp || signUp.client_id !== client?.id) throw notFound('sign-up');
  return signUp;
}

/** Refuses a step on an attempt that is finished, abandoned or replaced. */
export function requireOpen({ now }: Pick<Dependencies, 'now'>, caller: Caller, signUp: SignUp, whenComplete: () => ApiError): void {
  const status = statusOf(signUp, now());
  if (status === 'complete') throw whenComplete();
  if (status !== 'missing_requirements') throw stateInvalid();
  if (caller.client?.sign_up_id !== signUp.id) throw replaced('sign-up');
}

/** 403: what has become a user is changed there. */
export const cannotBeUpdated = () =>
  new ApiError(403, {
    code: 'sign_up_cannot_be_updated',
    message: 'Sign-up cannot be updated',
    longMessage: 'This sign-up is complete and cannot be changed any more.',
  });

/**
 * Starts an attempt, complete at once if nothing is left to ask.
 * @param source of what the person has come with.
 */
export async function startSignUp(context: Dependencies, caller: Caller, form: SignUpForm, source?: SignUpSource): Promise<SignUp> {
  const changes = await readValues(context, form, { kept: source?.address });
  const client = await caller.ensureClient();
  const now = context.now();
  const signUp = await inTransaction(context.database, async (transaction) => {
    const row = await insertSignUp(transaction, {
      ...changes,
      ...(await source?.supply(transaction)),
      client_id: client.id,
      status: 'missing_requirements',
      created_at: now,
      abandon_at: now + attemptLifetime,
    });
    return finishIfReady({ context, caller, signUp: row }, transaction, source?.strategy ?? 'password');
  }).catch((error: unknown) => {
    throw source && isIdentificationTaken(error) ? identificationClaimed() : error;
  });
  if (signUp.status === 'complete') caller.renewCredential();
  return signUp;
}

/** Supplies more values, or others. */
export async function changeSignUp({ context, caller, signUp }: SignUpStep, form: SignUpForm, source?: SignUpSource): Promise<SignUp> {
  const invited = signUp.invitation_id === null ? null : signUp.email_address_normalized;
  const changes = await readValues(context, form, { former: signUp, kept: source?.address ?? invited });
  const changed = await inTransaction(context.database, async (transaction) => {
    const locked = await lockOpen(context, transaction, signUp.id, cannotBeUpdated);
    const supplied = await source?.supply(transaction, locked);
    const row = await updateSignUp(transaction, signUp.id, { ...changes, ...supplied, abandon_at: context.now() + attemptLifetime });
    return finishIfReady({ context, caller, signUp: row }, transaction, row.invitation_id === null ? 'password' : ticketStrategy);
  });
  if (changed.status === 'complete') caller.renewCredential();
  return changed;
}

/** By what an address or a number is proved. */
export interface SignUpProof {
  kind: IdentificationKind;
  strategy: string;
}

/** Sends a code, or a link, to the address or the phone number. */
export async function prepareIdentification(
  { context, caller, signUp }: SignUpStep,
  { kind, strategy }: SignUpProof,
  { redirectUrl }: { redirectUrl?: string | undefined } = {},
): Promise<void> {
  const { database, settings, now } = context;
  const address = signUp[kind];
  const normalized = normalizedOf(signUp, kind);
  if (address === null || normalized === null) throw parameterError('form_param_missing', kind, `${kind} must be included.`);
  const isElsewhere = await isTaken(database, kind, normalized);
  if (isElsewhere && !settings.enumerationProtection) throw identificationClaimed();
  const order: Omit<LinkOrder, 'owner' | 'redirectUrl'> = {
    address,
    normalized,
    isReachable: !isElsewhere,
    lock: async (transaction) => {
      const row = await lockOpen(context, transaction, signUp.id, alreadyVerified);
      if (normalizedOf(row, kind) !== normalized) throw stateInvalid();
      const formerId = row[`${kind}_verification_id`];
      if (isProved(row, kind, await findVerification(transaction, formerId))) throw alreadyVerified();
      return formerId;
    },
    attach: async (transaction, verificationId) => {
      const changes = { [`${kind}_verification_id`]: verificationId, abandon_at: now() + attemptLifetime };
      await updateSignUp(transaction, signUp.id, changes);
    },
  };
  if (strategy !== linkStrategy) return sendCode(context, { ...order, strategy, purpose: 'verification', kind });
  const { address: from, userAgent } = caller;
  const owner = { subjectId: signUp.id, clientId: signUp.client_id, address: from, userAgent };
  return sendLink(context, { ...order, owner, redirectUrl });
}

/** Judges the code that was sent there. */
export async function attemptIdentification(
  { context, caller, signUp }: SignUpStep,
  { kind, strategy, code }: SignUpProof & { code: string },
): Promise<void> {
  const judged = await inTransaction(context.database, async (transaction) => {
    const row = await lockOpen(context, transaction, signUp.id, alreadyVerified);
    const verificationId = row[`${kind}_verification_id`];
    const prepared = await findVerification(transaction, verificationId);
    if (prepared && !isAboutIts(row, kind, prepared)) throw outdated();
    const verification = await judgeCode(context, transaction, { verificationId, strategy, code });
    if (!verification) return undefined;
    const active = await updateSignUp(transaction, row.id, { abandon_at: context.now() + attemptLifetime });
    return finishIfReady({ context, caller, signUp: active }, transaction, strategy);
  }).catch((error: unknown) => {
    throw isIdentificationTaken(error) ? identificationClaimed() : error;
  });
  if (!judged) throw codeIncorrect();
  if (judged.status === 'complete') caller.renewCredential();
}

/** Reads a form, refuses what is taken, and hashes the password. */
export async function readValues(
  context: Dependencies,
  form: SignUpForm,
  { former, kept = null }: { former?: SignUp; kept?: string | null | undefined },
): Promise<SignUpChanges> {
  const { changes, password } = readSignUpValues(form, former, context.settings, context.now());
  keepAddress(changes, kept);
  await refuseTaken(context, changes);
  // Whoever comes by an invitation is judged when it is used up.
  if (kept === null && (changes.email_address_normalized ?? changes.phone_number)) await refuseSignUp(context.database, changes);
  if (password !== undefined) {
    changes.password_hash = await context.passwords.hash(password);
    changes.has_password = true;
  }
  return changes;
}

/** @throws ApiError 422 `form_identifier_exists`. Where it must not show, a taken address is told by nobody getting its code. */
async function refuseTaken({ database, settings }: Dependencies, changes: SignUpChanges): Promise<void> {
  for (const kind of kinds) {
    const normalized = kind === 'phone_number' ? changes.phone_number : changes.email_address_normalized;
    const isTold = !settings.enumerationProtection || !identificationKinds[kind].settingsOf(settings.attributes).verifyAtSignUp;
    if (normalized && isTold && (await isTaken(database, kind, normalized))) throw taken(kind);
  }
  const { username } = changes;
  if (username && (await findUserByIdentifier(database, { username: username.toLowerCase() }))) throw taken('username');
}

const taken = (parameter: string) => parameterError('form_identifier_exists', parameter, 'That value is taken. Please try another.');

export async function lockOpen(
  { now }: Pick<Dependencies, 'now'>,
  transaction: Database,
  id: string,
  whenComplete: () => ApiError,
): Promise<SignUp> {
  const row = await lockSignUp(transaction, id);
  if (row?.status === 'complete') throw whenComplete();
  if (!row || statusOf(row, now()) !== 'missing_requirements') throw stateInvalid();
  return row;
}

/** Makes the user, with its address and its first session, if nothing is left to ask: all of it or nothing (security.md, D1). */
export async function finishIfReady({ context, caller, signUp }: SignUpStep, transaction: Database, strategy: string): Promise<SignUp> {
  const { settings, now } = context;
  const verifications = await findSignUpVerifications(transaction, signUp);
  if (!isReady(fieldsOf(signUp, verifications, settings))) return signUp;
  if (signUp.invitation_id !== null) await useTicket(context, transaction, signUp.invitation_id);
  await refuseSignUp(transaction, signUp);
  const user = await insertUser(transaction, newUser(signUp, verifications, now()), now());
  await connectNewUser(context, transaction, signUp, user.id);
  await caller.claimCredential(transaction);
  const sessionId = await startSession(context, transaction, {
    clientId: signUp.client_id,
    userId: user.id,
    strategy: signUp.external_account_strategy ?? strategy,
    isElsewhere: caller.isElsewhere,
    address: caller.address,
    userAgent: caller.userAgent,
  });
  const complete = await updateSignUp(transaction, signUp.id, {
    status: 'complete',
    created_user_id: user.id,
    created_session_id: sessionId,
    password_hash: null,
  });
  await detachSignUp(transaction, complete);
  if (signUp.email_address_normalized !== null) await completeWaitlistEntry(transaction, signUp.email_address_normalized, now());
  return complete;
}

/** What a sign-up has prepared to prove, by kind. */
export async function findSignUpVerifications(database: Database, signUp: SignUp): Promise<SignUpVerifications> {
  return {
    email_address: await findVerification(database, signUp.email_address_verification_id),
    phone_number: await findVerification(database, signUp.phone_number_verification_id),
  };
}

function newUser(signUp: SignUp, verifications: SignUpVerifications, now: number) {
  const supplied = (kind: IdentificationKind): NewIdentification[] => {
    const value = signUp[kind];
    const normalized = normalizedOf(signUp, kind);
    const verifiedBy = isProved(signUp, kind, verifications[kind]) ? (verifications[kind]?.strategy ?? null) : null;
    // Not proved, but taken: its owner may prove it at any sign-in.
    return value === null || normalized === null ? [] : [{ value, normalized, verifiedBy, reserved: verifiedBy === null }];
  };
  return {
    username: signUp.username,
    first_name: signUp.first_name,
    last_name: signUp.last_name,
    password_hash: signUp.password_hash,
    password_updated_at: signUp.password_hash === null ? null : now,
    locale: signUp.locale,
    legal_accepted_at: signUp.legal_accepted_at,
    public_metadata: signUp.public_metadata,
    unsafe_metadata: signUp.unsafe_metadata,
    email_addresses: supplied('email_address'),
    phone_numbers: supplied('phone_number'),
  };
}

const isIdentificationTaken = (error: unknown) =>
  error instanceof ApiError &&
  error.items.some(({ code, meta }) => code === 'form_identifier_exists' && kinds.some((kind) => kind === meta?.['param_name']));

/** 410: the address or number has changed since the code was sent. */
const outdated = () =>
  new ApiError(410, {
    code: 'sign_up_outdated_verification',
    message: 'Outdated verification',
    longMessage: 'The code was sent to another place than the present one. Ask for a new code.',
  });
