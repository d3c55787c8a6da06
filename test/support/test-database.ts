/**
 * Where the API of a test keeps its data. A run of many files starts one PostgreSQL for all of them, and each API gets a database
 * of its own there; a file that is run alone starts its own PostgreSQL.
 */
import { randomUUID } from 'node:crypto';
import { prepareDatabase } from '../../demo/server/database-address.ts';
import type { Log } from '../../demo/server/log.ts';
import { createConnection } from '../../demo/server/store/database.ts';
import type { DatabaseAddress } from '../../demo/server/store/database.ts';
import { startOwnPostgres } from '../../demo/server/store/own-postgres.ts';

/** Loses nothing that a test would miss, and is much faster. */
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
/** For all the APIs of the tests that run at the same time, at ten connections each. */
const forMany = { ...forgetful, max_connections: '300', shared_buffers: '128MB' };

/** Environment variable with the socket folder of the PostgreSQL that the run's files share. */
const variable = 'TEST_POSTGRES';
/** An empty database of today's schema, which the others are copies of. */
const template = 'clerk_lit_template';

const addressOf = (folder: string, database: string): DatabaseAddress => ({
  connection: { host: folder, user: 'postgres', database },
  description: 'database of a test',
});

export interface TestDatabase {
  address: DatabaseAddress;
  close(): Promise<void>;
}

/** An empty database, gone after `close()`. */
export async function openTestDatabase(log: Log): Promise<TestDatabase> {
  const folder = process.env[variable];
  if (!folder) {
    const postgres = await startOwnPostgres({ folder: 'temporary', log, parameters: forgetful });
    return { address: postgres.address, close: () => postgres.stop() };
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(folder, `create database ${name} template ${template} strategy file_copy`);
  return {
    address: addressOf(folder, name),
    close: () => administer(folder, `drop database ${name} with (force)`),
  };
}

/** Starts the PostgreSQL of a run. */
export async function startSharedPostgres(log: Log): Promise<{ environment: Record<string, string>; stop(): Promise<void> }> {
  const postgres = await startOwnPostgres({ folder: 'temporary', log, parameters: forMany });
  const folder = String(postgres.address.connection.host);
  await administer(folder, `create database ${template}`);
  await prepareDatabase(addressOf(folder, template));
  return { environment: { [variable]: folder }, stop: () => postgres.stop() };
}

async function administer(folder: string, statement: string): Promise<void> {
  const connection = createConnection(addressOf(folder, 'postgres'));
  await connection.connect();
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
