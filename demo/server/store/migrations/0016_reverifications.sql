-- Proving anew, within a session, who one is: one at a time for each session.
create table reverifications (
  session_id text primary key references sessions (id) on delete cascade,
  level text not null,
  status text not null,
  first_factor_verification_id text,
  second_factor_verification_id text,
  expire_at bigint not null,
  created_at bigint not null
);
