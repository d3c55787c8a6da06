/** Requests that are held by a lock of the test's own transaction. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../../demo/server/store/schema.ts';

/** Until a statement like this waits for a lock. */
export async function untilLocked(database: Kysely<Tables>, statement: string): Promise<void> {
  const isWaiting = async () => {
    const { rows } = await sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like ${statement}
      and datname = current_database()`.execute(database);
    return rows.length > 0;
  };
  while (!(await isWaiting()));
}
