/** Google One Tap: a page has got an ID token by Google's own script, and hands it in (dossier part 2, §2.4). */
import type { Dependencies } from '../dependencies.ts';
import { alreadyVerified } from '../domain/code-verification.ts';
import { attemptLifetime } from '../domain/sign-in.ts';
import { finishIfReady, readValues } from '../domain/sign-up-steps.ts';
import type { SignUpForm } from '../domain/sign-up-values.ts';
import { parameterError } from '../errors.ts';
import type { Caller } from '../frontend-api/handler.ts';
import { createId } from '../ids.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { takeIdToken } from '../store/oauth-states.ts';
import type { SignIn } from '../store/sign-ins.ts';
import { insertSignUp } from '../store/sign-ups.ts';
import type { SignUp } from '../store/sign-ups.ts';
import { insertVerification } from '../store/verifications.ts';
import { accountExists, accountNotFound, strategyNotSupported } from './errors.ts';
import { keepIdentity } from './held-identity.ts';
import type { Identity } from './identity.ts';
import { findOwner } from './owner.ts';
import { readIdToken } from './protocol.ts';
import { oneTapProvider, oneTapStrategy, requireSignInProvider } from './providers.ts';
import { createSignInFor, proceed } from './sign-in.ts';
import { oauthPatience } from './start.ts';
import { supply } from './sign-up.ts';

/**
 * Signs in with an ID token.
 * @throws ApiError 404 `external_account_not_found`: the token may then be used to sign up; 422 for a token that is not right.
 */
export async function signInWithIdToken(context: Dependencies, caller: Caller, token: string): Promise<SignIn> {
  const { identity, expireAt } = await read(context, token);
  const { id: clientId } = await caller.ensureClient();
  let isComplete = false;
  const signIn = await inTransaction(context.database, async (transaction) => {
    const owner = await findOwner(transaction, identity);
    if (!owner) throw accountNotFound();
    if (!(await takeIdToken(transaction, token, expireAt))) throw alreadyVerified();
    const verificationId = await insertProof(context, transaction, 'verified');
    const row = await createSignInFor(context, transaction, clientId, verificationId);
    isComplete = await proceed({ context, caller, signIn: row, identity }, transaction, owner);
    return row;
  });
  if (isComplete) caller.renewCredential();
  return signIn;
}

/** Signs up with an ID token; whose account it turns out to be, may sign in by a transfer. @throws ApiError 422. */
export async function signUpWithIdToken(context: Dependencies, caller: Caller, token: string, form: SignUpForm): Promise<SignUp> {
  const { identity, expireAt } = await read(context, token);
  const values = await readValues(context, form, {});
  const { id: clientId } = await caller.ensureClient();
  const signUp = await inTransaction(context.database, async (transaction) => {
    const owner = await findOwner(transaction, identity);
    if (!(await takeIdToken(transaction, token, expireAt))) throw alreadyVerified();
    const verificationId = await insertProof(context, transaction, owner ? 'transferable' : 'verified');
    await keepIdentity(context, transaction, verificationId, identity);
    const now = context.now();
    const row = await insertSignUp(transaction, {
      ...values,
      external_account_verification_id: verificationId,
      client_id: clientId,
      status: 'missing_requirements',
      created_at: now,
      abandon_at: now + attemptLifetime,
    });
    if (owner) return row;
    return finishIfReady({ context, caller, signUp: await supply(context, transaction, row, identity) }, transaction, identity.strategy);
  });
  if (signUp.status === 'complete') caller.renewCredential();
  return signUp;
}

async function read(context: Dependencies, token: string): Promise<{ identity: Identity; expireAt: number }> {
  const provider = requireSignInProvider(context.settings, oneTapProvider);
  // The development provider has no One Tap.
  if (provider.isPlayed || provider.clientId === undefined) throw strategyNotSupported();
  try {
    return await readIdToken(context, provider, token);
  } catch (error) {
    context.log({ level: 'warn', message: `An ID token of ${oneTapProvider} was refused.`, error: String(error) });
    throw parameterError('form_param_value_invalid', 'token', 'The token is not valid, or too old.');
  }
}

async function insertProof(
  { now }: Pick<Dependencies, 'now'>,
  transaction: Database,
  status: 'verified' | 'transferable',
): Promise<string> {
  const id = createId('ver');
  const error = status === 'transferable' ? JSON.stringify(accountExists().items[0]) : null;
  await insertVerification(transaction, {
    id,
    strategy: oneTapStrategy,
    status,
    code_hash: null,
    sent_to: null,
    error,
    expire_at: now() + oauthPatience,
    created_at: now(),
  });
  return id;
}
