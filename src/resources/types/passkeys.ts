/** Passkeys of the user, and signing in with one. */
import type { ClerkResource, VerificationResource } from './resource.ts';
import type { DeletedObjectResource } from './second-factors.ts';

export interface UpdatePasskeyParams {
  name?: string | null;
}

export interface PasskeyResource extends ClerkResource {
  id: string;
  name: string | null;
  verification: VerificationResource | null;
  lastUsedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  /** Gives it another name. */
  update(params: UpdatePasskeyParams): Promise<PasskeyResource>;
  delete(): Promise<DeletedObjectResource>;
}

/**
 * With `flow` it begins a sign-in of whoever has the passkey: by the browser's dialog, or among what it fills in. Without, the passkey is a factor
 * of the sign-in that is under way.
 */
export type AuthenticateWithPasskeyParams = { flow?: 'autofill' | 'discoverable' };
