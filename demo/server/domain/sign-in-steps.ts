/** The steps of a sign-in, whatever the factor: who, prepare, prove, set a new password. */
import type { Dependencies } from '../dependencies.ts';
import { parameterError } from '../errors.ts';
import { findFactor } from '../factors/index.ts';
import type { AttemptForm, Factor, PrepareForm } from '../factors/factor.ts';
import type { Caller } from '../frontend-api/handler.ts';
import { inTransaction, violatedReference } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { uncountAttempt } from '../store/lockouts.ts';
import { insertSignIn, moveSignIn } from '../store/sign-ins.ts';
import type { SignIn } from '../store/sign-ins.ts';
import { findUserByIdentifier } from '../store/users.ts';
import type { User } from '../store/users.ts';
import { findVerification, moveVerification } from '../store/verifications.ts';
import type { LinkOwner } from './email-link.ts';
import { requireText } from './form-values.ts';
import { normalizeIdentifier } from './identifiers.ts';
import type { Identifier } from './identifiers.ts';
import { countWithin, refuseLocked } from './lockout.ts';
import { prepareNewPassword, sameAsCurrent, storePassword } from './new-password.ts';
import { askForNewPassword, finishFirstFactor } from './second-step.ts';
import { endSessionsOfUser } from './sessions.ts';
import { attemptLifetime, lockStep, refuseBanned, refuseSignedInUser, stateInvalid, strategyInvalid } from './sign-in.ts';
import { signUpIfMissingNotAllowed, signUpIfMissingTransfer } from './sign-up-if-missing.ts';
import { createSubject, findSubject, unnamedSubject } from './subject.ts';
import type { Subject } from './subject.ts';
import { identifierOf } from './ticket-sign-in.ts';

/** Who is waiting for a link. */
export const ownerOf = (signIn: SignIn, { address, userAgent }: Pick<Caller, 'address' | 'userAgent'>): LinkOwner => ({
  subjectId: signIn.id,
  clientId: signIn.client_id,
  address,
  userAgent,
});

/** An attempt and who makes it. */
export interface SignInStep {
  context: Dependencies;
  caller: Caller;
  signIn: SignIn;
}

export interface FactorStep extends SignInStep {
  factor: Factor;
}

/**
 * Starts an attempt for whoever has this identifier.
 * @param text as it was typed; without one the attempt waits for it, or for a factor that names the person.
 * @param options `signUpIfMissing`: whoever has no account proves their address or number all the same, and then makes one.
 * @throws ApiError 422 `form_identifier_not_found`, 403 `user_locked`, `user_banned`, 400 `identifier_already_signed_in`, ….
 */
export async function identify(
  context: Dependencies,
  caller: Caller,
  text: string | undefined,
  { factor, signUpIfMissing = false }: { factor?: Factor | undefined; signUpIfMissing?: boolean } = {},
): Promise<SignIn> {
  const { database, settings, now } = context;
  const typed = text === undefined ? undefined : parseIdentifier(context, requireText(text, 'identifier'));
  const user = typed && (await findUserByIdentifier(database, typed));
  if (typed) {
    if (signUpIfMissing && 'username' in typed) throw signUpIfMissingNotAllowed();
    const subject = createSubject(context, { typed, text: text ?? '', user, signUpIfMissing });
    if (!subject) throw parameterError('form_identifier_not_found', 'identifier', "Couldn't find your account.");
    await refuseLocked(context, subject.lockout);
    // Elsewhere nothing may tell who exists before it is proved.
    if (user && !settings.enumerationProtection) refuseBanned(user);
  }
  const client = await caller.ensureClient();
  if (user) await refuseSignedInUser(context, client.id, user.id);
  try {
    return await insertSignIn(database, {
      client_id: client.id,
      user_id: user?.id ?? null,
      identifier: text?.trim() ?? null,
      status: (typed ?? factor?.identify) ? 'needs_first_factor' : 'needs_identifier',
      sign_up_if_missing: signUpIfMissing && typed !== undefined,
      created_at: now(),
      abandon_at: now() + attemptLifetime,
    });
  } catch (error) {
    // Deleted meanwhile: now nobody has this identifier.
    if (violatedReference(error) === 'sign_ins_user_id_fkey') return identify(context, caller, text, { factor, signUpIfMissing });
    throw error;
  }
}

/** @throws ApiError 422 `form_param_format_invalid` for what can be no identifier of this instance. */
function parseIdentifier({ settings: { attributes } }: Pick<Dependencies, 'settings'>, text: string): Identifier {
  const typed = normalizeIdentifier(text);
  const attribute =
    typed && ('username' in typed ? attributes.username : 'phoneNumber' in typed ? attributes.phoneNumber : attributes.emailAddress);
  if (typed && attribute?.enabled) return typed;
  throw parameterError('form_param_format_invalid', 'identifier', 'Identifier is invalid.');
}

