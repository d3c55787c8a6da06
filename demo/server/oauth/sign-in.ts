/** Signing in with an account at a provider (dossier part 2, §2.6, §8). */
import type { Dependencies } from '../dependencies.ts';
import { countWithin } from '../domain/lockout.ts';
import { askForNewPassword, finishFirstFactor } from '../domain/second-step.ts';
import { attemptLifetime, statusOf, stateInvalid } from '../domain/sign-in.ts';
import type { Caller } from '../frontend-api/handler.ts';
import { updateClient } from '../store/clients.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import type { OAuthState } from '../store/oauth-states.ts';
import { insertSignIn, lockSignIn, moveSignIn } from '../store/sign-ins.ts';
import type { SignIn } from '../store/sign-ins.ts';
import { detachSignUp, findSignUp, updateSignUp } from '../store/sign-ups.ts';
import { findUser } from '../store/users.ts';
import { settleVerification } from '../store/verifications.ts';
import { accountExists, accountNotFound, callbackInvalid, strategyNotSupported, transferInvalid } from './errors.ts';
import { keepIdentity, readProved, takeProved } from './held-identity.ts';
import type { Identity } from './identity.ts';
import { connect, findOwner } from './owner.ts';
import type { Owner } from './owner.ts';
import { isProviderStrategy, requireSignInProvider } from './providers.ts';
import { oauthPatience, readTargets, startOAuth } from './start.ts';
import type { OAuthForm } from './start.ts';

/** Milliseconds that a finished attempt stays with its client, for the page that the browser comes back to (§8, step 4). */
export const finishedLifetime = oauthPatience;

/** A new attempt that is on its way to a provider. */
export async function startProviderSignIn(context: Dependencies, caller: Caller, strategy: string, form: OAuthForm): Promise<SignIn> {
  requireSignInProvider(context.settings, strategy);
  readTargets(context, form);
  const { id: clientId } = await caller.ensureClient();
  const now = context.now();
  const signIn = await insertSignIn(context.database, {
    client_id: clientId,
    user_id: null,
    identifier: null,
    status: 'needs_identifier',
    created_at: now,
    abandon_at: now + attemptLifetime,
  });
  await sendToProvider(context, signIn, strategy, form);
  return signIn;
}

/** Sends an attempt to a provider. @throws ApiError 422 for one that it cannot be. */
export async function sendToProvider(context: Dependencies, signIn: SignIn, strategy: string, form: OAuthForm): Promise<void> {
  if (!isProviderStrategy(strategy)) throw strategyNotSupported();
  const provider = requireSignInProvider(context.settings, strategy);
  await startOAuth(context, {
    provider,
    clientId: signIn.client_id,
    purpose: 'sign_in',
    attemptId: signIn.id,
    form,
    attach: async (transaction, verificationId) => {
      if (!(await moveSignIn(transaction, signIn, { first_factor_verification_id: verificationId }))) throw stateInvalid();
    },
  });
}

/** What is needed to take an attempt further once the provider has answered. */
export interface Returned {
  context: Dependencies;
  caller: Caller;
  state: OAuthState;
  identity: Identity;
}

/**
 * Signs in who has come back; or says that nobody is known by this account, so that a sign-up may take over.
 * @returns whether the sign-in is complete.
 */
export async function finishProviderSignIn({ context, caller, state, identity }: Returned): Promise<boolean> {
  const isComplete = await inTransaction(context.database, async (transaction) => {
    // Users are locked before attempts, as everywhere.
    const owner = await findOwner(transaction, identity);
    const signIn = await lockSignIn(transaction, state.attempt_id);
    const isOpen = signIn && ['needs_identifier', 'needs_first_factor'].includes(statusOf(signIn, context.now()));
    if (!isOpen || signIn.first_factor_verification_id !== state.verification_id || caller.client?.sign_in_id !== signIn.id) {
      throw callbackInvalid();
    }
    // An attempt of somebody who has said who they are is theirs only.
    if (signIn.user_id !== null && signIn.user_id !== owner?.userId) throw accountNotFound();
    const status = owner ? 'verified' : 'transferable';
    const error = owner ? null : accountNotFound().items[0];
    if (!owner) await keepIdentity(context, transaction, state.verification_id, identity);
    const settled = { id: state.verification_id, from: 'unverified' } as const;
    if (!(await settleVerification(transaction, settled, { status, error: error ?? null, expireAt: context.now() + oauthPatience }))) {
      throw callbackInvalid();
    }
    if (!owner) return false;
    const isDone = await proceed({ context, caller, signIn, identity }, transaction, owner);
    // The page that the browser comes back to looks for the attempt.
    if (isDone) {
      await updateClient(transaction, signIn.client_id, { sign_in_id: signIn.id });
      await moveSignIn(transaction, { id: signIn.id, status: 'complete' }, { abandon_at: context.now() + finishedLifetime });
    }
    return isDone;
  });
  if (isComplete) caller.renewCredential();
  return isComplete;
}

/** Signs in with the account of a sign-up that turned out to be somebody's. */
export async function transferToSignIn(context: Dependencies, caller: Caller): Promise<SignIn> {
  const source = await findSignUp(context.database, caller.client?.sign_up_id ?? '');
  const verificationId = source?.external_account_verification_id;
  if (!source || !verificationId) throw transferInvalid();
  let isComplete = false;
  const signIn = await inTransaction(context.database, async (transaction) => {
    const identity = await readProved(context, transaction, verificationId);
    const owner = identity && (await findOwner(transaction, identity));
    if (!owner) throw transferInvalid();
    await takeProved(context, transaction, verificationId, accountExists().items[0]?.code ?? '');
    await updateSignUp(transaction, source.id, { status: 'abandoned', external_account_verification_id: null });
    await detachSignUp(transaction, source);
    const row = await createSignInFor(context, transaction, source.client_id, verificationId);
    isComplete = await proceed({ context, caller, signIn: row, identity }, transaction, owner);
    return row;
  });
  if (isComplete) caller.renewCredential();
  return signIn;
}

/** An attempt whose first factor is proved already. */
export function createSignInFor(context: Dependencies, transaction: Database, clientId: string, verificationId: string): Promise<SignIn> {
  const now = context.now();
  return insertSignIn(transaction, {
    client_id: clientId,
    user_id: null,
    identifier: null,
    status: 'needs_first_factor',
    created_at: now,
    abandon_at: now + attemptLifetime,
  }).then(async (row) => (await moveSignIn(transaction, row, { first_factor_verification_id: verificationId })) ?? row);
}

/** After the account is proved, within the transaction that has locked its owner. */
export async function proceed(
  { context, caller, signIn, identity }: { context: Dependencies; caller: Caller; signIn: SignIn; identity: Identity },
  transaction: Database,
  owner: Owner,
): Promise<boolean> {
  const { userId } = owner;
  // Nothing is to be guessed here, but who is locked out is out.
  await countWithin(context, transaction, { userId });
  const needsPassword = await connect(context, transaction, { owner, identity, signInId: signIn.id });
  const user = await findUser(transaction, userId);
  const primary = user?.email_addresses.find(({ id }) => id === user.primary_email_address_id);
  const identifier = signIn.identifier ?? primary?.email_address ?? user?.username ?? null;
  const known = await moveSignIn(transaction, signIn, { user_id: userId, identifier });
  if (!known) throw stateInvalid();
  const verificationId = known.first_factor_verification_id ?? undefined;
  const proof = { signIn: known, userId, strategy: identity.strategy, verificationId };
  if (!needsPassword) return finishFirstFactor(context, transaction, caller, proof);
  await askForNewPassword(context, transaction, proof);
  return false;
}
