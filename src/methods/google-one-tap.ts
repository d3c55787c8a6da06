/** Signing in with the token of Google's own script (`google_one_tap`). */
import type { AuthenticateWithGoogleOneTapParams, HandleOAuthCallbackParams } from '../clerk/clerk-api.ts';
import type { ClerkCore } from '../clerk/clerk.ts';
import { hasCode } from '../errors.ts';
import type { SignInResource, SignUpResource } from '../resources/types.ts';
import { settle } from './provider-callback.ts';
import type { Navigate } from './provider-callback.ts';
import { isSignIn } from './provider-redirect.ts';
import type { Attempt } from './provider-redirect.ts';
import { stateOf } from './state-of.ts';

/** Signs in with a token of Google's own script, or begins a sign-up where the account is nobody's. */
export async function authenticateWithGoogleOneTap(
  this: ClerkCore,
  { token, legalAccepted }: AuthenticateWithGoogleOneTapParams,
): Promise<SignInResource | SignUpResource> {
  const { signIn, signUp } = stateOf(this).client;
  const strategy = 'google_one_tap';
  try {
    return await signIn.create({ strategy, token });
  } catch (error) {
    if (!hasCode(error, 'external_account_not_found')) throw error;
    return signUp.create({ strategy, token, ...(legalAccepted !== undefined && { legalAccepted }) });
  }
}

/** Goes on with what `authenticateWithGoogleOneTap()` has given. */
export function handleGoogleOneTapCallback(
  this: ClerkCore,
  attempt: SignInResource | SignUpResource,
  params: HandleOAuthCallbackParams = {},
  customNavigate?: Navigate,
): Promise<unknown> {
  const { client } = stateOf(this);
  const attempts = { signIn: client.signIn as SignInResource, signUp: client.signUp as SignUpResource };
  if (isSignIn(attempt as Attempt)) attempts.signIn = attempt as SignInResource;
  else attempts.signUp = attempt as SignUpResource;
  return settle(this, attempts, params, customNavigate);
}
