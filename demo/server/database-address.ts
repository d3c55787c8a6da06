/** Which database: a server of the user's (`DATABASE_URL`), or the API's own. */
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { StartError } from './start-error.ts';
import { createConnection } from './store/database.ts';
import type { DatabaseAddress } from './store/database.ts';
import { migrate, readMigrations } from './store/migrate.ts';

/** @throws StartError if the text is no PostgreSQL address. The message never quotes it: it may hold a password. */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  // `postgres://user@/database?host=/folder` names a socket; a URL with a user needs a host, so it gets one to be read.
  const readable = text.replace('@/', '@localhost/');
  if (!URL.canParse(readable) || !/^postgres(ql)?:$/.test(new URL(readable).protocol)) {
    throw new StartError('DATABASE_URL: expected an address such as postgres://user:password@host:5432/database');
  }
  const url = new URL(readable);
  const host = url.searchParams.get('host') || url.hostname || 'localhost';
  return {
    connection: { connectionString: text },
    description: `${placeOf(host, Number(url.searchParams.get('port') || url.port || 5432))}${url.pathname} (yours)`,
  };
}

/** For people: host and port, or the folder of a socket. */
const placeOf = (host: string, port: number) => (host.startsWith('/') ? host : `${host}:${port}`);

/**
 * Connects once and brings the schema up to date.
 * @param keepCopy is called before migrations change what is there, with the number of the newest one that it has
 * @throws StartError if the database cannot be reached or refuses us: with host, port and what to do.
 */
export async function prepareDatabase(address: DatabaseAddress, keepCopy?: (schema: number) => Promise<void>): Promise<void> {
  const connection = await connectPatiently(address);
  try {
    await migrate(connection, await readMigrations(), keepCopy);
  } finally {
    await connection.end();
  }
}

/** Milliseconds: after a crash PostgreSQL repeats what it had not written through, before it takes connections. */
const patienceWithStartingServer = 60_000;

/** Database and API may have been started together, after a power cut too. */
async function connectPatiently(address: DatabaseAddress): Promise<pg.Client> {
  const deadline = performance.now() + patienceWithStartingServer;
  for (;;) {
    const connection = createConnection(address);
    // A connection that breaks later fails its query too; without a listener it would end the process.
    connection.on('error', () => undefined);
    try {
      await connection.connect();
      return connection;
    } catch (error) {
      await connection.end().catch(() => undefined);
      if (codeOf(error) === '57P03' && performance.now() < deadline) {
        await delay(100);
        continue;
      }
      throw new StartError(
        `${reason(error, placeOf(connection.host, connection.port))} Check DATABASE_URL, or leave it out to use the API's own database.`,
        { cause: error },
      );
    }
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

function reason(error: unknown, place: string): string {
  const code = codeOf(error);
  switch (code) {
    case '28P01':
    case '28000':
      return `The database server at ${place} refuses this user or password.`;
    case '3D000':
      return `The database server at ${place} has no database of that name.`;
    case '57P03':
      return `The database server at ${place} is not ready yet.`;
    default:
      return `There is no database server to be reached at ${place}${code && ` (${code})`}.`;
  }
}
