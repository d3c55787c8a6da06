/**
 * What a page sees of the resources: names and meanings as in Clerk's published TypeScript interfaces.
 * The classes beside this file implement them; elements and flows know only these types.
 */
import type { ErrorMeta } from '../errors.ts';
import type { SessionStatus } from '../wire/session.ts';
import type { SignInStatus } from '../wire/sign-in.ts';
import type { SignUpStatus } from '../wire/sign-up.ts';
import type { VerificationStatus } from '../wire/verification.ts';
import type { Jwt } from './jwt.ts';

/* Bases instead of index signatures: those of Clerk's own packages, in the same program, would be duplicates. */
declare global {
  /** Declare your own members to type `user.publicMetadata`. */
  interface UserPublicMetadata extends Record<string, unknown> {}
  /** Declare your own members to type `user.unsafeMetadata`. */
  interface UserUnsafeMetadata extends Record<string, unknown> {}
  /** Declare your own members to type `signUp.unsafeMetadata`. */
  interface SignUpUnsafeMetadata extends Record<string, unknown> {}
}

/** Common to all resources. */
export interface ClerkResource {
  readonly id?: string | undefined;
  /** The path this resource was read from, below `/v1`. */
  pathRoot: string;
  /** Reads the resource again from the API. Rejects with a ClerkAPIResponseError or a `network_error`. */
  reload(): Promise<this>;
}

/** The state of proving one thing (dossier part 2, §0.5). */
export interface VerificationResource {
  status: VerificationStatus | null;
  strategy: string | null;
  attempts: number | null;
  expireAt: Date | null;
  nonce: string | null;
  message: string | null;
  channel: string | null;
  externalVerificationRedirectURL: URL | null;
  verifiedAtClient: string | null;
  error: { code: string; message: string; longMessage?: string | undefined; meta?: ErrorMeta | undefined } | null;
  verifiedFromTheSameClient(): boolean;
}

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
}

export interface PrepareFactorParams {
  strategy: string;
  emailAddressId?: string;
  phoneNumberId?: string;
  redirectUrl?: string;
  actionCompleteRedirectUrl?: string;
}

export interface AttemptFactorParams {
  strategy: string;
  code?: string;
  password?: string;
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
  create(params: SignInCreateParams): Promise<SignInResource>;
  prepareFirstFactor(params: PrepareFactorParams): Promise<SignInResource>;
  attemptFirstFactor(params: AttemptFactorParams): Promise<SignInResource>;
  prepareSecondFactor(params: PrepareFactorParams): Promise<SignInResource>;
  attemptSecondFactor(params: AttemptFactorParams): Promise<SignInResource>;
  resetPassword(params: ResetPasswordParams): Promise<SignInResource>;
}

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
  transfer?: boolean;
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
  create(params: SignUpParams): Promise<SignUpResource>;
  update(params: SignUpParams): Promise<SignUpResource>;
  upsert(params: SignUpParams): Promise<SignUpResource>;
  prepareVerification(params: PrepareVerificationParams): Promise<SignUpResource>;
  attemptVerification(params: AttemptVerificationParams): Promise<SignUpResource>;
  prepareEmailAddressVerification(params?: Partial<PrepareVerificationParams>): Promise<SignUpResource>;
  attemptEmailAddressVerification(params: { code: string }): Promise<SignUpResource>;
}

export interface EmailAddressResource extends ClerkResource {
  id: string;
  emailAddress: string;
  verification: VerificationResource;
  linkedTo: unknown[];
  matchesSsoConnection: boolean;
  createdAt: Date;
  updatedAt: Date;
  toString(): string;
}

export interface UpdateUserParams {
  username?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  primaryEmailAddressId?: string | null;
  primaryPhoneNumberId?: string | null;
  primaryWeb3WalletId?: string | null;
  /** Replaces the whole document, in one request. */
  unsafeMetadata?: UserUnsafeMetadata | null;
}

/** A merge patch (RFC 7396) for a document of type `Document`: objects merge deeply, `null` removes a key, lists are replaced whole. */
export type MergePatch<Document> = { [Key in keyof Document]?: PatchOf<Document[Key]> | null };

type PatchOf<Value> = Value extends readonly unknown[] ? Value : Value extends object ? MergePatch<Value> : Value;

export interface UpdateUserMetadataParams {
  unsafeMetadata: MergePatch<UserUnsafeMetadata>;
}

