/** Tables of people and of what they own. Times are milliseconds since 1970. */
import type { Generated, JSONColumnType } from 'kysely';

/** An application-owned document. `PUT` may store a JSON `null`. */
export type MetadataDocument = Record<string, unknown> | null;
export type MetadataColumn = JSONColumnType<MetadataDocument, string | undefined, string>;

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
  public_metadata: MetadataColumn;
  private_metadata: MetadataColumn;
  unsafe_metadata: MetadataColumn;
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
  /** Others may know the password. */
  password_compromised: Generated<boolean>;
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
