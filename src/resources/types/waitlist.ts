/** The waitlist of an instance. */
import type { ClerkAPIResponseError, ClerkError } from '../../errors.ts';
import type { ClerkResource } from './resource.ts';

/** An address on the waitlist, as `joinWaitlist()` gives it back. */
export interface WaitlistResource extends ClerkResource {
  readonly id: string;
  /** `null` where the API does not tell. */
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  /** Puts another address on the list, which this resource is about from then on; asking again changes nothing. Never rejects for a refusal. */
  join(params: { emailAddress: string }): Promise<{ error: ClerkError | ClerkAPIResponseError | null }>;
}
