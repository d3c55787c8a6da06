/** The database for a command beside the server: a server of the user's (`DATABASE_URL`), or the API's own, whether it runs or not. */
import { lstat, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Log } from '../log.ts';
import { StartError } from '../start-error.ts';
import { parseDatabaseUrl } from '../database-address.ts';
import { createConnection } from './database.ts';
import type { DatabaseAddress } from './database.ts';
import { startOwnPostgres } from './own-postgres.ts';
import { ownerOf, socketFolder } from './postgres-folder.ts';

export interface ReachedDatabase {
  address: DatabaseAddress;
  /** Ends what was started for the command. */
  close(): Promise<void>;
}

/**
 * Where the data are that a server with these variables has.
 * @throws StartError if there are none yet, or another process is just starting or ending on the folder.
 */
export async function reachDatabase({
  url,
  folder,
  log,
}: {
  /** `DATABASE_URL` */
  url: string | undefined;
  /** `DATA_DIR` */
  folder: string;
  log: Log;
}): Promise<ReachedDatabase> {
  if (url) return { address: parseDatabaseUrl(url), close: () => Promise.resolve() };
  const path = join(resolve(folder), 'postgres');
  if (!(await lstat(path).catch(() => undefined))) {
    throw new StartError(
      `There is no database in ${folder}. Start the server once, or set DATA_DIR or DATABASE_URL as the server has them.`,
    );
  }
  const cluster = await realpath(path);
  const address: DatabaseAddress = {
    connection: { host: (await socketFolder(cluster, await ownerOf(cluster))).path, user: 'postgres', database: 'postgres' },
    description: `${folder} (own PostgreSQL 18)`,
  };
  // A server that runs on the folder goes on; its database takes us beside it.
  if (await answers(address)) return { address, close: () => Promise.resolve() };
  const own = await startOwnPostgres({ folder, log });
  return { address: own.address, close: () => own.stop() };
}

async function answers(address: DatabaseAddress): Promise<boolean> {
  const connection = createConnection(address);
  connection.on('error', () => undefined);
  try {
    await connection.connect();
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return false;
    if (code.startsWith('57P')) throw new StartError('The database is just starting or ending. Try again in a moment.', { cause: error });
    throw error;
  } finally {
    await connection.end().catch(() => undefined);
  }
}
