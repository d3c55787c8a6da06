/**
 * Where the API of a test keeps its data. A run of many files starts one PostgreSQL for all of them, and each API gets a database
 * of its own there; a file that is run alone starts its own PostgreSQL.
 */
import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { prepareDatabase } from '../../demo/server/database-address.ts';
import { createId } from '../../demo/server/ids.ts';
import { createKeyRing } from '../../demo/server/key-ring.ts';
import type { Log } from '../../demo/server/log.ts';
import { createConnection, openDatabase } from '../../demo/server/store/database.ts';
import type { DatabaseAddress } from '../../demo/server/store/database.ts';
import { keepOnce } from '../../demo/server/store/instance-values.ts';
import { startOwnPostgres } from '../../demo/server/store/own-postgres.ts';

/** Loses nothing that a test would miss, and is much faster. */
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
/** For all the APIs of the tests that run at the same time, at ten connections each. */
const forMany = { ...forgetful, max_connections: '300', shared_buffers: '128MB' };

/** Environment variable with the socket folder of the PostgreSQL that the run's files share. */
const variable = 'TEST_POSTGRES';
/** Databases of today's schema that the others are copies of: one that is empty, and one of an instance that has its signing key. */
const templates = { empty: 'clerk_lit_empty', instance: 'clerk_lit_instance' };

const addressOf = (folder: string, database: string): DatabaseAddress => ({
  connection: { host: folder, user: 'postgres', database },
  description: 'database of a test',
});

export interface TestDatabase {
  address: DatabaseAddress;
  close(): Promise<void>;
}

/**
 * A database that is gone after `close()`.
 * @param template `instance` where nothing depends on whose key it is: to make an RSA key takes longer than most tests.
 */
export async function openTestDatabase(log: Log, template: keyof typeof templates = 'empty'): Promise<TestDatabase> {
  const folder = process.env[variable];
  if (!folder) {
    const postgres = await startOwnPostgres({ folder: 'temporary', log, parameters: forgetful });
    return { address: postgres.address, close: () => postgres.stop() };
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(folder, `create database ${name} template ${templates[template]} strategy file_copy`);
  return {
    address: addressOf(folder, name),
    close: () => administer(folder, `drop database ${name} with (force)`),
  };
}

/** Starts the PostgreSQL of a run. */
export async function startSharedPostgres(log: Log): Promise<{ environment: Record<string, string>; stop(): Promise<void> }> {
  const postgres = await startOwnPostgres({ folder: 'temporary', temporaryIn: await placeForMany(), log, parameters: forMany });
  const folder = String(postgres.address.connection.host);
  for (const template of Object.values(templates)) {
    await administer(folder, `create database ${template}`);
    await prepareDatabase(addressOf(folder, template));
  }
  const { database, close } = openDatabase(addressOf(folder, templates.instance));
  await createKeyRing(database, await keepOnce(database, 'instance_id', createId('ins')), () => 0)();
  await close();
  return { environment: { [variable]: folder }, stop: () => postgres.stop() };
}

/** Bytes: of the databases that there are at a time, and of what PostgreSQL writes beside them. */
const roomForMany = 4 * 2 ** 30;

/** In memory where there is room: a database is some three hundred files, and there are a thousand databases. */
async function placeForMany(): Promise<string> {
  const memory = '/dev/shm';
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }));
  return Math.min(bavail * bsize, freemem()) > roomForMany ? memory : tmpdir();
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
