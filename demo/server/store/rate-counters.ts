/** Counters of requests, in the database: a restart does not reset them, and all processes share them (security.md, C4). */
import { sql } from 'kysely';
import { buildOnce } from './built-query.ts';
import type { Database } from './database.ts';

/** Counts one more for a key in a window and says how many that makes; atomic. Times are milliseconds since 1970. */
export async function countRequest(database: Database, key: string, windowStart: number): Promise<number> {
  const [row] = await upsertCounter(database, { key, windowStart });
  // The statement always gives back its row.
  return row?.count ?? Infinity;
}

const upsertCounter = buildOnce((database, { key, windowStart }: { key: string; windowStart: number }) =>
  database
    .insertInto('rate_counters')
    .values({ key, window_start: windowStart, count: 1 })
    .onConflict((conflict) => conflict.columns(['key', 'window_start']).doUpdateSet({ count: sql<number>`rate_counters.count + 1` }))
    .returning('count'),
);
