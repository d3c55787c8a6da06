/** Signing up: what of an attempt is seldom called (dossier part 2, §3.2). */
import type { SignUp } from '../resources/sign-up.ts';
import type { PrepareVerificationParams, SignUpParams, SignUpResource } from '../resources/types.ts';

/** Methods of the attempt. */
export const stepsOfSignUp = {
  /** Begins an attempt, or adds to the one that is under way. */
  upsert(this: SignUp, params: SignUpParams): Promise<SignUpResource> {
    return this.id ? this.update(params) : this.create(params);
  },

  prepareEmailAddressVerification(this: SignUp, params?: Partial<PrepareVerificationParams>): Promise<SignUpResource> {
    return this.prepareVerification({ strategy: 'email_code', ...params });
  },

  attemptEmailAddressVerification(this: SignUp, { code }: { code: string }): Promise<SignUpResource> {
    return this.attemptVerification({ strategy: 'email_code', code });
  },

  preparePhoneNumberVerification(this: SignUp, params?: Partial<PrepareVerificationParams>): Promise<SignUpResource> {
    return this.prepareVerification({ strategy: 'phone_code', ...params });
  },

  attemptPhoneNumberVerification(this: SignUp, { code }: { code: string }): Promise<SignUpResource> {
    return this.attemptVerification({ strategy: 'phone_code', code });
  },
};
