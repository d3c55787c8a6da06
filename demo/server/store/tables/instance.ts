/** Tables of what the instance keeps: whom it invites, what it sends, its keys and templates. Times are milliseconds since 1970. */
import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { MetadataColumn } from './people.ts';

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
  public_metadata: MetadataColumn;
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

export interface AccessIdentifierTable {
  id: string;
  list: 'allowlist' | 'blocklist';
  identifier_type: 'email_address' | 'phone_number';
  identifier: string;
  invitation_id: string | null;
  created_at: number;
  updated_at: number;
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
