/** Signing up with an account at a provider (dossier part 2, §2.6, §3, §8). */
import type { Dependencies } from '../dependencies.ts';
import { alreadyVerified } from '../domain/code-verification.ts';
import { normalizeEmailAddress } from '../domain/identifiers.ts';
import { attemptLifetime } from '../domain/sign-in.ts';
import { finishIfReady, lockOpen, readValues } from '../domain/sign-up-steps.ts';
import type { SignUpStep } from '../domain/sign-up-steps.ts';
import type { SignUpForm } from '../domain/sign-up-values.ts';
import type { Caller } from '../frontend-api/handler.ts';
import { createId } from '../ids.ts';
import { updateClient } from '../store/clients.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { isTaken } from '../store/identifications.ts';
import { detachSignIn, findSignIn, moveSignIn } from '../store/sign-ins.ts';
import { insertSignUp, updateSignUp } from '../store/sign-ups.ts';
import type { SignUp, SignUpChanges } from '../store/sign-ups.ts';
import { insertVerification, settleVerification, voidVerifications } from '../store/verifications.ts';
import { accountExists, accountNotFound, callbackInvalid, identificationClaimed, transferInvalid } from './errors.ts';
import { keepIdentity, readProved, takeProved } from './held-identity.ts';
import type { Identity } from './identity.ts';
import { findOwner } from './owner.ts';
import { requireSignInProvider } from './providers.ts';
import { finishedLifetime } from './sign-in.ts';
import type { Returned } from './sign-in.ts';
import { oauthPatience, readTargets, startOAuth } from './start.ts';
import type { OAuthForm } from './start.ts';

/** A new attempt that is on its way to a provider, with what was filled in so far. It is not complete before the provider has answered. */
export async function startProviderSignUp(
  context: Dependencies,
  caller: Caller,
  strategy: string,
  form: SignUpForm & OAuthForm,
): Promise<SignUp> {
  requireSignInProvider(context.settings, strategy);
  readTargets(context, form);
  const signUp = await insertAttempt(context, context.database, caller, await readValues(context, form, {}));
  await sendSignUpToProvider({ context, signUp }, strategy, form);
  return signUp;
}

/** Sends an attempt to a provider. @throws ApiError 422 for one that it cannot be; 400 if one was proved already. */
export async function sendSignUpToProvider(
  { context, signUp }: Omit<SignUpStep, 'caller'>,
  strategy: string,
  form: OAuthForm,
): Promise<void> {
  const provider = requireSignInProvider(context.settings, strategy);
  await startOAuth(context, {
    provider,
    clientId: signUp.client_id,
    purpose: 'sign_up',
    attemptId: signUp.id,
    form,
    attach: async (transaction, verificationId) => {
      const row = await lockOpen(context, transaction, signUp.id, alreadyVerified);
      if (row.external_account_strategy !== null) throw alreadyVerified();
      await voidVerifications(transaction, [row.external_account_verification_id]);
      const changes = { external_account_verification_id: verificationId, abandon_at: context.now() + attemptLifetime };
      await updateSignUp(transaction, signUp.id, changes);
    },
  });
}

/**
 * Takes up who has come back; or says that the account is somebody's, so that a sign-in may take over.
 * @returns whether the sign-up is complete.
 */
export async function finishProviderSignUp({ context, caller, state, identity }: Returned): Promise<boolean> {
  const isComplete = await inTransaction(context.database, async (transaction) => {
    const owner = await findOwner(transaction, identity);
    const signUp = await lockOpen(context, transaction, state.attempt_id, callbackInvalid);
    if (signUp.external_account_verification_id !== state.verification_id || caller.client?.sign_up_id !== signUp.id) {
      throw callbackInvalid();
    }
    await keepIdentity(context, transaction, state.verification_id, identity);
    const status = owner ? 'transferable' : 'verified';
    const error = owner ? accountExists().items[0] : null;
    const settled = { id: state.verification_id, from: 'unverified' } as const;
    if (!(await settleVerification(transaction, settled, { status, error: error ?? null, expireAt: context.now() + oauthPatience }))) {
      throw callbackInvalid();
    }
    if (owner) return false;
    const supplied = await supply(context, transaction, signUp, identity);
    const finished = await finishIfReady({ context, caller, signUp: supplied }, transaction, identity.strategy);
    if (finished.status !== 'complete') return false;
    // The page that the browser comes back to looks for the attempt.
    await updateClient(transaction, signUp.client_id, { sign_up_id: signUp.id });
    await updateSignUp(transaction, signUp.id, { abandon_at: context.now() + finishedLifetime });
    return true;
  });
  if (isComplete) caller.renewCredential();
  return isComplete;
}

