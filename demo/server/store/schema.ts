/** All tables, as Kysely sees them: what the files of `tables/` describe, and one interface per table of `migrations/`. */
import type {
  ClientCredentialTable,
  ClientTable,
  EmailLinkTable,
  IdentifierLockoutTable,
  OAuthStateTable,
  ReverificationTable,
  SessionTable,
  SignInTable,
  SignUpTable,
  VerificationTable,
} from './tables/attempts.ts';
import type {
  AccessIdentifierTable,
  JwtTemplateTable,
  MailTable,
  SigningKeyTable,
  TicketTable,
  WaitlistEntryTable,
  WebhookDeliveryTable,
  WebhookEventTable,
} from './tables/instance.ts';
import type {
  AuthenticatorTable,
  EmailAddressTable,
  ExternalAccountTable,
  PasskeyTable,
  PhoneNumberTable,
  UserTable,
} from './tables/people.ts';

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
  access_identifiers: AccessIdentifierTable;
  email_links: EmailLinkTable;
  identifier_lockouts: IdentifierLockoutTable;
  rate_counters: { key: string; window_start: number; count: number };
  handshakes: { nonce_hash: Buffer; sealed_directives: Buffer; expire_at: number };
  mails: MailTable;
  webhook_events: WebhookEventTable;
  webhook_deliveries: WebhookDeliveryTable;
}
