import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createLog } from '../../demo/server/log.ts';
import { startOwnPostgres } from '../../demo/server/store/own-postgres.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { startDatabaseProxy } from '../support/database-proxy.ts';
import type { DatabaseProxy, Line } from '../support/database-proxy.ts';
import { startServer } from '../support/server-process.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { seededRandom } from './support/campaign.ts';
import type { Campaign, CampaignContext } from './support/campaign.ts';
import { addConfirmed, checkConfirmed, nothingConfirmed, writeUntilGone } from './support/confirmed-writes.ts';
import { checkNoHalfRecords } from './support/half-records.ts';
import { untilHealthy } from './support/recovery.ts';

/**
 * The line between the API and its database fails in four ways while people read and write: nobody listens, packets vanish, every answer is
 * five seconds late, or it comes and goes. Everybody is answered in time, with what they asked for or with 503, and as soon as the database is
 * back all is well.
 */
export const campaign: Campaign = {
  name: 'database-unreachable',
  row: 15,
  title: 'Database unreachable',
  unit: 'rounds',
  sizes: { ci: 3, full: 60 },
  isAlone: true,
  run: async ({ size, seed, isFull, count, figure }) => {
    const random = seededRandom(seed);
    const postgres = await startOwnPostgres({ folder: 'temporary', log: createLog('silent') });
    const proxy = await startDatabaseProxy(postgres.address);
    let server: ServerProcess | undefined;
    try {
      server = await startServer({ DATABASE_URL: proxy.url, LOG_LEVEL: 'error' });
      const confirmed = nothingConfirmed();
      const slowest = { refusal: 0, recovery: 0 };
      for (let round = 0; round < size; round++) {
        const fault = faults[round % faults.length] ?? 'refused';
        try {
          const { refusal, recovery } = await disturb({ proxy, server, fault, round, random, confirmed, count });
          slowest.refusal = Math.max(slowest.refusal, refusal);
          slowest.recovery = Math.max(slowest.recovery, recovery);
        } catch (error) {
          throw new Error(`In round ${round} (${fault}, seed ${seed}): ${String(error)}`, { cause: error });
        }
        count(`faults: ${fault}`);
      }
      await checkConfirmed(createBackendClient(server), confirmed);
      await checkNoHalfRecords(postgres.address);
      figure('slowest 503', Math.round(slowest.refusal), 'ms');
      figure('slowest recovery', Math.round(slowest.recovery), 'ms');
      const generosity = isFull ? 1 : 10;
      assert.ok(slowest.refusal <= generosity * longestRefusal, `A request waited ${slowest.refusal} ms for its 503.`);
      assert.ok(slowest.recovery <= generosity * longestRecovery, `It took ${slowest.recovery} ms until all was well.`);
      assert.doesNotMatch(server.output(), /"level":"error"/);
    } finally {
      await server?.stop();
      await proxy.stop();
      await postgres.stop();
    }
  },
};

type Fault = Exclude<Line, 'up' | 'starting'> | 'flapping';
const faults: readonly Fault[] = ['silent', 'refused', 'flapping', 'slow'];
/** Milliseconds (security.md §5). */
const longestRefusal = 3_000;
const longestRecovery = 5_000;
const readers = 12;
const writers = 3;

interface Round extends Pick<CampaignContext, 'count'> {
  proxy: DatabaseProxy;
  server: ServerProcess;
  fault: Fault;
  round: number;
  random: () => number;
  confirmed: ReturnType<typeof nothingConfirmed>;
}

/** Milliseconds of the slowest refusal; and until everybody had got what they asked for, and nobody was refused any more. */
async function disturb({ proxy, server, fault, round, random, confirmed, count }: Round) {
  const end = new AbortController();
  const { signal } = end;
  const news = Array.from({ length: writers }, nothingConfirmed);
  const reads = Array.from({ length: readers }, () => 0);
  let slowest = 0;
  let lastRefusal = -Infinity;
  const onRefusal = () => void (lastRefusal = performance.now());
  const read = async (reader: number) => {
    const call = createBackendClient(server);
    while (!signal.aborted) {
      const start = performance.now();
      const { status } = await call('GET', '/users?limit=5');
      assert.ok([200, 503].includes(status), `GET /users: ${status}`);
      count(`answers ${status}`);
      if (status === 200) reads[reader]!++;
      else {
        onRefusal();
        slowest = Math.max(slowest, lastRefusal - start);
      }
    }
  };
  const work = Promise.all([
    ...reads.map((_count, reader) => read(reader)),
    ...news.map((confirmed, writer) => writeUntilGone({ server, name: `round${round}-${writer}`, confirmed, signal, onRefusal })),
  ]);
  let isOver = false;
  work.catch(() => undefined).finally(() => (isOver = true));
  /** How much each of them has got so far. */
  const answers = () => [...reads, ...news.map(({ writes }) => writes)];
  try {
    await delay(200 + random() * 300);
    if (fault === 'flapping') await flap(proxy, random);
    else {
      await proxy.put(fault);
      await delay(3_000 + random() * 3_000);
    }
    await proxy.put('up');
    const start = performance.now();
    const before = answers();
    await untilHealthy([server]);
    // Health is one thing; that everybody gets what they ask for is another, and that it stays so.
    const untilEachHas = async (more: number) => {
      while (!answers().every((got, one) => got >= before[one]! + more) && !isOver) await delay(5);
    };
    await untilEachHas(1);
    const served = performance.now();
    await untilEachHas(3);
    return { refusal: slowest, recovery: Math.max(served, lastRefusal) - start };
  } finally {
    await proxy.put('up');
    end.abort();
    await work;
    for (const more of news) {
      addConfirmed(confirmed, more);
      count('users confirmed', more.users.size + more.deleted.size);
    }
  }
}

async function flap(proxy: DatabaseProxy, random: () => number): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    await proxy.put(random() < 0.5 ? 'refused' : 'silent');
    await delay(random() * 600);
    await proxy.put('up');
    await delay(random() * 300);
  }
}
