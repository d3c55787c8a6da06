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

/**
 * The commit does not wait for the disk: all requests of a caller count in one row, and each would wait for the one before. A crash of
 * PostgreSQL loses what was counted in its last moments (three times `wal_writer_delay`, 0.6 s), a stop or a kill of the API nothing.
 */
const upsertCounter = buildOnce((database, { key, windowStart }: { key: string; windowStart: number }) =>
  database
    .with('no_wait', (query) => query.selectNoFrom(sql`set_config('synchronous_commit', 'off', true)`.as('setting')))
    .insertInto('rate_counters')
    .columns(['key', 'window_start', 'count'])
    .expression((query) =>
      query
        .selectFrom('no_wait')
        .select([sql<string>`${key}::text`.as('key'), sql<number>`${windowStart}::bigint`.as('window_start'), sql<number>`1`.as('count')]),
    )
    .onConflict((conflict) => conflict.columns(['key', 'window_start']).doUpdateSet({ count: sql<number>`rate_counters.count + 1` }))
    .returning('count'),
);
