/** The sign-up attempt and what its steps take. */
import type { SignUpStatus } from '../../wire/sign-up.ts';
import type { EmailLinkFlow, StartEmailLinkFlowParams } from './email-links.ts';
import type { AuthenticateWithPopupParams, AuthenticateWithRedirectParams, SignUpMetadataParams } from './external-account.ts';
import type { ClerkResource, ProtectCheckResource, ValidatePasswordCallbacks, VerificationResource } from './resource.ts';

export interface SignUpParams {
  emailAddress?: string | null;
  phoneNumber?: string | null;
  username?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  password?: string;
  unsafeMetadata?: SignUpUnsafeMetadata | null;
  legalAccepted?: boolean;
  strategy?: string;
  ticket?: string;
  redirectUrl?: string;
  actionCompleteRedirectUrl?: string;
  token?: string;
  transfer?: boolean;
  oidcPrompt?: string;
  oidcLoginHint?: string;
}

export interface PrepareVerificationParams {
  strategy: string;
  redirectUrl?: string;
  actionCompleteRedirectUrl?: string;
}

export interface AttemptVerificationParams {
  strategy: string;
  code: string;
}

/** A verification of a sign-up, with what is to be done next. */
export interface SignUpVerificationResource extends VerificationResource {
  nextAction: string;
  supportedStrategies: string[];
}

/** The sign-up attempt of this browser. */
export interface SignUpResource extends ClerkResource {
  status: SignUpStatus | null;
  requiredFields: string[];
  optionalFields: string[];
  missingFields: string[];
  unverifiedFields: string[];
  verifications: {
    emailAddress: SignUpVerificationResource;
    phoneNumber: SignUpVerificationResource;
    web3Wallet: SignUpVerificationResource;
    externalAccount: VerificationResource;
  };
  username: string | null;
  emailAddress: string | null;
  phoneNumber: string | null;
  web3wallet: string | null;
  firstName: string | null;
  lastName: string | null;
  hasPassword: boolean;
  unsafeMetadata: SignUpUnsafeMetadata;
  createdSessionId: string | null;
  createdUserId: string | null;
  abandonAt: number | null;
  legalAcceptedAt: number | null;
  locale: string | null;
  protectCheck: ProtectCheckResource | null;
  /** `null` where the API says nothing of it, as ours. */
  timezone: string | null;
  create(params: SignUpParams): Promise<SignUpResource>;
  update(params: SignUpParams): Promise<SignUpResource>;
  upsert(params: SignUpParams): Promise<SignUpResource>;
  prepareVerification(params: PrepareVerificationParams): Promise<SignUpResource>;
  attemptVerification(params: AttemptVerificationParams): Promise<SignUpResource>;
  /** Hands in the proof that `protectCheck` asks for; another one may be asked for then. */
  submitProtectCheck(params: { proofToken: string }): Promise<SignUpResource>;
  /** Looks whether the instance takes this password, and tells the callbacks. Nothing is sent, and how strong it is the API alone judges. */
  validatePassword(password: string, callbacks?: ValidatePasswordCallbacks): void;
  createEmailLinkFlow(): EmailLinkFlow<StartEmailLinkFlowParams, SignUpResource>;
  prepareEmailAddressVerification(params?: Partial<PrepareVerificationParams>): Promise<SignUpResource>;
  attemptEmailAddressVerification(params: { code: string }): Promise<SignUpResource>;
  preparePhoneNumberVerification(params?: Partial<PrepareVerificationParams>): Promise<SignUpResource>;
  attemptPhoneNumberVerification(params: { code: string }): Promise<SignUpResource>;
  /** Leaves the page for a provider. Comes back to `redirectUrl`, or signed in to `redirectUrlComplete`. */
  authenticateWithRedirect(params: AuthenticateWithRedirectParams & SignUpMetadataParams): Promise<void>;
  /** The same in a popup, which a click must have opened. */
  authenticateWithPopup(params: AuthenticateWithPopupParams & SignUpMetadataParams): Promise<void>;
}
