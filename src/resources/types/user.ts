/** The user and what belongs to one. */
import type { CreateExternalAccountParams, ExternalAccountResource } from './external-account.ts';
import type { UpdateUserMetadataParams } from './metadata.ts';
import type { EmailAddressResource, PhoneNumberResource } from './identifications.ts';
import type { PasskeyResource } from './passkeys.ts';
import type { ClerkResource } from './resource.ts';
import type { BackupCodeResource, DeletedObjectResource, TOTPResource } from './second-factors.ts';
import type { SessionWithActivitiesResource } from './session.ts';

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

export interface UpdatePasswordParams {
  newPassword: string;
  /** Not asked for where there is none yet. */
  currentPassword?: string;
  /** Ends every session but this one. */
  signOutOfOtherSessions?: boolean;
}

export interface RemovePasswordParams {
  currentPassword?: string;
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
  primaryPhoneNumber: PhoneNumberResource | null;
  primaryWeb3WalletId: string | null;
  primaryWeb3Wallet: null;
  hasVerifiedEmailAddress: boolean;
  hasVerifiedPhoneNumber: boolean;
  emailAddresses: EmailAddressResource[];
  phoneNumbers: PhoneNumberResource[];
  web3Wallets: never[];
  externalAccounts: ExternalAccountResource[];
  verifiedExternalAccounts: ExternalAccountResource[];
  unverifiedExternalAccounts: ExternalAccountResource[];
  enterpriseAccounts: never[];
  passkeys: PasskeyResource[];
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
  /** `null` where the API says nothing of it, as ours. */
  timezone: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  /** Changes attributes; `unsafeMetadata` replaces. Resolves with this same instance once the API has
   * confirmed it; `Clerk.user` is a new one then, as after every change. */
  update(params: UpdateUserParams): Promise<UserResource>;
  /** Merges into `unsafeMetadata`. An empty patch sends nothing. */
  updateMetadata(params: UpdateUserMetadataParams): Promise<UserResource>;
  delete(): Promise<void>;
  /** Begins to connect an account: the page then goes to its `verification.externalVerificationRedirectURL`. */
  createExternalAccount(params: CreateExternalAccountParams): Promise<ExternalAccountResource>;
  getSessions(): Promise<SessionWithActivitiesResource[]>;
  isPrimaryIdentification(identification: EmailAddressResource | PhoneNumberResource | { id?: string | undefined }): boolean;
  /** Adds an address that is still to be proved. */
  createEmailAddress(params: { email: string }): Promise<EmailAddressResource>;
  /** Adds a number that is still to be proved. */
  createPhoneNumber(params: { phoneNumber: string }): Promise<PhoneNumberResource>;
  updatePassword(params: UpdatePasswordParams): Promise<UserResource>;
  /** Rejects with `password_required` where there would be no other way to sign in. */
  removePassword(params: RemovePasswordParams): Promise<UserResource>;
  /** Has the browser make a passkey. Rejects with the API's error, or a ClerkRuntimeError `passkey_…`. */
  createPasskey(): Promise<PasskeyResource>;
  /** A new secret for an authenticator app, in the place of one that was not verified yet. */
  createTOTP(): Promise<TOTPResource>;
  /** Turns the authenticator app on, by a code that it shows. */
  verifyTOTP(params: { code: string }): Promise<TOTPResource>;
  disableTOTP(): Promise<DeletedObjectResource>;
  /** New backup codes; older ones are void. */
  createBackupCode(): Promise<BackupCodeResource>;
}
