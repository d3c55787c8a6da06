/** Over a provider and back, with the page (dossier part 2, §8). */
import { buildUrlWithAuth } from '../clerk/navigation.ts';
import { ClerkRuntimeError } from '../errors.ts';
import type { SignIn } from '../resources/sign-in.ts';
import type { SignUp } from '../resources/sign-up.ts';
import type { AuthenticateWithRedirectParams, SignUpMetadataParams, SignUpParams, VerificationResource } from '../resources/types.ts';
import { stateOf } from './state-of.ts';

export type RedirectParams = AuthenticateWithRedirectParams & SignUpMetadataParams;
export type Attempt = SignIn | SignUp;

export const isSignIn = (attempt: Attempt): attempt is SignIn => attempt.pathRoot === '/client/sign_ins';

/** Has the API begin, and says where the provider is. */
export async function begin(attempt: Attempt, params: RedirectParams): Promise<string> {
  const { strategy, redirectUrl, redirectUrlComplete, oidcPrompt, continueSignIn, continueSignUp, ...rest } = params;
  const way = { strategy, redirectUrl, actionCompleteRedirectUrl: redirectUrlComplete, ...(oidcPrompt && { oidcPrompt }) };
  let proof: VerificationResource;
  if (isSignIn(attempt)) {
    const { identifier } = rest;
    const create = () => attempt.create({ ...way, ...(identifier && { identifier }) });
    const answer = await (continueSignIn && attempt.id ? attempt.prepareFirstFactor(way) : create());
    proof = answer.firstFactorVerification;
  } else {
    const { emailAddress, legalAccepted, unsafeMetadata } = rest;
    const all = { ...way, emailAddress, legalAccepted, unsafeMetadata } as SignUpParams;
    proof = (await (continueSignUp && attempt.id ? attempt.update(all) : attempt.create(all))).verifications.externalAccount;
  }
  const { status, externalVerificationRedirectURL: url } = proof;
  if (status === 'unverified' && url) return url.href;
  throw new ClerkRuntimeError(`The API has not said where ${strategy} is`, { code: 'invalid_response' });
}

/** @throws the API's error; ClerkRuntimeError `invalid_response` */
export async function authenticateWithRedirect(this: Attempt, params: RedirectParams): Promise<void> {
  const state = stateOf(this);
  const [redirectUrl, redirectUrlComplete] = [params.redirectUrl, params.redirectUrlComplete].map((url) => buildUrlWithAuth(state, url));
  const url = await begin(this, { ...params, redirectUrl: redirectUrl!, redirectUrlComplete: redirectUrlComplete! });
  state.devBrowser.startRoundTrip();
  state.platform.go(url);
}
