/** Brings the schema up to date: numbered files, each run once in a transaction of its own, by one process at a time. */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { StartError } from '../start-error.ts';

export interface Migration {
  number: number;
  name: string;
  sql: string;
  /** SHA-256 of the text, so that a file that was edited after its release is noticed. */
  checksum: string;
}

const ownFolder = fileURLToPath(new URL('./migrations/', import.meta.url));
/** Any number that nothing else on the server uses: "clerk-lit". */
const lockNumber = 0x636c_6572;

/** The migrations of a folder, `0001_name.sql` first. */
export async function readMigrations(folder: string = ownFolder): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, `file://${folder}/`), 'utf8');
      return { number: Number(name.slice(0, 4)), name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Runs the migrations that the database lacks.
 * @param keepCopy is called before a database that holds something is changed, with the number of its newest migration
 * @throws StartError if the database is newer than this code, or was made by other files of the same number.
 */
export async function migrate(
  connection: pg.Client,
  migrations: readonly Migration[],
  keepCopy?: (schema: number) => Promise<void>,
): Promise<void> {
  // Waits for another process that is at it; ends with the connection at the latest.
  await connection.query('select pg_advisory_lock($1)', [lockNumber]);
  try {
    await connection.query(
      'create table if not exists schema_migrations (number integer primary key, name text not null, checksum text not null, applied_at bigint not null)',
    );
    const { rows } = await connection.query<{ number: number; name: string; checksum: string }>(
      'select number, name, checksum from schema_migrations order by number',
    );
    for (const { number, name, checksum } of rows) {
      const known = migrations.find((migration) => migration.number === number);
      if (!known) {
        throw new StartError(
          `The database has migration ${name}, which this version does not know. Start a version at least as new as the database.`,
        );
      }
      if (known.checksum !== checksum) {
        throw new StartError(
          `The database was made by another ${name} than this version has. Use the version that made it, or an empty database.`,
        );
      }
    }
    const missing = migrations.filter((migration) => !rows.some(({ number }) => number === migration.number));
    const newest = rows.at(-1);
    if (missing.length && newest) await keepCopy?.(newest.number);
    for (const migration of missing) await run(connection, migration);
  } finally {
    await connection.query('select pg_advisory_unlock($1)', [lockNumber]);
  }
}

async function run(connection: pg.Client, { number, name, sql, checksum }: Migration): Promise<void> {
  await connection.query('begin');
  try {
    await connection.query(sql);
    await connection.query('insert into schema_migrations values ($1, $2, $3, $4)', [number, name, checksum, Date.now()]);
    await connection.query('commit');
  } catch (error) {
    await connection.query('rollback');
    throw error;
  }
}
