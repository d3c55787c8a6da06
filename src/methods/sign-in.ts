/** Signing in: what comes late, if it comes at all (dossier part 2, §2). */
import type { SignIn } from '../resources/sign-in.ts';
import type { AttemptFactorParams, PrepareFactorParams, ResetPasswordParams, SignInResource } from '../resources/types.ts';
import { laterSignInEndpoints } from '../wire/later-sign-in.ts';

/** Methods of the attempt. */
export const stepsOfSignIn = {
  prepareSecondFactor(this: SignIn, params: PrepareFactorParams): Promise<SignInResource> {
    return this.step(laterSignInEndpoints.prepareSecondFactor, params);
  },

  attemptSecondFactor(this: SignIn, params: AttemptFactorParams): Promise<SignInResource> {
    return this.step(laterSignInEndpoints.attemptSecondFactor, params);
  },

  resetPassword(this: SignIn, params: ResetPasswordParams): Promise<SignInResource> {
    return this.step(laterSignInEndpoints.resetPassword, params);
  },
};
