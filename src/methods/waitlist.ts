/** The waitlist (dossier part 2, §4.1). */
import type { ClerkCore } from '../clerk/clerk.ts';
import { isClerkError } from '../errors.ts';
import type { ClerkAPIResponseError, ClerkError } from '../errors.ts';
import { BaseResource } from '../resources/base.ts';
import type { ResourceContext } from '../resources/base.ts';
import type { WaitlistResource } from '../resources/types.ts';
import { waitlistEndpoints } from '../wire/waitlist.ts';

/** An address on the waitlist. The API tells nobody when it came there, or it would tell who was there already. */
class Waitlist extends BaseResource implements WaitlistResource {
  declare id: string;
  readonly createdAt = null;
  readonly updatedAt = null;

  constructor(context: ResourceContext) {
    super(context, '/waitlist');
  }

  /** There is nothing to be read again. */
  override reload(): Promise<this> {
    return Promise.resolve(this);
  }

  async join(params: { emailAddress: string }): Promise<{ error: ClerkError | ClerkAPIResponseError | null }> {
    try {
      await this.add(params);
      return { error: null };
    } catch (error) {
      if (!isClerkError(error)) throw error;
      return { error };
    }
  }

  async add({ emailAddress }: { emailAddress: string }): Promise<this> {
    const { id } = await this.resourceContext.api.call(waitlistEndpoints.joinWaitlist, { body: { emailAddress } });
    this.id = id;
    return this;
  }
}

/** Methods of `window.Clerk`. */
export const waitlistOfClerk = {
  joinWaitlist(this: ClerkCore, params: { emailAddress: string }): Promise<WaitlistResource> {
    return new Waitlist(this.resourceContext).add(params);
  },
};