/** @throws ApiError 422 `form_param_value_invalid` for a strategy that this server does not have. */
export function knownFactor(strategy: string): Factor {
  const factor = findFactor(strategy);
  if (factor) return factor;
  throw parameterError('form_param_value_invalid', 'strategy', 'This strategy is not supported.');
}

/** Sends what the factor has to send. */
export async function prepareFactor({ context, caller, signIn, factor }: FactorStep, form: PrepareForm): Promise<void> {
  const isUnnamed = factor.identify && signIn.identifier === null;
  const subject = isUnnamed ? unnamedSubject : await subjectOf(context, signIn, factor);
  if (!factor.prepare) throw strategyInvalid();
  await factor.prepare({
    context,
    subject,
    form,
    origin: caller.origin,
    owner: ownerOf(signIn, caller),
    lock: (transaction) => lockStep(context, transaction, { id: signIn.id, step: 'first_factor' }),
    attach: async (transaction, verificationId) => {
      const changes = { first_factor_verification_id: verificationId };
      if (!(await moveSignIn(transaction, signIn, changes))) throw stateInvalid();
    },
  });
}

/** Judges what was given for the factor; who is right is signed in, or asked for a second factor, or may set a new password. */
export async function attemptFactor({ context, caller, signIn, factor }: FactorStep, form: AttemptForm): Promise<void> {
  const isUnnamed = factor.identify && signIn.identifier === null;
  const subject = await subjectOf(context, signIn, factor, isUnnamed ? await factor.identify?.(context, form) : undefined);
  // A new password comes with the code or in a step of its own.
  const renewal = factor.leadsToNewPassword && form.password ? await prepareNewPassword(context, subject, form.password) : undefined;
  const asksForNewPassword = factor.leadsToNewPassword && (!renewal || renewal.isCurrent);
  let isComplete = false;
  let isTransferable = false;
  const proceed = async (transaction: Database, verificationId: string) => {
    if (!subject.user && signIn.sign_up_if_missing && !factor.leadsToNewPassword) {
      await uncountAttempt(transaction, subject.lockout);
      isTransferable = await moveVerification(transaction, { id: verificationId, from: 'verified', to: 'transferable' });
      return;
    }
    if (!subject.user) throw stateInvalid();
    const satisfiesSecondFactor = factor.satisfiesSecondFactor?.(context.settings);
    const named = isUnnamed ? await nameSignIn(transaction, signIn, subject.user) : signIn;
    const proof = { signIn: named, userId: subject.user.id, strategy: factor.strategy, satisfiesSecondFactor, verificationId };
    if (asksForNewPassword) return askForNewPassword(context, transaction, proof);
    if (renewal) await storePassword(transaction, { ...proof, hash: renewal.hash, exceptSignInId: signIn.id }, context.now());
    isComplete = await finishFirstFactor(context, transaction, caller, proof);
  };
  const lock = (transaction: Database) => lockStep(context, transaction, { id: signIn.id, step: 'first_factor' });
  await factor.attempt({ context, subject, form, origin: caller.origin, lock, proceed });
  if (isTransferable) throw signUpIfMissingTransfer();
  if (renewal?.isCurrent) throw sameAsCurrent();
  if (isComplete) caller.renewCredential();
}

/** Sets the password of a person who has proved a code for it, and goes on as after any first factor. */
export async function setNewPassword(
  { context, caller, signIn }: SignInStep,
  { password, endsOtherSessions }: { password: string; endsOtherSessions: boolean },
): Promise<void> {
  const { database, now } = context;
  const subject = await findSubject(context, signIn);
  const user = subject?.user;
  if (!user) throw stateInvalid();
  await refuseLocked(context, subject.lockout);
  const { hash, isCurrent } = await prepareNewPassword(context, subject, password);
  if (isCurrent) throw sameAsCurrent();
  const { strategy = '' } = (await findVerification(database, signIn.first_factor_verification_id)) ?? {};
  const isComplete = await inTransaction(database, async (transaction) => {
    await countWithin(context, transaction, subject.lockout);
    await storePassword(transaction, { userId: user.id, hash, exceptSignInId: signIn.id }, now());
    if (endsOtherSessions) await endSessionsOfUser(transaction, user.id, { now: now(), status: 'revoked' });
    return finishFirstFactor(context, transaction, caller, { signIn, userId: user.id, strategy });
  });
  if (isComplete) caller.renewCredential();
}

/** Says whom a sign-in is for that was begun without a name. */
async function nameSignIn(transaction: Database, signIn: SignIn, user: User): Promise<SignIn> {
  const named = await moveSignIn(transaction, signIn, { user_id: user.id, identifier: identifierOf(user) });
  if (!named) throw stateInvalid();
  return named;
}

/** Whom a sign-in is for, if the factor is one of theirs and they are not locked out. */
async function subjectOf(context: Dependencies, signIn: SignIn, factor: Factor, found?: Subject): Promise<Subject> {
  const subject = found ?? (await findSubject(context, signIn));
  if (!subject || !factor.list(subject, context.settings).length) throw strategyInvalid();
  await refuseLocked(context, subject.lockout);
  return subject;
}
