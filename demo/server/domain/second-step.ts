/** What follows a proved first factor: a second one, or the session (dossier part 2, §2.3, "after-first-factor"). */
import type { Dependencies } from '../dependencies.ts';
import { listSecondFactors } from '../factors/index.ts';
import type { AttemptForm, PrepareForm, SecondFactorNeed } from '../factors/factor.ts';
import type { Caller } from '../frontend-api/handler.ts';
import type { Database } from '../store/database.ts';
import { resetFailures, uncountAttempt } from '../store/lockouts.ts';
import { hasHeldSession } from '../store/sessions.ts';
import { findUser } from '../store/users.ts';
import { moveSignIn } from '../store/sign-ins.ts';
import type { SignIn, SignInChanges } from '../store/sign-ins.ts';
import { lockUser } from '../store/write-users.ts';
import { findVerification } from '../store/verifications.ts';
import { refuseLocked } from './lockout.ts';
import { completeSignIn, lockStep, noSecondFactors, requireAdmitted, stateInvalid, strategyInvalid } from './sign-in.ts';
import type { Proof } from './sign-in.ts';
import { ownerOf } from './sign-in-steps.ts';
import type { FactorStep } from './sign-in-steps.ts';
import type { Impersonation } from './sessions.ts';
import { findProvedSubject } from './subject.ts';
import type { Subject } from './subject.ts';

export interface FirstProof extends Proof {
  impersonation?: Impersonation | undefined;
  satisfiesSecondFactor?: boolean | undefined;
}

/**
 * Signs in, or asks for a second factor, within the transaction that proves the first one and has counted the attempt.
 * @returns whether the sign-in is complete.
 * @throws ApiError 403 `user_banned`; 400 if the attempt has moved on meanwhile, or the person is signed in already.
 */
export async function finishFirstFactor(context: Dependencies, transaction: Database, caller: Caller, proof: FirstProof): Promise<boolean> {
  // Nobody turns a factor on between this look and the session.
  await lockUser(transaction, proof.userId);
  if (!proof.impersonation && (await findUser(transaction, proof.userId))?.password_compromised) {
    await takeToNewPassword(context, transaction, proof);
    return false;
  }
  const need = await findNeed({ ...context, database: transaction }, proof);
  if (need) await askForSecondFactor(context, transaction, proof, need);
  else await completeSignIn(context, transaction, caller, { ...proof, hasSecondFactor: isBothFactors(proof) });
  return !need;
}

/** Whoever acts in another's place has proved none. */
const isBothFactors = ({ satisfiesSecondFactor = false, impersonation }: FirstProof) => satisfiesSecondFactor && !impersonation;

async function findNeed(context: Dependencies, proof: FirstProof): Promise<SecondFactorNeed | undefined> {
  const { database, settings } = context;
  const { signIn, userId, strategy, satisfiesSecondFactor = false } = proof;
  const subject = await findProvedSubject(context, signIn);
  if (!subject?.user) throw stateInvalid();
  const isAskable = (need: SecondFactorNeed) => listSecondFactors(subject, settings, need).length > 0;
  if (isAskable('second_factor')) return satisfiesSecondFactor ? undefined : 'second_factor';
  const isTrusted =
    !settings.clientTrust ||
    strategy !== 'password' ||
    subject.user.bypass_client_trust ||
    (await hasHeldSession(database, { clientId: signIn.client_id, userId }));
  return !isTrusted && isAskable('client_trust') ? 'client_trust' : undefined;
}

/**
 * Takes a sign-in to its new password, within the transaction that proves the code and has counted the attempt.
 * @throws ApiError as {@link finishFirstFactor}.
 */
export async function askForNewPassword(context: Dependencies, transaction: Database, proof: FirstProof): Promise<void> {
  await lockUser(transaction, proof.userId);
  await takeToNewPassword(context, transaction, proof);
}

