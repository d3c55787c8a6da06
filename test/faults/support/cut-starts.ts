/** First starts and migrations that are cut off, on databases of their own beside those of a stage. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createLog } from '../../../demo/server/log.ts';
import { createConnection } from '../../../demo/server/store/database.ts';
import type { DatabaseAddress } from '../../../demo/server/store/database.ts';
import { migrate, readMigrations } from '../../../demo/server/store/migrate.ts';
import { startOwnPostgres } from '../../../demo/server/store/own-postgres.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { firstRelease } from '../../support/first-release.ts';
import { startServer } from '../../support/server-process.ts';
import type { CampaignContext } from './campaign.ts';
import { checkNoHalfRecords } from './half-records.ts';
import { interruptStart } from './interrupted-start.ts';
import { ownAddress } from './recovery.ts';
import type { OpenStage } from './stage.ts';

/** A database that nobody uses yet. */
interface Place {
  environment: Record<string, string>;
  address: DatabaseAddress;
  remove(): Promise<void>;
}

export interface Cuts {
  /** Empty, or as the first release has left it. */
  create(content: 'empty' | 'first release'): Promise<Place>;
  /** How many servers use it at once. */
  servers: number;
  /** Milliseconds of a first start that nobody disturbs. */
  firstStart: number;
  close(): Promise<void>;
}

/** Migrations of the first release. */
const former = 2;
const publishableKey = `pk_test_${Buffer.from('clerk.localhost:4000$').toString('base64').replace(/=+$/, '')}`;
const log = createLog('silent');

export async function openCuts({ postgres }: Pick<OpenStage, 'postgres'>): Promise<Cuts> {
  const base = await mkdtemp(join(tmpdir(), 'clerk-lit-cuts-'));
  const createPlace = postgres ? await placesIn(postgres.address) : await placesBelow(base);
  let number = 0;
  const create: Cuts['create'] = (content) => createPlace(`cut_${number++}`, content);
  const place = await create('empty');
  const start = performance.now();
  const server = await startServer(place.environment);
  const firstStart = performance.now() - start;
  await server.stop();
  await place.remove();
  return { create, servers: postgres ? 2 : 1, firstStart, close: () => rm(base, { recursive: true, force: true }) };
}

/** Each a folder; one of the first release is a copy. */
async function placesBelow(base: string) {
  const template = join(base, 'first-release');
  const postgres = await startOwnPostgres({ folder: template, log });
  await fill(postgres.address);
  await postgres.stop();
  return async (name: string, content: 'empty' | 'first release'): Promise<Place> => {
    const folder = join(base, name);
    // With owners, which Node's own copy forgets.
    if (content === 'first release') await promisify(execFile)('cp', ['-a', template, folder]);
    return {
      environment: { DATA_DIR: folder },
      address: ownAddress(folder),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  };
}

/** Each a database on one PostgreSQL. */
async function placesIn(address: DatabaseAddress) {
  const host = String(address.connection.host);
  return async (name: string, content: 'empty' | 'first release'): Promise<Place> => {
    await ask(address, `create database ${name}`);
    const own = { ...address, connection: { ...address.connection, database: name } };
    if (content === 'first release') await fill(own);
    return {
      environment: {
        DATABASE_URL: `postgres://postgres@/${name}?host=${encodeURIComponent(host)}`,
        CLERK_PUBLISHABLE_KEY: publishableKey,
      },
      address: own,
      remove: async () => void (await ask(address, `drop database ${name} with (force)`)),
    };
  };
}

async function fill(address: DatabaseAddress): Promise<void> {
  const connection = createConnection(address);
  await connection.connect();
  await migrate(connection, (await readMigrations()).slice(0, former));
  await connection.query(firstRelease);
  await connection.end();
}

async function ask<Row extends object>(address: DatabaseAddress, question: string): Promise<Row[]> {
  const connection = createConnection(address);
  connection.on('error', () => undefined);
  await connection.connect();
  try {
    return (await connection.query<Row>(question)).rows;
  } finally {
    await connection.end();
  }
}

interface Cut extends Pick<CampaignContext, 'count'> {
  cuts: Cuts;
  random: () => number;
}

/** Milliseconds that the start after the cut took. */
export async function firstBoot({ cuts, random, count }: Cut): Promise<number> {
  const place = await cuts.create('empty');
  const starts = Array.from({ length: cuts.servers }, () =>
    interruptStart({
      environment: place.environment,
      moment: delay(random() * 1.1 * cuts.firstStart),
      withChildren: random() < 0.5,
    }),
  );
  for (const wasReady of await Promise.all(starts)) count(wasReady ? 'first starts cut when ready' : 'first starts cut');
  return startAfter(place, cuts, async (call) => {
    assert.equal((await call('GET', '/users/count')).body.total_count, 1, 'the demo person is there once');
  });
}

/** Milliseconds that the start after the cut took. */
export async function midMigration({ cuts, random, count }: Cut): Promise<number> {
  const place = await cuts.create('first release');
  const all = (await readMigrations()).length;
  const wanted = former + Math.floor(random() * (all - former));
  const moment = untilMigrated(place.address, wanted).then(() => delay(random() * 5));
  moment.catch(() => undefined);
  await Promise.all(
    Array.from({ length: cuts.servers }, () => interruptStart({ environment: place.environment, moment, withChildren: random() < 0.5 })),
  );
  return startAfter(place, cuts, async (call) => {
    const { status, body } = await call('GET', '/users/user_ann');
    assert.equal(status, 200, 'whom the first release knew');
    assert.deepEqual(body.private_metadata, { stripeId: '12356' });
    const rows = await ask<{ number: number }>(place.address, 'select number from schema_migrations');
    assert.equal(rows.length, all, 'all migrations, once');
    count('migrations cut');
  });
}

/** Looks as often as it can: migrations take milliseconds. */
async function untilMigrated(address: DatabaseAddress, number: number): Promise<void> {
  for (;;) {
    const connection = createConnection(address);
    connection.on('error', () => undefined);
    try {
      await connection.connect();
      for (;;) {
        const { rows } = await connection.query<{ count: number }>('select count(*)::integer as count from schema_migrations');
        if ((rows[0]?.count ?? 0) >= number) return;
      }
    } catch {
      // Not there yet, or not yet again.
      await delay(2);
    } finally {
      await connection.end().catch(() => undefined);
    }
  }
}

/** Starts all servers as if nothing had been, looks, and leaves nothing behind. */
async function startAfter(
  place: Place,
  cuts: Cuts,
  look: (call: ReturnType<typeof createBackendClient>) => Promise<void>,
): Promise<number> {
  const start = performance.now();
  const servers = await Promise.all(Array.from({ length: cuts.servers }, () => startServer(place.environment)));
  const duration = performance.now() - start;
  try {
    assert.equal(new Set(servers.map(({ secretKey }) => secretKey)).size, 1, 'one secret key');
    for (const server of servers) await look(createBackendClient(server));
    await checkNoHalfRecords(place.address);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await place.remove();
  }
  return duration;
}
