-- A backend has said that others may know the password: it signs nobody in any more, and another one has to be set.
alter table users add column password_compromised boolean not null default false;
