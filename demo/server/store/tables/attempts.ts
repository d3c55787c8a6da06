/** Tables of clients, their sessions, and attempts to get one. Times are milliseconds since 1970. */
import type { Generated, JSONColumnType } from 'kysely';
import type { ApiErrorItem } from '../../errors.ts';
import type { MetadataColumn } from './people.ts';

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
  unsafe_metadata: MetadataColumn;
  public_metadata: MetadataColumn;
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
