import { isClerkAPIResponseError } from '../errors.ts';
import { diffPatch, isJsonObject } from '../rules/merge-patch.ts';
import type { JsonObject } from '../rules/merge-patch.ts';
import { sessionEndpoints } from '../wire/session.ts';
import { user, userEndpoints } from '../wire/user.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import type { UserJSON } from '../wire/user.ts';
import { BaseResource, take } from './base.ts';
import type { ResourceContext } from './base.ts';
import { EmailAddress } from './email-address.ts';
import { SessionWithActivities } from './session-with-activities.ts';
import type {
  EmailAddressResource,
  SessionWithActivitiesResource,
  UpdateUserMetadataParams,
  UpdateUserParams,
  UserResource,
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
  declare publicMetadata: UserPublicMetadata;
  declare unsafeMetadata: UserUnsafeMetadata;
  declare passwordEnabled: boolean;
  declare totpEnabled: boolean;
  declare backupCodeEnabled: boolean;
  declare twoFactorEnabled: boolean;
  declare deleteSelfEnabled: boolean;
  declare createOrganizationEnabled: boolean;
  declare createOrganizationsLimit: number | null;
  declare lastSignInAt: Date | null;
  declare legalAcceptedAt: Date | null;
  declare createdAt: Date | null;
  declare updatedAt: Date | null;

  declare readonly primaryPhoneNumber: null;
  declare readonly primaryWeb3Wallet: null;
  declare readonly hasVerifiedPhoneNumber: false;
  declare readonly phoneNumbers: never[];
  declare readonly web3Wallets: never[];
  declare readonly externalAccounts: never[];
  declare readonly verifiedExternalAccounts: never[];
  declare readonly unverifiedExternalAccounts: never[];
  declare readonly enterpriseAccounts: never[];
  declare readonly passkeys: never[];
  declare readonly organizationMemberships: never[];

  // From the further file.
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

  get hasVerifiedEmailAddress(): boolean {
    return this.emailAddresses.some(({ verification }) => verification.status === 'verified');
  }

  /** Takes over an answer, unless a newer one has come already. */
  override apply(json: UserJSON): this {
    if (this.updatedAt && json.updated_at && json.updated_at < this.updatedAt.getTime()) return this;
    take(this, json, user);
    this.imageUrl ??= '';
    this.emailAddresses = (json.email_addresses ?? []).map((address) => new EmailAddress(this.resourceContext, address));
    // Not in scope yet: the empty values of Clerk's types.
    return Object.assign(this, {
      primaryPhoneNumber: null,
      primaryWeb3Wallet: null,
      hasVerifiedPhoneNumber: false,
      verifiedExternalAccounts: [],
      unverifiedExternalAccounts: [],
    });
  }

  reload(): Promise<this> {
    return this.send(userEndpoints.getUser, { reload: true });
  }

  async update(params: UpdateUserParams): Promise<UserResource> {
    // An empty field would be taken for one that is to be left alone, or for a mistake.
    const body = params.unsafeMetadata === null ? { ...params, unsafeMetadata: {} } : { ...params };
    try {
      return await this.#write(userEndpoints.updateUser, body);
    } catch (error) {
      if (!isMetadataRefused(error)) throw error;
      return this.#replaceByPatch(body);
    }
  }

  async updateMetadata({ unsafeMetadata }: UpdateUserMetadataParams): Promise<UserResource> {
    // As it will be sent: without members that JSON does not know.
    const patch = JSON.parse(JSON.stringify(unsafeMetadata)) as JsonObject;
    return isJsonObject(patch) && !Object.keys(patch).length
      ? this
      : this.#write(userEndpoints.updateUserMetadata, { unsafeMetadata: patch });
  }

  async delete(): Promise<void> {
    await this.request(userEndpoints.deleteUser);
    await this.resourceContext.userDeleted();
  }

  async getSessions(): Promise<SessionWithActivitiesResource[]> {
    const list = await this.request(sessionEndpoints.listActiveSessions);
    return list.map((session) => new SessionWithActivities(this.resourceContext, session));
  }

  #write(endpoint: Endpoint, body: object): Promise<this> {
    return this.changeUser(() => this.send(endpoint, { body: { ...body } }));
  }

  /**
   * The way of API versions that no longer replace metadata (dossier part 1, §2.9): the difference to a fresh copy, as a patch.
   * Nothing of the refused request was applied.
   */
  async #replaceByPatch({ unsafeMetadata, ...rest }: UpdateUserParams): Promise<this> {
    if (Object.keys(rest).length) await this.#write(userEndpoints.updateUser, rest);
    else await this.reload();
    const wanted = JSON.parse(JSON.stringify(unsafeMetadata)) as JsonObject;
    const patch = diffPatch(this.unsafeMetadata, wanted);
    return Object.keys(patch).length ? this.#write(userEndpoints.updateUserMetadata, { unsafeMetadata: patch }) : this;
  }
}

const isMetadataRefused = (error: unknown) =>
  isClerkAPIResponseError(error) &&
  error.errors.some(({ code, meta }) => /^form_param_(deprecated|unknown)$/.test(code) && meta?.paramName === 'unsafe_metadata');
