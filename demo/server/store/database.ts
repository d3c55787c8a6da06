/** The way to PostgreSQL: a pool with time limits, typed by Kysely. */
import { Kysely, PostgresDialect } from 'kysely';
import type { PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { isObserved, observed } from './changes.ts';
import { createStatementNames, KeepingConnection } from './kept-statements.ts';
import type { Tables } from './schema.ts';
import { createSilence } from './silence.ts';

/** The database, or a transaction on it: store functions take either. */
export type Database = Kysely<Tables>;

/** How to reach a server: a `DATABASE_URL`, or the socket folder of our own. */
export interface DatabaseAddress {
  /** `connectionString`, or `host` (a folder for a Unix socket) with `user` and `database`, as node-postgres takes them. */
  connection: pg.ClientConfig;
  /** For people: `.data (own PostgreSQL 18)`, `db.example.com:5432/clerk`. Never a password. */
  description: string;
}

export interface OpenDatabase {
  database: Database;
  close(): Promise<void>;
}

/** Milliseconds (security.md §3). */
const statementTimeout = 5_000;
const connectTimeout = 2_000;
const maximumWaiting = 500;

/** Milliseconds since 1970 and counts fit a double; node-postgres would hand them over as text. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === pg.types.builtins.INT8 ? Number : (pg.types.getTypeParser(id, format) as (value: string) => unknown),
};

/** A connection of its own, for work that must not be cut off by the pool's time limits, such as migrations. */
export function createConnection(address: DatabaseAddress): pg.Client {
  return new pg.Client({ ...address.connection, types, connectionTimeoutMillis: connectTimeout });
}

/** Opens the pool. Nothing is sent before the first query. */
export function openDatabase(address: DatabaseAddress): OpenDatabase {
  const pool = new pg.Pool({
    ...address.connection,
    types,
    max: 10,
    connectionTimeoutMillis: connectTimeout,
    statement_timeout: statementTimeout,
    // The server may be unable to keep its own limit: hung, or cut off by the network.
    query_timeout: statementTimeout + 1_000,
    idle_in_transaction_session_timeout: 2 * statementTimeout,
    keepAlive: true,
    allowExitOnIdle: true,
  });
  // A connection that breaks fails its query and is replaced; without listeners it would end the process, whether it was idle or in use.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  const names = createStatementNames();
  const silence = createSilence(() => createConnection(address));
  // Kysely makes something of its own for each object that it is given.
  const keeping = new WeakMap<pg.PoolClient, KeepingConnection>();
  const dialect = new PostgresDialect({
    pool: {
      connect: async () => {
        if (pool.waitingCount >= maximumWaiting) throw new DatabaseBusyError();
        const client = await pool.connect();
        const kept = keeping.get(client) ?? new KeepingConnection(client, names, silence);
        keeping.set(client, kept);
        return kept as object as PostgresPoolClient;
      },
      end: () => pool.end(),
    },
  });
  const database = new Kysely<Tables>({ dialect });
  return { database, close: () => database.destroy() };
}

/** Too many requests are waiting for a connection. */
export class DatabaseBusyError extends Error {
  override readonly name = 'DatabaseBusyError';
}

/** Runs work in one transaction; joins the one it is given. Who observes changes (`changes.ts`) is told within it. */
export function inTransaction<Result>(database: Database, work: (transaction: Database) => Promise<Result>): Promise<Result> {
  return database.isTransaction ? work(database) : observed(database, work, (observedWork) => database.transaction().execute(observedWork));
}

/** Runs reads that have to fit together: all of them see the database as it is at the first. */
export function inSnapshot<Result>(database: Database, read: (snapshot: Database) => Promise<Result>): Promise<Result> {
  if (database.isTransaction) return read(database);
  return database.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}

/** Runs a single statement that notes what it changes: in a transaction if somebody observes changes, else as cheaply as before. */
export function whereObserved<Result>(database: Database, work: (transaction: Database) => Promise<Result>): Promise<Result> {
  return isObserved(database) ? inTransaction(database, work) : work(database);
}

/** Codes of Node and PostgreSQL that say "not now" rather than "wrong". */
const unavailableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // Disk full, too many connections, statement cancelled by its time limit, read-only after a failover, deadlock.
  '53100',
  '53200',
  '53300',
  '57014',
  '25006',
  '40P01',
  // A kept statement that was planned for a table which has changed since (`kept-statements.ts`).
  '0A000',
  // Shutting down, crashed, starting up.
  '57P01',
  '57P02',
  '57P03',
]);

/** `true` if a failure means that the database is away or overloaded, so that the same request may work later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseBusyError) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    unavailableCodes.has(code) ||
    code.startsWith('08') ||
    /^(timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error)/.test(
      error.message,
    )
  );
}

/** The name of the unique index that a write ran into, if that is what the error says. */
export function violatedUniqueIndex(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError && error.code === '23505' ? error.constraint : undefined;
}

/** The name of the reference that a write ran into because what it leads to is no more, if that is what the error says. */
export function violatedReference(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError && error.code === '23503' ? error.constraint : undefined;
}
