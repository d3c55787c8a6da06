/** What the first release could have stored, for tests of what becomes of it. */

/** Somebody who has signed in, and somebody in the middle of a sign-up, in the tables of version 0002. */
export const firstRelease = `
  insert into users (id, public_metadata, private_metadata, unsafe_metadata, primary_email_address_id, failed_attempts, created_at, updated_at)
    values ('user_ann', '{"role":"admin","toString":"own"}', '{"stripeId":"12356"}',
      '{"list":[1,null,"𝄞"],"constructor":{"deep":{}}}', 'idn_ann', 2, 1, 2);
  insert into email_addresses (id, user_id, email_address, email_address_normalized, verified_by, verified_at, created_at, updated_at)
    values ('idn_ann', 'user_ann', 'Ann@example.com', 'ann@example.com', 'email_code', 1, 1, 1);
  insert into clients (id, created_at, updated_at) values ('client_ann', 1, 1), ('client_bob', 1, 1);
  insert into sessions (id, client_id, user_id, status, expire_at, abandon_at, last_active_at, created_at, updated_at)
    values ('sess_ann', 'client_ann', 'user_ann', 'active', 9, 9, 1, 1, 1);
  insert into sign_ups (id, client_id, status, email_address, email_address_normalized, unsafe_metadata, created_at, abandon_at)
    values ('sua_bob', 'client_bob', 'missing_requirements', 'bob@example.com', 'bob@example.com', '{"birthday":"11-30-1969"}', 1, 9);
`;
