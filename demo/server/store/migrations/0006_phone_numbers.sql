-- Phone numbers of users, made like email addresses.
create table phone_numbers (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  -- E.164, the one spelling in which a number is stored, compared and shown.
  phone_number text not null,
  reserved boolean not null default false,
  verified_by text,
  verified_at bigint,
  -- The verification that was prepared last by its owner.
  verification_id text,
  reserved_for_second_factor boolean not null default false,
  default_second_factor boolean not null default false,
  created_at bigint not null,
  updated_at bigint not null
);

alter table users add column primary_phone_number_id text;
alter table email_addresses add column verification_id text;

-- An identification belongs to who has proved it, or to whom it is reserved. What somebody has only written down belongs to nobody yet:
-- else anybody could keep others from their own address.
alter table email_addresses drop constraint email_addresses_email_address_normalized_key;
create unique index email_addresses_claimed on email_addresses (email_address_normalized) where verified_by is not null or reserved;
create unique index email_addresses_of_user on email_addresses (user_id, email_address_normalized);
drop index email_addresses_user_id;

create unique index phone_numbers_claimed on phone_numbers (phone_number) where verified_by is not null or reserved;
create unique index phone_numbers_of_user on phone_numbers (user_id, phone_number);

alter table sign_ups add column phone_number text;
alter table sign_ups add column phone_number_verification_id text;

-- The inbox has text messages too.
alter table mails add column kind text not null default 'mail' check (kind in ('mail', 'text_message'));
