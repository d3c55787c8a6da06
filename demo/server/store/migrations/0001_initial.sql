-- All times are milliseconds since 1970, as on the wire, so that nothing is rounded on the way.

-- Secrets made once and shared by all processes on this database: instance id, secret key, code key.
create table instance_values (
  name text primary key,
  value text not null
);

create table signing_keys (
  id text primary key,
  private_key jsonb not null,
  public_key jsonb not null,
  created_at bigint not null,
  -- Published from the start, used for signing from here on.
  activated_at bigint not null,
  -- Stays in the JWKS for 24 h after this (security.md, section 3).
  retired_at bigint
);

create table users (
  id text primary key,
  external_id text unique,
  username text,
  -- Lower-cased NFKC form: identifiers mean one person.
  username_normalized text unique,
  first_name text,
  last_name text,
  password_hash text,
  password_updated_at bigint,
  locale text,
  public_metadata jsonb not null default '{}',
  private_metadata jsonb not null default '{}',
  unsafe_metadata jsonb not null default '{}',
  primary_email_address_id text,
  banned boolean not null default false,
  failed_attempts integer not null default 0,
  locked_until bigint,
  delete_self_enabled boolean,
  create_organization_enabled boolean,
  create_organizations_limit integer,
  last_sign_in_at bigint,
  last_active_at bigint,
  legal_accepted_at bigint,
  created_at bigint not null,
  updated_at bigint not null
);

create index users_created_at on users (created_at, id);

create table email_addresses (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  email_address text not null,
  email_address_normalized text not null unique,
  reserved boolean not null default false,
  -- How it was proved (`email_code`, `admin`, …); null while it is not.
  verified_by text,
  verified_at bigint,
  created_at bigint not null,
  updated_at bigint not null
);

create index email_addresses_user_id on email_addresses (user_id);

create table clients (
  id text primary key,
  last_active_session_id text,
  sign_in_id text,
  sign_up_id text,
  last_authentication_strategy text,
  created_at bigint not null,
  -- Moves only when authentication state changes (dossier part 1, 9.3).
  updated_at bigint not null
);

-- What a browser shows to be this client: the `__client` cookie or, in development, the dev browser. Only the SHA-256 is kept.
create table client_credentials (
  secret_hash bytea primary key,
  client_id text not null references clients (id) on delete cascade,
  kind text not null check (kind in ('cookie', 'dev_browser')),
  -- Set when a newer one has replaced it: until then it may still read.
  superseded_until bigint,
  created_at bigint not null
);

create index client_credentials_client_id on client_credentials (client_id);

create table sessions (
  id text primary key,
  client_id text not null references clients (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  status text not null,
  expire_at bigint not null,
  abandon_at bigint not null,
  last_active_at bigint not null,
  first_factor_verified_at bigint,
  second_factor_verified_at bigint,
  user_agent text,
  ip_address text,
  created_at bigint not null,
  updated_at bigint not null
);

create index sessions_client_id on sessions (client_id);
create index sessions_user_id on sessions (user_id);

create table sign_ins (
  id text primary key,
  client_id text not null references clients (id) on delete cascade,
  user_id text references users (id) on delete cascade,
  identifier text,
  status text not null,
  -- The prepared verification of each factor.
  first_factor_verification_id text,
  second_factor_verification_id text,
  created_session_id text,
  created_at bigint not null,
  abandon_at bigint not null
);

create index sign_ins_client_id on sign_ins (client_id);

create table sign_ups (
  id text primary key,
  client_id text not null references clients (id) on delete cascade,
  status text not null,
  email_address text,
  email_address_normalized text,
  email_address_verification_id text,
  username text,
  first_name text,
  last_name text,
  -- Emptied at completion; what stays is that there was one.
  password_hash text,
  has_password boolean not null default false,
  unsafe_metadata jsonb not null default '{}',
  public_metadata jsonb not null default '{}',
  locale text,
  legal_accepted_at bigint,
  created_user_id text,
  created_session_id text,
  created_at bigint not null,
  abandon_at bigint not null
);

create index sign_ups_client_id on sign_ups (client_id);

-- One row for each thing to be proved once. A code is kept as HMAC only and consumed in a single statement.
create table verifications (
  id text primary key,
  strategy text not null,
  status text not null,
  attempts integer not null default 0,
  code_hash bytea,
  -- Normalised address a code was sent to, for the limits on sending.
  sent_to text,
  expire_at bigint,
  created_at bigint not null
);

create index verifications_sent_to on verifications (sent_to, created_at);

-- Failures with identifiers that nobody has, where the instance does not tell who exists: they lock like those of users.
create table identifier_lockouts (
  identifier text primary key,
  failed_attempts integer not null,
  locked_until bigint
);

-- Counters of requests by key and window, in the database so that a restart does not reset them.
create table rate_counters (
  key text not null,
  window_start bigint not null,
  count integer not null,
  primary key (key, window_start)
);

-- Cookie lines for the backend that asked, sealed with the nonce that only it is given.
create table handshakes (
  nonce_hash bytea primary key,
  sealed_directives bytea not null,
  expire_at bigint not null
);

-- The inbox, while no mail server is set.
create table mails (
  id text primary key,
  recipient text not null,
  subject text not null,
  text text not null,
  created_at bigint not null
);

create index mails_created_at on mails (created_at);
