/** Proving anew, within a session, who one is, and what asks for it (dossier part 2, §4.4). */
import type { Dependencies } from '../dependencies.ts';
import { ApiError, parameterError } from '../errors.ts';
import { listFactors, listSecondFactors, findFactor } from '../factors/index.ts';
import type { AttemptStep, ListedFactor, PrepareStep } from '../factors/factor.ts';
import type { Database } from '../store/database.ts';
import { resetFailures, uncountAttempt } from '../store/lockouts.ts';
import { findReverification, lockReverification, moveReverification, replaceReverification } from '../store/reverifications.ts';
import type { Reverification } from '../store/reverifications.ts';
import { updateSession } from '../store/sessions.ts';
import type { Session } from '../store/sessions.ts';
import type { User } from '../store/users.ts';
import { lockUser } from '../store/write-users.ts';
import { requireText } from './form-values.ts';
import { refuseLocked } from './lockout.ts';
import { requireAdmitted, strategyInvalid } from './sign-in.ts';
import { knownFactor } from './sign-in-steps.ts';
import { subjectOfUser } from './subject.ts';

/** Milliseconds that a proof is good for when something sensitive is done. */
export const freshness = 10 * 60_000;
/** Milliseconds to finish one that was started. */
const lifetime = 3600_000;

const levels = ['first_factor', 'second_factor', 'multi_factor'];

/** Which factor of the session is proved. */
export type ReverificationStep = 'first_factor' | 'second_factor';

/** A step of the reverification of a session, and by which factor. */
export interface ReverificationRequest {
  context: Dependencies;
  session: Session;
  user: User;
  step: ReverificationStep;
  strategy: string | undefined;
  /** Of the page that asks. */
  origin: string | undefined;
}

/** What a person can prove themselves by. What gives a new password proves less than the password. */
export function listReverificationFactors(
  user: User,
  { settings }: Pick<Dependencies, 'settings'>,
  step: ReverificationStep,
): ListedFactor[] {
  const subject = subjectOfUser(user);
  if (step === 'second_factor') return listSecondFactors(subject, settings, 'second_factor');
  return listFactors(subject, settings).filter(({ strategy }) => {
    const factor = findFactor(strategy);
    return !factor?.leadsToNewPassword && !factor?.isForSignInOnly;
  });
}

/**
 * Refuses something sensitive, unless the best factor that the person has was proved lately.
 * @throws ApiError 403 `session_reverification_required`.
 */
export function requireFreshProof({ settings, now }: Pick<Dependencies, 'settings' | 'now'>, session: Session, user: User): void {
  if (!settings.reverification) return;
  const hasSecond = listReverificationFactors(user, { settings }, 'second_factor').length > 0;
  const provedAt = hasSecond ? session.second_factor_verified_at : session.first_factor_verified_at;
  if (provedAt !== null && now() - provedAt < freshness) return;
  throw new ApiError(403, {
    code: 'session_reverification_required',
    message: 'Reverification required',
    longMessage: 'Prove again that it is you before you do this.',
  });
}

/**
 * Starts a reverification in the place of the former one. Who has no second factor proves the first.
 * @throws ApiError 422 for a level that is none.
 */
export async function startReverification(
  context: Dependencies,
  { session, user, level }: { session: Session; user: User; level: string | undefined },
): Promise<void> {
  const wanted = requireText(level, 'level');
  if (!levels.includes(wanted)) throw parameterError('form_param_value_invalid', 'level', `level must be one of ${levels.join(', ')}.`);
  const given = listReverificationFactors(user, context, 'second_factor').length ? wanted : 'first_factor';
  const now = context.now();
  await replaceReverification(context.database, {
    session_id: session.id,
    level: given,
    status: given === 'second_factor' ? 'needs_second_factor' : 'needs_first_factor',
    first_factor_verification_id: null,
    second_factor_verification_id: null,
    expire_at: now + lifetime,
    created_at: now,
  });
}

