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
import { refuseSignIn } from './access.ts';
import { alreadyVerified } from './code-verification.ts';
import { startSession } from './sessions.ts';
import type { Impersonation } from './sessions.ts';

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

/** The steps of a sign-in, in their order, and the statuses in which each is to be made. */
const statusesOfSteps = {
  first_factor: ['needs_first_factor'],
  new_password: ['needs_new_password'],
  second_factor: ['needs_second_factor', 'needs_client_trust'],
};

export type SignInStepName = keyof typeof statusesOfSteps;

/**
 * An attempt on which a step is to be made.
 * @throws ApiError 404; 403 `resource_forbidden` if a newer attempt has replaced it; 400 if another step is due.
 */
export async function readSignInFor(
  context: Dependencies,
  caller: Caller,
  { id, step }: { id: string; step: SignInStepName },
): Promise<SignIn> {
  const signIn = await readSignIn(context, caller, id);
  requireStep(signIn, step, context.now());
  if (caller.client?.sign_in_id !== signIn.id) throw replaced('sign-in');
  return signIn;
}

function requireStep(signIn: SignIn, step: SignInStepName, now: number): void {
  const status = statusOf(signIn, now);
  if (!statusesOfSteps[step].includes(status)) throw stepRefused(status, step);
}

/** Why a step cannot be made on an attempt in its present status. */
function stepRefused(status: string, step: SignInStepName): ApiError {
  const later = Object.values(statusesOfSteps).slice(Object.keys(statusesOfSteps).indexOf(step) + 1);
  if (status === 'complete' || later.flat().includes(status)) return alreadyVerified();
  // Whether there will be one is told to who has proved the first.
  return step === 'second_factor' && status !== 'abandoned' ? noSecondFactors() : stateInvalid();
}

/**
 * Locks a sign-in until the transaction ends.
 * @returns the verification that was prepared for this step.
 * @throws ApiError 400 if this step is not due any more.
 */
export async function lockStep(
  context: Pick<Dependencies, 'now'>,
  transaction: Database,
  { id, step }: { id: string; step: 'first_factor' | 'second_factor' },
): Promise<string | null> {
  const signIn = await lockSignIn(transaction, id);
  if (!signIn) throw stateInvalid();
  requireStep(signIn, step, context.now());
  return signIn[`${step}_verification_id`];
}

/** What a step of a sign-in was proved by. */
export interface Proof {
  signIn: SignIn;
  userId: string;
  /** Of the first factor: "last used" at the next sign-in. */
  strategy: string;
  verificationId?: string | undefined;
}

/** What is known of the last step. */
export interface Completion extends Proof {
  /** `true`: the verification is one of the person's own second factor. */
  hasSecondFactor?: boolean;
  /** Somebody acts in the person's place. */
  impersonation?: Impersonation | undefined;
}

/**
 * Signs in, within the transaction that proves the last factor: only now failures are forgotten. The caller renews the browser's
 * credential once it is committed.
 * @throws ApiError 403 `user_banned`, `not_allowed_access`; 400 if the attempt has moved on meanwhile, or the person is signed in already.
 */
export async function completeSignIn(
  context: Dependencies,
  transaction: Database,
  caller: Caller,
  { signIn, userId, strategy, verificationId, hasSecondFactor = false, impersonation }: Completion,
): Promise<void> {
  await resetFailures(transaction, userId);
  await refuseSignIn(transaction, await requireAdmitted(transaction, userId));
  const step = statusesOfSteps.second_factor.includes(signIn.status) ? 'second_factor' : 'first_factor';
  const changes = { status: 'complete', ...(verificationId && { [`${step}_verification_id`]: verificationId }) };
  const moved = await moveSignIn(transaction, signIn, changes);
  if (!moved) throw (await findSignIn(transaction, signIn.id))?.status === 'complete' ? alreadyVerified() : stateInvalid();
  await refuseSignedInUser({ ...context, database: transaction }, moved.client_id, userId);
  await caller.claimCredential(transaction);
  const sessionId = await startSession(context, transaction, {
    clientId: moved.client_id,
    userId,
    strategy,
    firstFactorVerifiedAt: moved.first_factor_verified_at ?? undefined,
    hasSecondFactor,
    impersonation,
    isElsewhere: caller.isElsewhere,
    address: caller.address,
    userAgent: caller.userAgent,
  });
  await moveSignIn(transaction, moved, { created_session_id: sessionId });
  await detachSignIn(transaction, moved);
}

/**
 * Who is to be signed in.
 * @throws ApiError 403 `user_banned`; 400 if they are gone.
 */
export async function requireAdmitted(transaction: Database, userId: string): Promise<User> {
  const user = await findUser(transaction, userId);
  if (!user) throw stateInvalid();
  refuseBanned(user);
  return user;
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

/** 400 `no_second_factors`: nothing to be proved beside the first one. */
export const noSecondFactors = () =>
  new ApiError(400, {
    code: 'no_second_factors',
    message: 'No second factors',
    longMessage: 'This account has no second factor.',
  });

/** 400 `strategy_for_user_invalid`: not a way of this person. */
export const strategyInvalid = () =>
  new ApiError(400, {
    code: 'strategy_for_user_invalid',
    message: 'Invalid verification strategy',
    longMessage: 'The verification strategy is not valid for this account.',
  });
