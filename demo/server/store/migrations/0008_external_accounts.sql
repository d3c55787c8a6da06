-- Accounts of users at other providers, and the ways that lead there.
create table external_accounts (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  strategy text not null,
  identification_id text not null unique,
  -- Null until the provider has said who it is: an account that somebody is connecting.
  provider_user_id text,
  approved_scopes text not null default '',
  email_address text,
  -- Null where the provider does not say.
  email_address_verified boolean,
  first_name text,
  last_name text,
  image_url text,
  username text,
  -- The provider's tokens: a backend may ask for them, so they are sealed, not hashed.
  sealed_tokens bytea,
  verified_at bigint,
  -- The attempt to connect or to renew it that is under way.
  verification_id text,
  created_at bigint not null,
  updated_at bigint not null
);

create unique index external_accounts_provider_key on external_accounts (strategy, provider_user_id);
create index external_accounts_user_id on external_accounts (user_id);

-- Browsers on their way to a provider. Only the SHA-256 of the state is kept, and coming back with it deletes the row.
create table oauth_states (
  state_hash bytea primary key,
  client_id text not null references clients (id) on delete cascade,
  -- What the account is proved for, and the id of the attempt: a sign-in, a sign-up, or an account to connect.
  purpose text not null check (purpose in ('sign_in', 'sign_up', 'connection')),
  attempt_id text not null,
  -- Of a connection: the session that has asked for it.
  session_id text,
  strategy text not null,
  verification_id text not null,
  -- Nonce and PKCE verifier.
  sealed_secrets bytea not null,
  redirect_url text not null,
  action_complete_redirect_url text,
  expire_at bigint not null
);

create index oauth_states_expire_at on oauth_states (expire_at);

-- Accounts that were proved for an attempt and belong to no user yet.
create table proved_identities (
  verification_id text primary key references verifications (id) on delete cascade,
  sealed_identity bytea not null
);

-- ID tokens that a page has handed in and that have been of use once.
create table used_id_tokens (
  token_hash bytea primary key,
  expire_at bigint not null
);

-- Where a browser has to go to prove it, and why it was not proved.
alter table verifications add column redirect_url text;
alter table verifications add column error jsonb;

alter table sign_ups add column external_account_verification_id text;
-- Set once the provider has answered: the strategy.
alter table sign_ups add column external_account_strategy text;
