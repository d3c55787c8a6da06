/**
 * Users on the wire, in two types: what the Frontend API shows has no private metadata at all, so no code path can leak it
 * (security.md, M1); the Backend API adds it.
 */
import type { ExternalAccountJSON } from '../../../src/wire/external-account.ts';
import type { Complete } from '../../../src/wire/primitives.ts';
import type { UserJSON } from '../../../src/wire/user.ts';
import type { Dependencies } from '../dependencies.ts';
import { isTwoFactorEnabled } from '../domain/two-factor.ts';
import type { MetadataDocument } from '../store/tables/people.ts';
import type { BackendUser, User } from '../store/users.ts';
import { presentExternalAccount } from './external-account.ts';
import { presentEmailAddress, presentPhoneNumber } from './identification.ts';
import { presentBackendPasskey, presentPasskey } from './passkey.ts';

/** What presenting needs beside the row. */
export type UserContext = Pick<Dependencies, 'settings' | 'frontendApiUrl' | 'now'>;

/** The user as a browser sees it. */
export function presentUser(user: User, { settings, frontendApiUrl, now }: UserContext): Complete<UserJSON> {
  const image = avatarUrl(user.id, frontendApiUrl);
  const lockedFor = Math.ceil(((user.locked_until ?? 0) - now()) / 1000);
  // A lock that is over starts the count anew.
  const failures = user.locked_until === null ? user.failed_attempts : 0;
  return {
    object: 'user',
    id: user.id,
    external_id: user.external_id,
    username: user.username,
    first_name: user.first_name,
    last_name: user.last_name,
    has_image: false,
    image_url: image,
    profile_image_url: image,
    primary_email_address_id: user.primary_email_address_id,
    primary_phone_number_id: user.primary_phone_number_id,
    primary_web3_wallet_id: null,
    email_addresses: user.email_addresses.map((address) => presentEmailAddress(address, now(), user.external_accounts)),
    phone_numbers: user.phone_numbers.map((number) => presentPhoneNumber(number, now())),
    web3_wallets: [],
    passkeys: user.passkeys.map(presentPasskey),
    external_accounts: user.external_accounts.map((account) => presentExternalAccount(account, now())),
    saml_accounts: [],
    enterprise_accounts: [],
    organization_memberships: [],
    // `PUT` may store a JSON null; browsers are promised an object (dossier part 2, §1.6).
    public_metadata: user.public_metadata ?? {},
    unsafe_metadata: user.unsafe_metadata ?? {},
    password_enabled: user.has_password,
    password_last_updated_at: user.password_updated_at,
    two_factor_enabled: isTwoFactorEnabled(user),
    totp_enabled: user.totp_enabled,
    backup_code_enabled: user.backup_code_enabled,
    mfa_enabled_at: user.mfa_enabled_at,
    mfa_disabled_at: user.mfa_disabled_at,
    banned: user.banned,
    locked: lockedFor > 0,
    deprovisioned: false,
    lockout_expires_in_seconds: lockedFor > 0 ? lockedFor : null,
    verification_attempts_remaining: lockedFor > 0 ? 0 : Math.max(0, settings.lockout.maxAttempts - failures),
    delete_self_enabled: user.delete_self_enabled ?? settings.deleteSelf,
    create_organization_enabled: user.create_organization_enabled ?? false,
    create_organizations_limit: user.create_organizations_limit,
    last_sign_in_at: user.last_sign_in_at,
    last_active_at: user.last_active_at,
    legal_accepted_at: user.legal_accepted_at,
    created_at: user.created_at,
    updated_at: user.updated_at,
  };
}

/** The user as a backend sees it (dossier part 2, §1.12). */
export interface BackendUserJSON extends Omit<
  Complete<UserJSON>,
  'public_metadata' | 'unsafe_metadata' | 'organization_memberships' | 'passkeys'
> {
  locale: string | null;
  passkeys: object[];
  public_metadata: MetadataDocument;
  private_metadata: MetadataDocument;
  unsafe_metadata: MetadataDocument;
  bypass_client_trust: boolean;
}

export function presentBackendUser(user: BackendUser, context: UserContext): BackendUserJSON {
  const { organization_memberships: _onlyWhenAskedFor, ...shared } = presentUser(user, context);
  return {
    ...shared,
    external_accounts: user.external_accounts.map((account) => withoutAddress(presentExternalAccount(account, context.now()))),
    locale: user.locale,
    passkeys: user.passkeys.map(presentBackendPasskey),
    public_metadata: user.public_metadata,
    private_metadata: user.private_metadata,
    unsafe_metadata: user.unsafe_metadata,
    bypass_client_trust: user.bypass_client_trust,
  };
}

/** Where a browser is sent to a provider holds what proves that it has come back: no backend, and no webhook on its way, has a use for it. */
function withoutAddress(account: Complete<ExternalAccountJSON>): Complete<ExternalAccountJSON> {
  if (!account.verification) return account;
  const { external_verification_redirect_url: _ofTheBrowser, ...verification } = account.verification;
  return { ...account, verification };
}

/** Where the generated picture of a user is (`avatar.ts`). */
export function avatarUrl(userId: string, frontendApiUrl: string): string {
  return `${frontendApiUrl}/avatars/${userId}.svg`;
}
