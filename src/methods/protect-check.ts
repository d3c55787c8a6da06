/** The gate against bots that the hosted service may put before an attempt (dossier part 2, §2.1): the page has run its script and hands in the proof. */
import type { SignInResource, SignUpResource } from '../resources/types.ts';
import { signIn } from '../wire/sign-in.ts';
import { signUp } from '../wire/sign-up.ts';
import { isSignIn } from './provider-redirect.ts';
import type { Attempt } from './provider-redirect.ts';

/** Methods of attempts. */
export const protectCheckOfAttempt = {
  submitProtectCheck(this: Attempt, { proofToken }: { proofToken: string }): Promise<SignInResource | SignUpResource> {
    const endpoint = { method: 'PATCH', path: `${this.pathRoot}/:signInId/protect_check`, plain: false } as const;
    return this.step({ ...endpoint, response: isSignIn(this) ? signIn : signUp }, { proofToken });
  },
};