async function takeToNewPassword(context: Dependencies, transaction: Database, proof: FirstProof): Promise<void> {
  const need = await findNeed({ ...context, database: transaction }, proof);
  await takeOn(transaction, proof, { need, changes: { status: 'needs_new_password' } });
}

async function askForSecondFactor(
  { now }: Pick<Dependencies, 'now'>,
  transaction: Database,
  proof: Proof,
  need: SecondFactorNeed,
): Promise<void> {
  await takeOn(transaction, proof, { need, changes: { status: `needs_${need}`, first_factor_verified_at: now() } });
}

/**
 * The attempt was right, so it does not count. But where a second factor follows, earlier failures are forgotten only with that one:
 * otherwise whoever knows the password could guess codes for ever.
 */
async function takeOn(
  transaction: Database,
  { signIn, userId, verificationId }: Proof,
  { need, changes }: { need: SecondFactorNeed | undefined; changes: SignInChanges },
): Promise<void> {
  if (need) await uncountAttempt(transaction, { userId });
  else await resetFailures(transaction, userId);
  await requireAdmitted(transaction, userId);
  const proved = verificationId !== undefined && { first_factor_verification_id: verificationId };
  if (!(await moveSignIn(transaction, signIn, { ...changes, ...proved }))) throw stateInvalid();
}

/** Why a sign-in waits for a second factor; `undefined` if it does not. */
export const needOf = ({ status }: Pick<SignIn, 'status'>): SecondFactorNeed | undefined =>
  status === 'needs_second_factor' ? 'second_factor' : status === 'needs_client_trust' ? 'client_trust' : undefined;

/** Sends what the second factor has to send. */
export async function prepareSecondFactor({ context, caller, signIn, factor }: FactorStep, form: PrepareForm): Promise<void> {
  const subject = await subjectOf(context, { signIn, factor });
  if (!factor.prepare) throw strategyInvalid();
  await factor.prepare({
    context,
    subject,
    form,
    need: needOf(signIn),
    origin: caller.origin,
    owner: ownerOf(signIn, caller),
    lock: (transaction) => lockStep(context, transaction, { id: signIn.id, step: 'second_factor' }),
    attach: async (transaction, verificationId) => {
      if (!(await moveSignIn(transaction, signIn, { second_factor_verification_id: verificationId }))) throw stateInvalid();
    },
  });
}

/** Judges what was given for the second factor; who is right is signed in. */
export async function attemptSecondFactor({ context, caller, signIn, factor }: FactorStep, form: AttemptForm): Promise<void> {
  const subject = await subjectOf(context, { signIn, factor });
  const first = await findVerification(context.database, signIn.first_factor_verification_id);
  await factor.attempt({
    context,
    subject,
    form,
    origin: caller.origin,
    lock: (transaction) => lockStep(context, transaction, { id: signIn.id, step: 'second_factor' }),
    proceed: async (transaction, verificationId) => {
      if (!subject.user) throw stateInvalid();
      await completeSignIn(context, transaction, caller, {
        signIn,
        userId: subject.user.id,
        strategy: first?.strategy ?? factor.strategy,
        verificationId,
        hasSecondFactor: needOf(signIn) === 'second_factor',
      });
    },
  });
  caller.renewCredential();
}

/** Whom a sign-in is for, if the factor is a second one of theirs and they are not locked out. */
async function subjectOf(context: Dependencies, { signIn, factor }: Pick<FactorStep, 'signIn' | 'factor'>): Promise<Subject> {
  const subject = await findProvedSubject(context, signIn);
  const need = needOf(signIn);
  if (!subject || !need) throw noSecondFactors();
  const listed = listSecondFactors(subject, context.settings, need);
  if (!listed.length) throw noSecondFactors();
  if (!listed.some(({ strategy }) => strategy === factor.strategy)) throw strategyInvalid();
  await refuseLocked(context, subject.lockout);
  return subject;
}
