/** Accounts at other providers: what begins the way over one, and what stays connected. */
import type { ClerkResource, VerificationResource } from './resource.ts';

/** Where the way over a provider begins and ends. Addresses may be relative to the page. */
export interface AuthenticateWithRedirectParams {
  /** `oauth_google`, `oauth_custom_…` */
  strategy: string;
  /** Where the attempt goes on: a page that calls `handleRedirectCallback()`, or one with a card. */
  redirectUrl: string;
  /** Where somebody is sent who is signed in by then. */
  redirectUrlComplete: string;
  /** Goes on with the sign-in that is under way, instead of a new one. */
  continueSignIn?: boolean;
  /** Goes on with the sign-up that is under way, instead of a new one. */
  continueSignUp?: boolean;
  identifier?: string;
  emailAddress?: string;
  legalAccepted?: boolean;
  /** The `prompt` of OpenID Connect: `login`, `consent`, `select_account` or `none`. */
  oidcPrompt?: string;
}

export interface AuthenticateWithPopupParams extends AuthenticateWithRedirectParams {
  /** A window that was opened by a click: `open('about:blank', '', 'width=600,height=800')`. */
  popup: Window | null;
}

/** A sign-up takes what the person has entered along. */
export interface SignUpMetadataParams {
  unsafeMetadata?: SignUpUnsafeMetadata;
}

export interface CreateExternalAccountParams {
  strategy: string;
  redirectUrl?: string;
  additionalScopes?: string[];
  oidcPrompt?: string;
  oidcLoginHint?: string;
}

export type ReauthorizeExternalAccountParams = Omit<CreateExternalAccountParams, 'strategy'>;

/** An account of the user at a provider. */
export interface ExternalAccountResource extends ClerkResource {
  id: string;
  identificationId: string;
  /** Without its prefix: `google`, `custom_…` */
  provider: string;
  providerUserId: string;
  emailAddress: string;
  /** Separated by spaces. */
  approvedScopes: string;
  firstName: string;
  lastName: string;
  imageUrl: string;
  username?: string;
  phoneNumber?: string;
  publicMetadata: Record<string, unknown>;
  label?: string;
  /** Until it is proved, `externalVerificationRedirectURL` says where that is done. */
  verification: VerificationResource | null;
  /** Asks for further scopes, or for what has expired. The page then goes to `verification.externalVerificationRedirectURL`. */
  reauthorize(params: ReauthorizeExternalAccountParams): Promise<ExternalAccountResource>;
  /** Disconnects it. */
  destroy(): Promise<void>;
  providerSlug(): string;
  /** For people: `Google Account`. */
  providerTitle(): string;
  /** What the account is known by: user name, else address. */
  accountIdentifier(): string;
}
