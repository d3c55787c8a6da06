/** The server as campaigns attack it: real processes on a durable database. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../../demo/server/log.ts';
import type { SettingsFile } from '../../../demo/server/settings.ts';
import { startOwnPostgres } from '../../../demo/server/store/own-postgres.ts';
import type { OwnPostgres } from '../../../demo/server/store/own-postgres.ts';
import { startServer } from '../../support/server-process.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import type { Stage } from './campaign.ts';

export interface OpenStage {
  /** One API, or two on one database. */
  servers: [ServerProcess, ...ServerProcess[]];
  /** Them in turn, so that work is spread over all. */
  next(): ServerProcess;
  /** The database of two processes; the own one of a single API is its own. */
  postgres: OwnPostgres | undefined;
  stop(): Promise<void>;
}

export interface StageOptions {
  /** Settings in place of those of `demo/instance.json`. */
  instance?: SettingsFile;
  /** More environment variables of each API. */
  environment?: Record<string, string>;
}

/** Two processes behind one address have one key. */
const sharedKey = `pk_test_${Buffer.from('clerk.localhost:4000$').toString('base64').replace(/=+$/, '')}`;

export async function openStage(stage: Stage, { instance, environment = {} }: StageOptions = {}): Promise<OpenStage> {
  const folder = await mkdtemp(join(tmpdir(), 'clerk-lit-stage-'));
  const variables: Record<string, string> = { LOG_LEVEL: 'error', ...environment };
  if (instance) {
    variables['CLERK_INSTANCE'] = join(folder, 'instance.json');
    await writeFile(variables['CLERK_INSTANCE'], JSON.stringify(instance));
  }
  let postgres: OwnPostgres | undefined;
  const servers: ServerProcess[] = [];
  const stop = async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    if (stage === 'two-processes') {
      postgres = await startOwnPostgres({ folder: join(folder, 'database'), log: createLog('silent') });
      const shared = {
        DATABASE_URL: `postgres://postgres@/postgres?host=${encodeURIComponent(String(postgres.address.connection.host))}`,
        CLERK_PUBLISHABLE_KEY: sharedKey,
      };
      servers.push(...(await Promise.all([1, 2].map(() => startServer({ ...variables, ...shared })))));
    } else servers.push(await startServer(variables));
  } catch (error) {
    await stop();
    throw error;
  }
  let turn = 0;
  return {
    servers: servers as [ServerProcess, ...ServerProcess[]],
    next: () => servers[turn++ % servers.length] as ServerProcess,
    postgres,
    stop,
  };
}
