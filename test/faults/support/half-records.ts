/** What a transaction that was cut in two would leave behind. */
import assert from 'node:assert/strict';
import { createConnection } from '../../../demo/server/store/database.ts';
import type { DatabaseAddress } from '../../../demo/server/store/database.ts';

/** Each finds rows that lack a part; none may find any. */
const questions: Record<string, string> = {
  'user without an address': `select id from users u where not exists (select 1 from email_addresses e where e.user_id = u.id)`,
  'primary address of nobody': `select id from users u where primary_email_address_id is null
    or not exists (select 1 from email_addresses e where e.id = u.primary_email_address_id and e.user_id = u.id)`,
  'complete sign-up without its user or session': `select id from sign_ups s where status = 'complete'
    and (created_user_id is null or created_session_id is null
      or not exists (select 1 from users u where u.id = s.created_user_id)
      or not exists (select 1 from sessions e where e.id = s.created_session_id and e.user_id = s.created_user_id))`,
  'user of a sign-up that does not know it': `select u.id from users u join email_addresses e on e.user_id = u.id
    join sign_ups s on s.email_address_normalized = e.email_address_normalized
    where not exists (select 1 from sign_ups c where c.created_user_id = u.id)`,
  'complete sign-in without its session': `select id from sign_ins s where status = 'complete'
    and not exists (select 1 from sessions e where e.id = s.created_session_id)`,
  'client whose active session is another client’s': `select c.id from clients c join sessions s on s.id = c.last_active_session_id
    where s.client_id <> c.id`,
};

/** @throws AssertionError that names the rows. */
export async function checkNoHalfRecords(address: DatabaseAddress): Promise<void> {
  const connection = createConnection(address);
  await connection.connect();
  try {
    for (const [what, question] of Object.entries(questions)) {
      const { rows } = await connection.query<{ id: string }>(question);
      assert.deepEqual(
        rows.map(({ id }) => id),
        [],
        what,
      );
    }
  } finally {
    await connection.end();
  }
}
