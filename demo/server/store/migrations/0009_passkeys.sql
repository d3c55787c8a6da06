-- Passkeys: key pairs of devices and password managers, of which only the public half is here.
create table passkeys (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  name text not null,
  -- The domain that it is for; browsers offer it on pages of no other.
  rp_id text not null,
  -- Of the registration.
  verification_id text,
  -- Null until the registration is verified, as all that comes from the device is.
  credential_id text unique,
  public_key bytea,
  transports text[] not null default '{}',
  -- As the device has counted its signatures; 0 for one that does not.
  counter bigint not null default 0,
  verified_at bigint,
  last_used_at bigint,
  created_at bigint not null,
  updated_at bigint not null
);

create index passkeys_user_id on passkeys (user_id, created_at);
-- A registration takes the place of one that was not finished.
create unique index passkeys_proposed on passkeys (user_id) where verified_at is null;

-- What the browser is to answer, as JSON text: options of WebAuthn with a challenge.
alter table verifications add column nonce text;