/** Sends what the factor has to send. */
export async function prepareReverification(request: ReverificationRequest, form: PrepareStep['form']): Promise<void> {
  const { context, session, step, origin } = request;
  const { factor, subject, reverification } = await readStep(request);
  if (!factor.prepare) throw strategyInvalid();
  await factor.prepare({
    context,
    subject,
    form,
    need: step === 'second_factor' ? step : undefined,
    origin,
    lock: (transaction) => lockStep(context, transaction, { session, step }),
    attach: async (transaction, verificationId) => {
      const changes = { [`${step}_verification_id`]: verificationId };
      if (!(await moveReverification(transaction, reverification, changes))) throw invalidAction();
    },
  });
}

/** Judges what was given for the factor; who is right has proved it for this session. */
export async function attemptReverification(request: ReverificationRequest, form: AttemptStep['form']): Promise<void> {
  const { context, session, step, origin } = request;
  const { factor, subject, reverification } = await readStep(request);
  await factor.attempt({
    context,
    subject,
    form,
    origin,
    lock: (transaction) => lockStep(context, transaction, { session, step }),
    proceed: (transaction, verificationId) => finishStep(request, transaction, { reverification, verificationId }),
  });
}

async function finishStep(
  { context, session, user, step }: ReverificationRequest,
  transaction: Database,
  { reverification, verificationId }: { reverification: Reverification; verificationId: string },
): Promise<void> {
  await lockUser(transaction, user.id);
  await requireAdmitted(transaction, user.id);
  const isComplete = step === 'second_factor' || reverification.level === 'first_factor';
  const status = isComplete ? 'complete' : 'needs_second_factor';
  const changes = { status, [`${step}_verification_id`]: verificationId };
  if (!(await moveReverification(transaction, reverification, changes))) throw invalidAction();
  // As at sign-in: failures are forgotten when all that the person has is proved, and not by one factor of two.
  const isAllProved = isComplete && (step === 'second_factor' || !listReverificationFactors(user, context, 'second_factor').length);
  if (isAllProved) await resetFailures(transaction, user.id);
  else await uncountAttempt(transaction, { userId: user.id });
  const proved = { [`${step}_verified_at`]: context.now() };
  if (!(await updateSession(transaction, session.id, proved, context.now()))) throw invalidAction();
}

/** Locks the reverification until the transaction ends. @returns the verification that was prepared for this step. */
async function lockStep(
  { now }: Pick<Dependencies, 'now'>,
  transaction: Database,
  { session, step }: { session: Session; step: ReverificationStep },
): Promise<string | null> {
  const row = requireStep(await lockReverification(transaction, session.id, now()), step);
  return row[`${step}_verification_id`];
}

async function readStep({ context, session, user, step, strategy }: ReverificationRequest) {
  const factor = knownFactor(requireText(strategy, 'strategy'));
  const reverification = requireStep(await findReverification(context.database, session.id, context.now()), step);
  if (!listReverificationFactors(user, context, step).some((listed) => listed.strategy === factor.strategy)) throw strategyInvalid();
  const subject = subjectOfUser(user);
  await refuseLocked(context, subject.lockout);
  return { factor, subject, reverification };
}

/** @throws ApiError 400 `session_reverification_missing` or `invalid_action_for_session_reverification`. */
function requireStep(reverification: Reverification | undefined, step: ReverificationStep): Reverification {
  if (!reverification) {
    throw new ApiError(400, {
      code: 'session_reverification_missing',
      message: 'Reverification missing',
      longMessage: 'No reverification of this session is under way. Start one first.',
    });
  }
  if (reverification.status !== `needs_${step}`) throw invalidAction();
  return reverification;
}

const invalidAction = () =>
  new ApiError(400, {
    code: 'invalid_action_for_session_reverification',
    message: 'Invalid action',
    longMessage: 'This step is not the one that the reverification of this session is at.',
  });
