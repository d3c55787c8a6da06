/** The tables, as Kysely sees them: one interface per table of `migrations/`. Times are milliseconds since 1970. */
import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { ApiErrorItem } from '../errors.ts';

/** An application-owned document. `PUT` may store a JSON `null`. */
export type MetadataDocument = Record<string, unknown> | null;
type Metadata = JSONColumnType<MetadataDocument, string | undefined, string>;

export interface UserTable {
  id: string;
  external_id: string | null;
  username: string | null;
  username_normalized: string | null;
  first_name: string | null;
  last_name: string | null;
  password_hash: string | null;
  password_updated_at: number | null;
  locale: string | null;
  public_metadata: Metadata;
  private_metadata: Metadata;
  unsafe_metadata: Metadata;
  primary_email_address_id: string | null;
  primary_phone_number_id: string | null;
  banned: Generated<boolean>;
  failed_attempts: Generated<number>;
  /** Of the last failure that still counts. */
  last_failed_at: number | null;
  locked_until: number | null;
  delete_self_enabled: boolean | null;
  create_organization_enabled: boolean | null;
  create_organizations_limit: number | null;
  last_sign_in_at: number | null;
  last_active_at: number | null;
  legal_accepted_at: number | null;
  mfa_enabled_at: number | null;
  mfa_disabled_at: number | null;
  bypass_client_trust: Generated<boolean>;
  created_at: number;
  updated_at: number;
}

export interface AuthenticatorTable {
  id: string;
  user_id: string;
  sealed_secret: Buffer;
  verified_at: number | null;
  last_step: number | null;
  created_at: number;
  updated_at: number;
}

export interface PasskeyTable {
  id: string;
  user_id: string;
  name: string;
  rp_id: string;
  verification_id: string | null;
  credential_id: string | null;
  public_key: Buffer | null;
  transports: Generated<string[]>;
  counter: Generated<number>;
  verified_at: number | null;
  last_used_at: number | null;
  created_at: number;
  updated_at: number;
}

/** What tables of email addresses and phone numbers have in common. */
interface IdentificationTable {
  id: string;
  user_id: string;
  reserved: Generated<boolean>;
  verified_by: string | null;
  verified_at: number | null;
  verification_id: string | null;
  created_at: number;
  updated_at: number;
}

export interface EmailAddressTable extends IdentificationTable {
  email_address: string;
  email_address_normalized: string;
}

export interface PhoneNumberTable extends IdentificationTable {
  /** E.164. */
  phone_number: string;
  reserved_for_second_factor: Generated<boolean>;
  default_second_factor: Generated<boolean>;
}

export interface ClientTable {
  id: string;
  last_active_session_id: string | null;
  sign_in_id: string | null;
  sign_up_id: string | null;
  last_authentication_strategy: string | null;
  created_at: number;
  updated_at: number;
}

export interface ClientCredentialTable {
  secret_hash: Buffer;
  client_id: string;
  kind: 'cookie' | 'dev_browser';
  superseded_until: number | null;
  created_at: number;
}

export interface SessionTable {
  id: string;
  client_id: string;
  user_id: string;
  status: string;
  expire_at: number;
  abandon_at: number;
  last_active_at: number;
  first_factor_verified_at: number | null;
  second_factor_verified_at: number | null;
  tasks: Generated<string[]>;
  /** Who acts in place of the user. */
  actor: JSONColumnType<Record<string, unknown>> | null;
  user_agent: string | null;
  ip_address: string | null;
  created_at: number;
  updated_at: number;
}

export interface SignInTable {
  id: string;
  client_id: string;
  user_id: string | null;
  identifier: string | null;
  status: string;
  sign_up_if_missing: Generated<boolean>;
  first_factor_verified_at: number | null;
  first_factor_verification_id: string | null;
  second_factor_verification_id: string | null;
  created_session_id: string | null;
  created_at: number;
  abandon_at: number;
}

export interface ReverificationTable {
  session_id: string;
  level: string;
  status: string;
  first_factor_verification_id: string | null;
  second_factor_verification_id: string | null;
  expire_at: number;
  created_at: number;
}

export interface SignUpTable {
  id: string;
  client_id: string;
  status: string;
  email_address: string | null;
  email_address_normalized: string | null;
  email_address_verification_id: string | null;
  /** E.164. */
  phone_number: string | null;
  phone_number_verification_id: string | null;
  username: string | null;
  first_name: string | null;
  last_name: string | null;
  password_hash: string | null;
  has_password: Generated<boolean>;
  unsafe_metadata: Metadata;
  public_metadata: Metadata;
  locale: string | null;
  legal_accepted_at: number | null;
  invitation_id: string | null;
  created_user_id: string | null;
  created_session_id: string | null;
  created_at: number;
  abandon_at: number;
  external_account_verification_id: Generated<string | null>;
  /** Of the account that was proved. */
  external_account_strategy: Generated<string | null>;
}

