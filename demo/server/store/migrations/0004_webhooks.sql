-- What backends are told of: written in the transaction of the change itself, sent afterwards.
create table webhook_events (
  -- The `svix-id`, the same at every attempt.
  id text primary key,
  type text not null,
  -- Text, not jsonb: the signature is over these bytes.
  body text not null,
  trace_id text,
  created_at bigint not null
);

create index webhook_events_created_at on webhook_events (created_at);

create table webhook_deliveries (
  id bigint generated always as identity primary key,
  event_id text not null references webhook_events (id) on delete cascade,
  -- SHA-256 of the address, which may hold a password.
  endpoint text not null,
  status text not null default 'pending' check (status in ('pending', 'delivered', 'given_up')),
  -- Counted when an attempt starts.
  attempts integer not null default 0,
  -- While an attempt runs: when others may take it for dead.
  next_attempt_at bigint not null,
  finished_at bigint
);

create index webhook_deliveries_event_id on webhook_deliveries (event_id);
create index webhook_deliveries_due on webhook_deliveries (endpoint, next_attempt_at, id) where status = 'pending';
create index webhook_deliveries_finished on webhook_deliveries (finished_at) where status <> 'pending';
