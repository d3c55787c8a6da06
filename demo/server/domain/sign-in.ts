/** The life of a sign-in: its states, and the steps from one to the next (dossier part 2, §2.3). */
import type { Dependencies } from '../dependencies.ts';
import { ApiError, notFound } from '../errors.ts';
import type { Caller } from '../frontend-api/handler.ts';
import type { Database } from '../store/database.ts';
import { resetFailures } from '../store/lockouts.ts';
import { findSessionsOfClient } from '../store/sessions.ts';
import { detachSignIn, findSignIn, lockSignIn, moveSignIn } from '../store/sign-ins.ts';
import type { SignIn } from '../store/sign-ins.ts';
import { findUser } from '../store/users.ts';
import type { User } from '../store/users.ts';
import { alreadyVerified } from './code-verification.ts';
import { startSession } from './sessions.ts';

/** Milliseconds, of sign-ins and sign-ups. */
export const attemptLifetime = 24 * 3600_000;

/** Status of an attempt at a time: what was not finished in a day is abandoned. */
export function statusOf({ status, abandon_at }: { status: string; abandon_at: number }, now: number): string {
  return status !== 'complete' && abandon_at <= now ? 'abandoned' : status;
}

/**
 * An attempt of this client.
 * @throws ApiError 404: missing, or somebody else's.
 */
export async function readSignIn({ database }: Pick<Dependencies, 'database'>, { client }: Caller, id: string): Promise<SignIn> {
  const signIn = client && /^sia_\w+$/.test(id) ? await findSignIn(database, id) : undefined;
  if (!signIn || signIn.client_id !== client?.id) throw notFound('sign-in');
  return signIn;
}

/**
 * An attempt on which a step is to be made.
 * @throws ApiError 404; 403 `resource_forbidden` if a newer attempt has replaced it; 400 if it is not in this status.
 */
export async function readSignInFor(
  context: Dependencies,
  caller: Caller,
  { id, status }: { id: string; status: string },
): Promise<SignIn> {
  const signIn = await readSignIn(context, caller, id);
  if (statusOf(signIn, context.now()) !== status) throw stepRefused(signIn, context.now());
  if (caller.client?.sign_in_id !== signIn.id) throw replaced('sign-in');
  return signIn;
}

/** Why a step cannot be made on an attempt in its present status. */
function stepRefused(signIn: SignIn, now: number): ApiError {
  const status = statusOf(signIn, now);
  return status === 'complete' || status === 'needs_new_password' ? alreadyVerified() : stateInvalid();
}

/**
 * Locks a sign-in until the transaction ends.
 * @returns the verification that its first factor has prepared.
 * @throws ApiError 400 if its first factor is not open any more.
 */
export async function lockFirstFactor(context: Pick<Dependencies, 'now'>, transaction: Database, id: string): Promise<string | null> {
  const signIn = await lockSignIn(transaction, id);
  if (!signIn) throw stateInvalid();
  if (statusOf(signIn, context.now()) !== 'needs_first_factor') throw stepRefused(signIn, context.now());
  return signIn.first_factor_verification_id;
}

/** What a completed sign-in was proved by. */
export interface Proof {
  signIn: SignIn;
  userId: string;
  strategy: string;
  verificationId?: string;
}

/**
 * Takes a sign-in to its new password, within the transaction that proves the code.
 * @throws ApiError as {@link completeSignIn}.
 */
export async function askForNewPassword(transaction: Database, { signIn, userId, verificationId }: Proof): Promise<void> {
  await admit(transaction, userId);
  const changes = { status: 'needs_new_password', ...(verificationId && { first_factor_verification_id: verificationId }) };
  if (!(await moveSignIn(transaction, signIn, changes))) throw stateInvalid();
}

/**
 * Signs in, within the transaction that proves the last factor. The caller renews the browser's credential once it is committed.
 * @throws ApiError 403 `user_banned`; 400 if the attempt has moved on meanwhile, or the person is signed in already.
 */
export async function completeSignIn(
  context: Dependencies,
  transaction: Database,
  caller: Caller,
  { signIn, userId, strategy, verificationId }: Proof,
): Promise<void> {
  await admit(transaction, userId);
  const changes = { status: 'complete', ...(verificationId && { first_factor_verification_id: verificationId }) };
  const moved = await moveSignIn(transaction, signIn, changes);
  if (!moved) throw (await findSignIn(transaction, signIn.id))?.status === 'complete' ? alreadyVerified() : stateInvalid();
  await refuseSignedInUser({ ...context, database: transaction }, moved.client_id, userId);
  await caller.claimCredential(transaction);
  const sessionId = await startSession(context, transaction, {
    clientId: moved.client_id,
    userId,
    strategy,
    address: caller.address,
    userAgent: caller.userAgent,
  });
  await moveSignIn(transaction, moved, { created_session_id: sessionId });
  await detachSignIn(transaction, moved);
}

/** Somebody has proved who they are: their failures are forgotten. */
async function admit(transaction: Database, userId: string): Promise<void> {
  await resetFailures(transaction, userId);
  const user = await findUser(transaction, userId);
  if (!user) throw stateInvalid();
  refuseBanned(user);
}

/** @throws ApiError 403 `user_banned`. */
export function refuseBanned({ banned }: Pick<User, 'banned'>): void {
  if (banned) throw new ApiError(403, { code: 'user_banned', message: 'User banned', longMessage: 'This account has been banned.' });
}

/**
 * One person at a time: no new attempt while somebody is signed in.
 * @throws ApiError 400 `session_exists`.
 */
export async function refuseSecondSession({ database, settings, now }: Dependencies, { client }: Caller): Promise<void> {
  if (!settings.singleSessionMode || !client) return;
  if (!(await findSessionsOfClient(database, client.id, now())).length) return;
  throw new ApiError(400, {
    code: 'session_exists',
    message: 'Session already exists',
    longMessage: "You're already signed in. Sign out first to use another account.",
  });
}

/**
 * Several people may be signed in, each of them once.
 * @throws ApiError 400 `identifier_already_signed_in` with `meta.session_id`.
 */
export async function refuseSignedInUser({ database, settings, now }: Dependencies, clientId: string, userId: string): Promise<void> {
  if (settings.singleSessionMode) return;
  const sessions = await findSessionsOfClient(database, clientId, now());
  const session = sessions.find((open) => open.user_id === userId);
  if (!session) return;
  throw new ApiError(400, {
    code: 'identifier_already_signed_in',
    message: "You're already signed in",
    longMessage: "You're already signed in with this account.",
    meta: { session_id: session.id },
  });
}

/** 400 `client_state_invalid`: not now. */
export const stateInvalid = () =>
  new ApiError(400, {
    code: 'client_state_invalid',
    message: 'Invalid action',
    longMessage: 'This step is not possible at this point. Start again.',
  });

/** 403 `resource_forbidden`: not the client's current attempt. */
export const replaced = (what: string) =>
  new ApiError(403, {
    code: 'resource_forbidden',
    message: 'Replaced',
    longMessage: `A newer ${what} has taken the place of this one.`,
  });
