/** What a reader of the database gets: every table as `COPY` writes it. */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../../demo/server/store/database.ts';

/** Tables by name. Bytes are in hexadecimal there, documents as they were stored. */
export async function dumpTables(database: Database): Promise<Map<string, string>> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1
  `.execute(database);
  const folder = await mkdtemp(join(tmpdir(), 'clerk-lit-dump-'));
  try {
    // PostgreSQL may be another user, who writes them.
    await chmod(folder, 0o777);
    const dump = new Map<string, string>();
    for (const { name } of rows) {
      const path = join(folder, name);
      await sql`copy ${sql.table(name)} to ${sql.lit(path)}`.execute(database);
      dump.set(name, await readFile(path, 'utf8'));
    }
    return dump;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