/** Signs up whose account nobody has, with what a sign-in has proved of it. */
export async function transferToSignUp(context: Dependencies, caller: Caller, form: SignUpForm): Promise<SignUp> {
  const source = await findSignIn(context.database, caller.client?.sign_in_id ?? '');
  const verificationId = source?.first_factor_verification_id;
  if (!source || !verificationId) throw transferInvalid();
  const values = await readValues(context, form, {});
  const signUp = await inTransaction(context.database, async (transaction) => {
    const identity = await readProved(context, transaction, verificationId);
    if (!identity) throw transferInvalid();
    await takeProved(context, transaction, verificationId, accountNotFound().items[0]?.code ?? '');
    if (await findOwner(transaction, identity)) throw identificationClaimed();
    await moveSignIn(transaction, source, { status: 'abandoned', first_factor_verification_id: null });
    await detachSignIn(transaction, source);
    const row = await insertAttempt(context, transaction, caller, { ...values, external_account_verification_id: verificationId });
    const supplied = await supply(context, transaction, row, identity);
    return finishIfReady({ context, caller, signUp: supplied }, transaction, identity.strategy);
  });
  if (signUp.status === 'complete') caller.renewCredential();
  return signUp;
}

async function insertAttempt(context: Dependencies, database: Database, caller: Caller, changes: SignUpChanges): Promise<SignUp> {
  const { id: clientId } = await caller.ensureClient();
  const now = context.now();
  return insertSignUp(database, {
    ...changes,
    client_id: clientId,
    status: 'missing_requirements',
    created_at: now,
    abandon_at: now + attemptLifetime,
  });
}

/** What the provider says fills the fields that the person has left empty, as far as the instance has them. */
export async function supply(context: Dependencies, transaction: Database, signUp: SignUp, identity: Identity): Promise<SignUp> {
  const { attributes } = context.settings;
  const changes: SignUpChanges = { external_account_strategy: identity.strategy };
  if (attributes.firstName.enabled) changes.first_name = signUp.first_name ?? identity.first_name;
  if (attributes.lastName.enabled) changes.last_name = signUp.last_name ?? identity.last_name;
  const given = normalizeEmailAddress(identity.email_address ?? '');
  if (!given || !attributes.emailAddress.enabled) return updateSignUp(transaction, signUp.id, changes);
  const isSame = signUp.email_address_normalized === given.normalized;
  const isFree = signUp.email_address === null && !(await isTaken(transaction, 'email_address', given.normalized));
  if (isFree) Object.assign(changes, { email_address: given.address, email_address_normalized: given.normalized });
  if ((isFree || isSame) && identity.email_address_verified) {
    changes.email_address_verification_id = await insertProof(context, transaction, identity.strategy, given.normalized);
  }
  return updateSignUp(transaction, signUp.id, changes);
}

/** An address that the provider vouches for needs no code. */
async function insertProof(
  { now }: Pick<Dependencies, 'now'>,
  transaction: Database,
  strategy: string,
  normalized: string,
): Promise<string> {
  const id = createId('ver');
  await insertVerification(transaction, {
    id,
    strategy: `from_${strategy}`,
    status: 'verified',
    code_hash: null,
    sent_to: normalized,
    expire_at: now() + attemptLifetime,
    created_at: now(),
  });
  return id;
}
