import { isClerkAPIResponseError } from '../errors.ts';
import { isJsonObject } from '../rules/merge-patch.ts';
import type { JsonObject } from '../rules/merge-patch.ts';
import { user, userEndpoints } from '../wire/user.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { ExternalAccountJSON } from '../wire/external-account.ts';
import type { UserJSON } from '../wire/user.ts';
import { BaseResource, take } from './base.ts';
import type { ResourceContext } from './base.ts';
import { EmailAddress } from './email-address.ts';
import { ExternalAccount } from './external-account.ts';
import { callFetched } from './fetched-methods.ts';
import { Passkey } from './passkey.ts';
import { PhoneNumber } from './phone-number.ts';
import type {
  EmailAddressResource,
  PasskeyResource,
  ExternalAccountResource,
  PhoneNumberResource,
  UpdateUserMetadataParams,
  UpdateUserParams,
  UserResource,
  VerificationResource,
} from './types.ts';

/** The user of a session. What it is asked to do updates it in place; the session has another one after every change. */
export class User extends BaseResource implements UserResource {
  declare id: string;
  declare externalId: string | null;
  declare username: string | null;
  declare firstName: string | null;
  declare lastName: string | null;
  declare hasImage: boolean;
  declare imageUrl: string;
  declare primaryEmailAddressId: string | null;
  declare primaryPhoneNumberId: string | null;
  declare primaryWeb3WalletId: string | null;
  declare emailAddresses: EmailAddressResource[];
  declare phoneNumbers: PhoneNumberResource[];
  declare passkeys: PasskeyResource[];
  declare externalAccounts: ExternalAccountResource[];
  declare publicMetadata: UserPublicMetadata;
  declare unsafeMetadata: UserUnsafeMetadata;
  declare delete: UserResource['delete'];
  declare createExternalAccount: UserResource['createExternalAccount'];
  declare passwordEnabled: boolean;
  declare totpEnabled: boolean;
  declare backupCodeEnabled: boolean;
  declare twoFactorEnabled: boolean;
  declare deleteSelfEnabled: boolean;
  declare createOrganizationEnabled: boolean;
  declare createOrganizationsLimit: number | null;
  declare lastSignInAt: Date | null;
  declare legalAcceptedAt: Date | null;
  declare timezone: string | null;
  declare createdAt: Date | null;
  declare updatedAt: Date | null;

  declare readonly primaryWeb3Wallet: null;
  declare readonly web3Wallets: never[];
  declare readonly enterpriseAccounts: never[];
  declare readonly organizationMemberships: never[];

  // From the further file.
  declare getSessions: UserResource['getSessions'];
  declare createEmailAddress: UserResource['createEmailAddress'];
  declare createPhoneNumber: UserResource['createPhoneNumber'];
  declare updatePassword: UserResource['updatePassword'];
  declare removePassword: UserResource['removePassword'];
  declare createPasskey: UserResource['createPasskey'];
  declare createTOTP: UserResource['createTOTP'];
  declare verifyTOTP: UserResource['verifyTOTP'];
  declare disableTOTP: UserResource['disableTOTP'];
  declare createBackupCode: UserResource['createBackupCode'];

  /** @param sessionId the session this user acts through, whichever one is current. */
  constructor(context: ResourceContext, sessionId: string, json: UserJSON) {
    super(context, '/me', sessionId);
    this.apply(json);
  }

  get fullName(): string | null {
    return [this.firstName, this.lastName].filter(Boolean).join(' ') || null;
  }

  get primaryEmailAddress(): EmailAddressResource | null {
    return this.emailAddresses.find(({ id }) => id === this.primaryEmailAddressId) ?? null;
  }

  get primaryPhoneNumber(): PhoneNumberResource | null {
    return this.phoneNumbers.find(({ id }) => id === this.primaryPhoneNumberId) ?? null;
  }

  get verifiedExternalAccounts(): ExternalAccountResource[] {
    return this.externalAccounts.filter(isVerified);
  }

  get unverifiedExternalAccounts(): ExternalAccountResource[] {
    return this.externalAccounts.filter((account) => !isVerified(account));
  }

  get hasVerifiedEmailAddress(): boolean {
    return this.emailAddresses.some(isVerified);
  }

  get hasVerifiedPhoneNumber(): boolean {
    return this.phoneNumbers.some(isVerified);
  }

  /** Takes over an answer, unless a newer one has come already. */
  override apply(json: UserJSON): this {
    if (this.updatedAt && json.updated_at && json.updated_at < this.updatedAt.getTime()) return this;
    take(this, json, user);
    this.imageUrl ??= '';
    const { resourceContext: context, actingSessionId: sessionId = '' } = this;
    this.emailAddresses = (json.email_addresses ?? []).map((address) => new EmailAddress(context, sessionId, address));
    this.phoneNumbers = (json.phone_numbers ?? []).map((number) => new PhoneNumber(context, sessionId, number));
    this.passkeys = (json.passkeys ?? []).map((passkey) => new Passkey(context, sessionId, passkey));
    this.externalAccounts = ((json.external_accounts ?? []) as ExternalAccountJSON[]).map(
      (account) => new ExternalAccount(context, sessionId, account),
    );
    // Not in scope yet: the empty values of Clerk's types.
    return Object.assign(this, {
      primaryWeb3Wallet: null,
    });
  }

  async update(params: UpdateUserParams): Promise<UserResource> {
    // An empty field would be taken for one that is to be left alone, or for a mistake.
    const body = params.unsafeMetadata === null ? { ...params, unsafeMetadata: {} } : { ...params };
    try {
      return await this.writeUser(userEndpoints.updateUser, body);
    } catch (error) {
      if (!isMetadataRefused(error)) throw error;
      return callFetched(this, 'replaceByPatch', [body]) as Promise<UserResource>;
    }
  }

  async updateMetadata({ unsafeMetadata }: UpdateUserMetadataParams): Promise<UserResource> {
    // As it will be sent: without members that JSON does not know.
    const patch = JSON.parse(JSON.stringify(unsafeMetadata)) as JsonObject;
    return isJsonObject(patch) && !Object.keys(patch).length
      ? this
      : this.writeUser(userEndpoints.updateUserMetadata, { unsafeMetadata: patch });
  }

  isPrimaryIdentification({ id }: { id?: string | undefined }): boolean {
    return [this.primaryEmailAddressId, this.primaryPhoneNumberId, this.primaryWeb3WalletId].includes(id ?? '');
  }

  /** One write of the user as a whole. */
  writeUser(endpoint: Endpoint, body: object): Promise<this> {
    return this.changeUser(() => this.send(endpoint, { body: { ...body } }));
  }
}

const isVerified = ({ verification }: { verification: VerificationResource | null }) => verification?.status === 'verified';

const isMetadataRefused = (error: unknown) =>
  isClerkAPIResponseError(error) &&
  error.errors.some(({ code, meta }) => /^form_param_(deprecated|unknown)$/.test(code) && meta?.paramName === 'unsafe_metadata');
