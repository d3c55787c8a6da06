/** The waitlist of an instance. */
import type { ClerkResource } from './resource.ts';

/** An address on the waitlist, as `joinWaitlist()` gives it back. */
export interface WaitlistResource extends ClerkResource {
  readonly id: string;
  /** `null` where the API does not tell. */
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  /** Puts an address on the list; asking again changes nothing. */
  join(params: { emailAddress: string }): Promise<WaitlistResource>;
}
