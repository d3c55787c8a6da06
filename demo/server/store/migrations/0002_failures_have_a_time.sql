-- Failures of long ago are forgotten: of users and of identifiers that nobody has alike, so that time tells nobody who exists.
alter table users add column last_failed_at bigint;
alter table identifier_lockouts add column last_failed_at bigint;

-- What was counted before has no time. It is taken for just now.
update users set last_failed_at = extract(epoch from now()) * 1000 where failed_attempts > 0;
update identifier_lockouts set last_failed_at = extract(epoch from now()) * 1000;
alter table identifier_lockouts alter column last_failed_at set not null;

create index users_last_failed_at on users (last_failed_at) where last_failed_at is not null;
create index identifier_lockouts_last_failed_at on identifier_lockouts (last_failed_at);