export interface UserResource extends ClerkResource {
  id: string;
  externalId: string | null;
  username: string | null;
  firstName: string | null;
  lastName: string | null;
  fullName: string | null;
  hasImage: boolean;
  imageUrl: string;
  primaryEmailAddressId: string | null;
  primaryEmailAddress: EmailAddressResource | null;
  primaryPhoneNumberId: string | null;
  primaryPhoneNumber: null;
  primaryWeb3WalletId: string | null;
  primaryWeb3Wallet: null;
  hasVerifiedEmailAddress: boolean;
  hasVerifiedPhoneNumber: boolean;
  emailAddresses: EmailAddressResource[];
  phoneNumbers: never[];
  web3Wallets: never[];
  externalAccounts: never[];
  verifiedExternalAccounts: never[];
  unverifiedExternalAccounts: never[];
  enterpriseAccounts: never[];
  passkeys: never[];
  organizationMemberships: never[];
  publicMetadata: UserPublicMetadata;
  unsafeMetadata: UserUnsafeMetadata;
  passwordEnabled: boolean;
  totpEnabled: boolean;
  backupCodeEnabled: boolean;
  twoFactorEnabled: boolean;
  deleteSelfEnabled: boolean;
  createOrganizationEnabled: boolean;
  createOrganizationsLimit: number | null;
  lastSignInAt: Date | null;
  legalAcceptedAt: Date | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  /** Changes attributes; `unsafeMetadata` replaces. Resolves with this same instance once the API has
   * confirmed it; `Clerk.user` is a new one then, as after every change. */
  update(params: UpdateUserParams): Promise<UserResource>;
  /** Merges into `unsafeMetadata`. An empty patch sends nothing. */
  updateMetadata(params: UpdateUserMetadataParams): Promise<UserResource>;
  delete(): Promise<void>;
  getSessions(): Promise<SessionWithActivitiesResource[]>;
}

export interface SessionWithActivitiesResource {
  id: string;
  status: string;
  expireAt: Date;
  abandonAt: Date;
  lastActiveAt: Date;
  latestActivity: {
    id: string;
    deviceType?: string | undefined;
    browserName?: string | undefined;
    browserVersion?: string | undefined;
    country?: string | undefined;
    city?: string | undefined;
    isMobile?: boolean | undefined;
    ipAddress?: string | undefined;
  };
  revoke(): Promise<SessionWithActivitiesResource>;
}

export interface GetTokenOptions {
  template?: string;
  organizationId?: string | null;
  skipCache?: boolean;
}

export interface PublicUserData {
  firstName: string | null;
  lastName: string | null;
  imageUrl: string;
  hasImage: boolean;
  identifier: string;
  userId?: string | undefined;
  username?: string | undefined;
}

/** A token of a session. */
export interface TokenResource {
  getRawString(): string;
  /** Its parts, unless it is malformed; the signature is not checked. */
  jwt: Jwt | undefined;
}

export interface SessionResource extends ClerkResource {
  id: string;
  status: SessionStatus;
  expireAt: Date;
  abandonAt: Date;
  lastActiveAt: Date;
  lastActiveOrganizationId: string | null;
  lastActiveToken: TokenResource | null;
  factorVerificationAge: [number, number] | null;
  actor: Record<string, unknown> | null;
  tasks: { key: string }[] | null;
  currentTask?: { key: string } | undefined;
  user: UserResource | null;
  publicUserData: PublicUserData;
  createdAt: Date;
  updatedAt: Date;
  touch(): Promise<SessionResource>;
  end(): Promise<SessionResource>;
  remove(): Promise<SessionResource>;
  /** A session token, or `null` without a user. Rejects with `clerk_offline` when offline and no valid one is at hand. */
  getToken(options?: GetTokenOptions): Promise<string | null>;
  /** Organisations and billing are out of scope: `false` for everything but reverification checks. */
  checkAuthorization(params: Record<string, unknown>): boolean;
  clearCache(): void;
}

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
}

/** What an attribute of the instance allows. */
export interface AttributeSettings {
  enabled: boolean;
  required: boolean;
  usedForFirstFactor: boolean;
  firstFactors: string[];
  verifications: string[];
  verifyAtSignUp: boolean;
}

/** The instance's settings as cards need them, with every default filled in. */
export interface EnvironmentResource {
  singleSessionMode: boolean;
  applicationName: string;
  homeUrl: string;
  signInUrl: string;
  signUpUrl: string;
  afterSignOutOneUrl: string;
  afterSignOutAllUrl: string;
  logoImageUrl: string;
  termsUrl: string;
  privacyPolicyUrl: string;
  supportEmail: string;
  preferredSignInStrategy: string;
  signUpMode: string;
  legalConsentEnabled: boolean;
  passwordSettings: {
    minLength: number;
    maxLength: number;
    requireUppercase: boolean;
    requireLowercase: boolean;
    requireNumbers: boolean;
    requireSpecialCharacter: boolean;
  };
  /** Settings of `email_address`, `phone_number`, `username`, `first_name`, `last_name`, `password` and whatever else the API names. */
  attribute(name: string): AttributeSettings;
}
