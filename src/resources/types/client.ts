/** The client: this browser, with its sessions and attempts. */
import type { ClerkResource } from './resource.ts';
import type { SessionResource } from './session.ts';
import type { SignInResource } from './sign-in.ts';
import type { SignUpResource } from './sign-up.ts';

export interface ClientResource extends ClerkResource {
  sessions: SessionResource[];
  /** Sessions with status `active` or `pending`. */
  signedInSessions: SessionResource[];
  /** @deprecated Use `signedInSessions`. */
  activeSessions: SessionResource[];
  signIn: SignInResource;
  signUp: SignUpResource;
  lastActiveSessionId: string | null;
  lastAuthenticationStrategy: string | null;
  cookieExpiresAt: Date | null;
  captchaBypass: boolean;
  createdAt: Date | null;
  updatedAt: Date | null;
  isNew(): boolean;
  create(): Promise<ClientResource>;
  destroy(): Promise<void>;
  removeSessions(): Promise<ClientResource>;
  /** Whether the cookie of this browser ends within eight days. */
  isEligibleForTouch(): boolean;
  /** Address that renews the cookie and leads back to `redirectUrl`. */
  buildTouchUrl(params: { redirectUrl: URL }): string;
  /** Forgets the tokens of all sessions. */
  clearCache(): void;
  /** Forgets the attempt that is under way here. */
  resetSignIn(): void;
  resetSignUp(): void;
}
