-- An authenticator app, one for each user. The secret has to be read again to check a code, so it is stored sealed.
create table authenticators (
  id text primary key,
  user_id text not null unique references users (id) on delete cascade,
  sealed_secret bytea not null,
  -- Null until a first code has shown that the app has the secret: before that it is no factor.
  verified_at bigint,
  -- Time step of the last code that was taken. That code, and all from before it, are worth nothing any more (RFC 6238, section 5.2).
  last_step bigint,
  created_at bigint not null,
  updated_at bigint not null
);

-- Unused backup codes. Only the HMAC is kept, and using one deletes it.
create table backup_codes (
  user_id text not null references users (id) on delete cascade,
  code_hash bytea not null,
  created_at bigint not null,
  primary key (user_id, code_hash)
);

alter table users add column mfa_enabled_at bigint;
alter table users add column mfa_disabled_at bigint;
alter table users add column bypass_client_trust boolean not null default false;

-- When the first factor was proved, while a second one is still open.
alter table sign_ins add column first_factor_verified_at bigint;
