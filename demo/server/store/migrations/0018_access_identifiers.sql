-- Who may sign up and in, and who may not: addresses, numbers, and `*@example.com` for all of a domain. Whether either list counts is one of
-- `instance_values`.
create table access_identifiers (
  id text primary key,
  list text not null,
  identifier_type text not null,
  -- As it is compared.
  identifier text not null,
  invitation_id text,
  created_at bigint not null,
  updated_at bigint not null,
  unique (list, identifier)
);
