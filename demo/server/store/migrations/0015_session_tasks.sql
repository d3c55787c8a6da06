-- What somebody has to do before the session is theirs without reserve, by the names of the protocol (`setup-mfa`); as long as there is
-- something, its status is `pending`.
alter table sessions add column tasks text[] not null default '{}';
