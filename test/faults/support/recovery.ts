/** How a campaign sees that its servers are well again. */
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { createConnection } from '../../../demo/server/store/database.ts';
import type { DatabaseAddress } from '../../../demo/server/store/database.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import type { OpenStage } from './stage.ts';

/** Milliseconds: longer than any promise, so that what is late is measured, and what never comes ends the campaign. */
const patience = 60_000;

/** The database of a stage, for questions that no endpoint answers. */
export const addressOf = ({ postgres, servers }: OpenStage): DatabaseAddress => postgres?.address ?? ownAddress(servers[0].folder);

/** The database in a data folder of the API's own. */
export const ownAddress = (folder: string): DatabaseAddress => ({
  connection: { host: join(folder, 'postgres'), user: 'postgres', database: 'postgres' },
  description: folder,
});

interface Killed {
  /** Process id that the database had. */
  former: number;
  pid: () => Promise<number>;
}

/** Asks again and again, until all say that they are well; on a database that is another process than the killed one. */
export async function untilHealthy(servers: readonly Pick<ServerProcess, 'url'>[], killed?: Killed): Promise<void> {
  const deadline = performance.now() + patience;
  const isNew = async () => !killed || ![killed.former, NaN].includes(await killed.pid().catch(() => NaN));
  const isWell = async ({ url }: Pick<ServerProcess, 'url'>) => (await fetch(`${url}/v1/health`)).status === 200;
  for (;;) {
    if ((await isNew()) && (await Promise.all(servers.map(isWell))).every(Boolean)) return;
    if (performance.now() > deadline) throw new Error(`The server is not well after ${patience / 1000} s.`);
    await delay(5);
  }
}

/** Until something answers there, though it may be that it is not ready. */
export async function untilListening(address: DatabaseAddress): Promise<void> {
  for (const deadline = performance.now() + patience; performance.now() < deadline;) {
    const connection = createConnection(address);
    connection.on('error', () => undefined);
    const answer = await connection.connect().then(
      () => 'yes',
      (error: NodeJS.ErrnoException) => error.code ?? '',
    );
    await connection.end().catch(() => undefined);
    if (!['ECONNREFUSED', 'ENOENT'].includes(answer)) return;
    await delay(5);
  }
  throw new Error('Nobody listens there.');
}