export interface VerificationTable {
  id: string;
  strategy: string;
  status: string;
  attempts: Generated<number>;
  code_hash: Buffer | null;
  sent_to: string | null;
  /** Of a link: the client that has opened it. */
  verified_at_client: string | null;
  /** Of a passkey: options of WebAuthn, as JSON text. */
  nonce: string | null;
  expire_at: number | null;
  created_at: number;
  redirect_url: Generated<string | null>;
  error: JSONColumnType<ApiErrorItem | null, string | null | undefined, string | null>;
}

export interface ExternalAccountTable {
  id: string;
  user_id: string;
  strategy: string;
  identification_id: string;
  provider_user_id: string | null;
  approved_scopes: Generated<string>;
  email_address: string | null;
  email_address_verified: boolean | null;
  first_name: string | null;
  last_name: string | null;
  image_url: string | null;
  username: string | null;
  sealed_tokens: Buffer | null;
  verified_at: number | null;
  verification_id: string | null;
  created_at: number;
  updated_at: number;
}

export interface OAuthStateTable {
  state_hash: Buffer;
  client_id: string;
  purpose: 'sign_in' | 'sign_up' | 'connection';
  attempt_id: string;
  session_id: string | null;
  strategy: string;
  verification_id: string;
  sealed_secrets: Buffer;
  redirect_url: string;
  action_complete_redirect_url: string | null;
  expire_at: number;
}

export interface TicketTable {
  id: string;
  kind: 'sign_in_token' | 'actor_token' | 'invitation';
  token_hash: Buffer;
  status: Generated<'pending' | 'accepted' | 'revoked'>;
  user_id: string | null;
  actor: JSONColumnType<Record<string, unknown>> | null;
  session_lifetime: number | null;
  email_address: string | null;
  email_address_normalized: string | null;
  public_metadata: Metadata;
  redirect_url: string | null;
  expire_at: number;
  created_at: number;
  updated_at: number;
}

export interface WaitlistEntryTable {
  id: string;
  email_address: string;
  email_address_normalized: string;
  status: Generated<'pending' | 'invited' | 'completed' | 'rejected'>;
  invitation_id: string | null;
  invited_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface EmailLinkTable {
  token_hash: Buffer;
  verification_id: string;
  subject_id: string;
  client_id: string;
  user_agent: string | null;
  ip_address: string | null;
  redirect_url: string | null;
  expire_at: number;
}

export interface IdentifierLockoutTable {
  identifier: string;
  failed_attempts: number;
  last_failed_at: number;
  locked_until: number | null;
}

export interface MailTable {
  id: string;
  kind: Generated<'mail' | 'text_message'>;
  recipient: string;
  subject: string;
  text: string;
  created_at: number;
}

export interface SigningKeyTable {
  id: string;
  private_key: JSONColumnType<object>;
  public_key: JSONColumnType<object>;
  created_at: number;
  activated_at: number;
  retired_at: number | null;
}

export interface JwtTemplateTable {
  id: string;
  name: string;
  claims: JSONColumnType<Record<string, unknown>>;
  /** Seconds. */
  lifetime: number;
  allowed_clock_skew: number;
  signing_algorithm: string;
  signing_key: string | null;
  origin: 'backend_api' | 'settings' | 'session_token';
  created_at: number;
  updated_at: number;
}

export interface WebhookEventTable {
  id: string;
  type: string;
  /** The JSON that is sent and signed, to the byte. */
  body: string;
  trace_id: string | null;
  created_at: number;
}

export interface WebhookDeliveryTable {
  /** Grows: events of one transaction are tried in their order. */
  id: GeneratedAlways<number>;
  event_id: string;
  endpoint: string;
  status: Generated<'pending' | 'delivered' | 'given_up'>;
  attempts: Generated<number>;
  next_attempt_at: number;
  finished_at: number | null;
}

export interface Tables {
  instance_values: { name: string; value: string };
  signing_keys: SigningKeyTable;
  jwt_templates: JwtTemplateTable;
  users: UserTable;
  authenticators: AuthenticatorTable;
  passkeys: PasskeyTable;
  backup_codes: { user_id: string; code_hash: Buffer; created_at: number };
  email_addresses: EmailAddressTable;
  phone_numbers: PhoneNumberTable;
  external_accounts: ExternalAccountTable;
  oauth_states: OAuthStateTable;
  proved_identities: { verification_id: string; sealed_identity: Buffer };
  used_id_tokens: { token_hash: Buffer; expire_at: number };
  clients: ClientTable;
  client_credentials: ClientCredentialTable;
  sessions: SessionTable;
  reverifications: ReverificationTable;
  sign_ins: SignInTable;
  sign_ups: SignUpTable;
  verifications: VerificationTable;
  tickets: TicketTable;
  waitlist_entries: WaitlistEntryTable;
  email_links: EmailLinkTable;
  identifier_lockouts: IdentifierLockoutTable;
  rate_counters: { key: string; window_start: number; count: number };
  handshakes: { nonce_hash: Buffer; sealed_directives: Buffer; expire_at: number };
  mails: MailTable;
  webhook_events: WebhookEventTable;
  webhook_deliveries: WebhookDeliveryTable;
}
