/** What becomes of an attempt when the provider has answered (dossier part 2, §8, steps 3 and 4). */
import type { Dependencies } from '../dependencies.ts';
import { toApiError } from '../error-response.ts';
import { ApiError } from '../errors.ts';
import type { ApiErrorItem } from '../errors.ts';
import type { Caller } from '../frontend-api/handler.ts';
import { open } from '../seal.ts';
import type { OAuthPurpose, OAuthState } from '../store/oauth-states.ts';
import { settleVerification } from '../store/verifications.ts';
import { finishConnection } from './connection.ts';
import { accessDenied, callbackInvalid } from './errors.ts';
import type { Identity } from './identity.ts';
import { exchangeCode } from './protocol.ts';
import type { OAuthSecrets } from './protocol.ts';
import { requireProvider } from './providers.ts';
import { finishProviderSignIn } from './sign-in.ts';
import type { Returned } from './sign-in.ts';
import { finishProviderSignUp } from './sign-up.ts';
import { oauthPatience } from './start.ts';

/** What a provider says instead of a code when nobody was let in: words of OAuth 2 and OpenID Connect. */
const refusals = ['access_denied', 'login_required', 'consent_required', 'interaction_required', 'account_selection_required'];

const finishers: Record<OAuthPurpose, (returned: Returned) => Promise<boolean>> = {
  sign_in: finishProviderSignIn,
  sign_up: finishProviderSignUp,
  connection: finishConnection,
};

export interface Callback {
  context: Dependencies;
  caller: Caller;
  /** Used up already. */
  state: OAuthState;
  /** As the provider has handed it back. */
  secret: string;
  /** Query of the callback. */
  answer: URLSearchParams;
}

/**
 * Takes the attempt on. What cannot be done is written into its verification, for the page that the browser goes back to.
 * @returns whether the attempt is complete.
 */
export async function finishOAuth(callback: Callback): Promise<boolean> {
  const { context, caller, state } = callback;
  try {
    const identity = await identify(callback);
    return await finishers[state.purpose]({ context, caller, state, identity });
  } catch (error) {
    const refusal = error instanceof ApiError && error.status < 500 ? error : undefined;
    if (!refusal && toApiError(error).status === 503) throw error;
    if (!refusal) context.log({ level: 'error', message: `Signing in with ${state.strategy} failed.`, error: String(error) });
    const failed = { id: state.verification_id, from: 'unverified' } as const;
    const item = itemOf(refusal ?? callbackInvalid());
    await settleVerification(context.database, failed, { status: 'failed', error: item, expireAt: context.now() + oauthPatience });
    return false;
  }
}

/** As an item of `errors` and no more. */
const itemOf = (error: ApiError): ApiErrorItem | null => error.items[0] ?? null;

async function identify({ context, state, secret, answer }: Callback): Promise<Identity> {
  const provider = requireProvider(context.settings, state.strategy);
  const refusal = answer.get('error');
  if (refusal !== null) throw refusals.includes(refusal) ? accessDenied(provider.name) : callbackInvalid();
  const secrets = JSON.parse(open(context.keys.sealingKey, state.sealed_secrets, state.verification_id)) as OAuthSecrets;
  try {
    return await exchangeCode(context, provider, { ...secrets, state: secret, answer });
  } catch (error) {
    // The library's messages name what was wrong, never what was sent.
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
    context.log({ level: 'warn', message: `The answer of ${state.strategy} was refused.`, error: `${String(error)}${cause}` });
    throw callbackInvalid(error);
  }
}
