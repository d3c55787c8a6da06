-- Tickets: what a backend hands to a person, who comes with it to sign in or to sign up. Only the SHA-256 is kept.
create table tickets (
  id text primary key,
  kind text not null check (kind in ('sign_in_token', 'actor_token', 'invitation')),
  token_hash bytea not null unique,
  -- What has become of it; that it has expired is never stored.
  status text not null default 'pending' check (status in ('pending', 'accepted', 'revoked')),
  -- Whose it is; null for an invitation.
  user_id text references users (id) on delete cascade,
  -- Who acts in place of that user, and for how many milliseconds at most.
  actor jsonb,
  session_lifetime bigint,
  -- Who is invited, where to, and what they start with.
  email_address text,
  email_address_normalized text,
  public_metadata jsonb not null default '{}',
  redirect_url text,
  expire_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null
);

create index tickets_user_id on tickets (user_id) where user_id is not null;
create index tickets_email_address on tickets (email_address_normalized) where email_address_normalized is not null;
create index tickets_created_at on tickets (kind, created_at, id);

-- The invitation that a sign-up has come with: accepted when the sign-up is complete.
alter table sign_ups add column invitation_id text;
-- Somebody who acts in place of the user.
alter table sessions add column actor jsonb;

create table waitlist_entries (
  id text primary key,
  email_address text not null,
  email_address_normalized text not null constraint waitlist_entries_email_address_key unique,
  status text not null default 'pending' check (status in ('pending', 'invited', 'completed', 'rejected')),
  invitation_id text,
  invited_at bigint,
  created_at bigint not null,
  updated_at bigint not null
);

-- Where a mailed link leads. The verification is used up as one with a code is; here is only what it was sent for.
create table email_links (
  token_hash bytea primary key,
  verification_id text not null,
  -- Of the sign-in, sign-up or email address that it proves.
  subject_id text not null,
  -- The browser that has asked for it, and from where: a session that the link completes is its own.
  client_id text not null references clients (id) on delete cascade,
  user_agent text,
  ip_address text,
  redirect_url text,
  expire_at bigint not null
);

create index email_links_client_id on email_links (client_id);
create index email_links_expire_at on email_links (expire_at);

-- The browser in which a link was opened, where it is known.
alter table verifications add column verified_at_client text;
-- Whoever has no account yet is sent a code all the same, and becomes a sign-up with it.
alter table sign_ins add column sign_up_if_missing boolean not null default false;
