/** Everything that the database holds, so that a test can say that nothing has changed. */
import { sql } from 'kysely';
import type { Database } from '../../demo/server/store/database.ts';

/**
 * Every row of every table, as PostgreSQL writes it, below the name of its table.
 * @param except tables that are left out, such as those that count requests.
 */
export async function readAllRows(
  database: Database,
  { except = [] }: { except?: readonly string[] } = {},
): Promise<Record<string, string[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1
  `.execute(database);
  const names = tables.map(({ name }) => name).filter((name) => !except.includes(name));
  const selects = names.map((name) => sql`select ${sql.lit(name)} as name, entry::text as content from ${sql.table(name)} as entry`);
  const { rows } = await sql<{ name: string; content: string }>`${sql.join(selects, sql` union all `)} order by 1, 2`.execute(database);
  return Object.fromEntries(names.map((name) => [name, rows.filter((row) => row.name === name).map(({ content }) => content)]));
}
