/** Signing up: phone numbers (dossier part 2, §3.2), and the waitlist (§4.1). */
import type { ClerkCore } from '../clerk/clerk.ts';
import { BaseResource } from '../resources/base.ts';
import type { ResourceContext } from '../resources/base.ts';
import type { SignUp } from '../resources/sign-up.ts';
import type { PrepareVerificationParams, SignUpResource, WaitlistResource } from '../resources/types.ts';
import { waitlistEndpoints } from '../wire/waitlist.ts';

/** An address on the waitlist. The API tells nobody when it came there, or it would tell who was there already. */
class Waitlist extends BaseResource implements WaitlistResource {
  declare readonly id: string;
  readonly createdAt = null;
  readonly updatedAt = null;

  constructor(context: ResourceContext, id: string) {
    super(context, '/waitlist');
    this.id = id;
  }

  /** There is nothing to be read again. */
  override reload(): Promise<this> {
    return Promise.resolve(this);
  }

  /** Puts another address on the list. */
  join({ emailAddress }: { emailAddress: string }): Promise<WaitlistResource> {
    return join(this.resourceContext, emailAddress);
  }
}

async function join(context: ResourceContext, emailAddress: string): Promise<WaitlistResource> {
  const { id } = await context.api.call(waitlistEndpoints.joinWaitlist, { body: { emailAddress } });
  return new Waitlist(context, id);
}

/** Methods of `window.Clerk`. */
export const waitlistOfClerk = {
  joinWaitlist(this: ClerkCore, { emailAddress }: { emailAddress: string }): Promise<WaitlistResource> {
    return join(this.resourceContext, emailAddress);
  },
};

/** Methods of the attempt. */
export const phoneNumberOfSignUp = {
  preparePhoneNumberVerification(this: SignUp, params?: Partial<PrepareVerificationParams>): Promise<SignUpResource> {
    return this.prepareVerification({ strategy: 'phone_code', ...params });
  },

  attemptPhoneNumberVerification(this: SignUp, { code }: { code: string }): Promise<SignUpResource> {
    return this.attemptVerification({ strategy: 'phone_code', code });
  },
};
