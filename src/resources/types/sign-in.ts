/** The sign-in attempt and what its steps take. */
import type { SignInStatus } from '../../wire/sign-in.ts';
import type { EmailLinkFlow, SignInStartEmailLinkFlowParams } from './email-links.ts';
import type { AuthenticateWithPasskeyParams } from './passkeys.ts';
import type { AuthenticateWithPopupParams, AuthenticateWithRedirectParams } from './external-account.ts';
import type { ClerkResource, ProtectCheckResource, ValidatePasswordCallbacks, VerificationResource } from './resource.ts';

/** One way to prove who you are; further members depend on the strategy. */
export interface SignInFactor {
  strategy: string;
  safeIdentifier?: string | undefined;
  emailAddressId?: string | undefined;
  phoneNumberId?: string | undefined;
  primary?: boolean | null | undefined;
  [key: string]: unknown;
}

export interface SignInCreateParams {
  identifier?: string;
  strategy?: string;
  password?: string;
  ticket?: string;
  token?: string;
  code?: string;
  redirectUrl?: string;
  actionCompleteRedirectUrl?: string;
  transfer?: boolean;
  /** Who has no account proves their address or number all the same, and then makes one. */
  signUpIfMissing?: boolean;
  oidcPrompt?: string;
  oidcLoginHint?: string;
}

export interface PrepareFactorParams {
  strategy: string;
  emailAddressId?: string;
  phoneNumberId?: string;
  redirectUrl?: string;
  actionCompleteRedirectUrl?: string;
  oidcPrompt?: string;
  oidcLoginHint?: string;
}

export interface AttemptFactorParams {
  strategy: string;
  code?: string;
  password?: string;
  /** The answer of a device to the options of the verification's `nonce`: as the browser gives it, or as JSON. */
  publicKeyCredential?: object | string;
}

export interface ResetPasswordParams {
  password: string;
  signOutOfOtherSessions?: boolean;
}

/** The sign-in attempt of this browser. `status` and `id` are undefined/null before `create()`. */
export interface SignInResource extends ClerkResource {
  status: SignInStatus | null;
  supportedIdentifiers: string[];
  supportedFirstFactors: SignInFactor[] | null;
  supportedSecondFactors: SignInFactor[] | null;
  firstFactorVerification: VerificationResource;
  secondFactorVerification: VerificationResource;
  identifier: string | null;
  createdSessionId: string | null;
  clientTrustState: string | null;
  userData: { firstName?: string; lastName?: string; imageUrl?: string; hasImage?: boolean };
  protectCheck: ProtectCheckResource | null;
  /** `null` where the API says nothing of it, as ours. */
  timezone: string | null;
  create(params: SignInCreateParams): Promise<SignInResource>;
  prepareFirstFactor(params: PrepareFactorParams): Promise<SignInResource>;
  attemptFirstFactor(params: AttemptFactorParams): Promise<SignInResource>;
  prepareSecondFactor(params: PrepareFactorParams): Promise<SignInResource>;
  attemptSecondFactor(params: AttemptFactorParams): Promise<SignInResource>;
  resetPassword(params: ResetPasswordParams): Promise<SignInResource>;
  /** Rejects with the API's error, or a ClerkRuntimeError `passkey_…`. */
  authenticateWithPasskey(params?: AuthenticateWithPasskeyParams): Promise<SignInResource>;
  /** Hands in the proof that `protectCheck` asks for; another one may be asked for then. */
  submitProtectCheck(params: { proofToken: string }): Promise<SignInResource>;
  /** Looks whether the instance takes this password, and tells the callbacks. Nothing is sent, and how strong it is the API alone judges. */
  validatePassword(password: string, callbacks?: ValidatePasswordCallbacks): void;
  createEmailLinkFlow(): EmailLinkFlow<SignInStartEmailLinkFlowParams, SignInResource>;
  /** Leaves the page for a provider. Comes back to `redirectUrl`, or signed in to `redirectUrlComplete`. */
  authenticateWithRedirect(params: AuthenticateWithRedirectParams): Promise<void>;
  /** The same in a popup, which a click must have opened. */
  authenticateWithPopup(params: AuthenticateWithPopupParams): Promise<void>;
}
