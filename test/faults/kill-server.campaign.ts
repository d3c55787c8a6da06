import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createBackendClient } from '../support/backend-client.ts';
import type { ServerProcess } from '../support/server-process.ts';
import type { Campaign, CampaignContext } from './support/campaign.ts';
import { seededRandom } from './support/campaign.ts';
import { addConfirmed, checkConfirmed, nothingConfirmed, writeUntilGone } from './support/confirmed-writes.ts';
import type { Confirmed } from './support/confirmed-writes.ts';
import { checkNoHalfRecords } from './support/half-records.ts';
import { firstBoot, midMigration, openCuts } from './support/cut-starts.ts';
import type { Cuts } from './support/cut-starts.ts';
import { addressOf, untilHealthy, untilListening } from './support/recovery.ts';
import { openStage } from './support/stage.ts';
import type { OpenStage } from './support/stage.ts';

/**
 * Kills the API, its database or both (`kill -9`) while several writers are at it, in the first start of all, and in the middle of migrations.
 * Whatever was answered must be there afterwards, nothing may be there by half, and nobody helps the server up.
 */
export const campaign: Campaign = {
  name: 'kill-server',
  row: 12,
  title: '`kill -9` during mixed writes, first starts and migrations',
  unit: 'rounds',
  sizes: { ci: 10, full: 500 },
  stages: ['own', 'two-processes'],
  run: async (context) => {
    const { size, seed, stage, count } = context;
    const random = seededRandom(seed);
    const open = await openStage(stage);
    let cuts: Cuts | undefined;
    try {
      cuts = await openCuts(open);
      const confirmed = nothingConfirmed();
      const slowest = { start: 0 };
      for (let round = 0; round < size; round++) {
        const kind = kinds[round % kinds.length] ?? 'API';
        const name = `round ${round} (${kind}, seed ${seed})`;
        const started = await inRound(name, async () => {
          if (kind === 'first boot') return firstBoot({ cuts: cuts as Cuts, random, count });
          if (kind === 'mid-migration') return midMigration({ cuts: cuts as Cuts, random, count });
          return killDuringWrites({ open, kind, round, random, confirmed, count });
        });
        count(`kills: ${kind}`);
        slowest.start = Math.max(slowest.start, started);
      }
      for (const server of open.servers) await checkConfirmed(createBackendClient(server), confirmed);
      judgeStart(slowest.start, context);
    } finally {
      await cuts?.close();
      await open.stop();
    }
  },
};

/** Ten rounds; a tenth are first starts, and a tenth migrations. */
const kinds = ['API', 'database', 'both', 'API', 'first boot', 'database', 'both', 'API', 'mid-migration', 'both'] as const;
type Kill = 'API' | 'database' | 'both';

const writersPerServer = 4;

interface Round extends Pick<CampaignContext, 'count'> {
  open: OpenStage;
  kind: Kill;
  round: number;
  random: () => number;
  confirmed: Confirmed;
}

/** Milliseconds that the server took to be there again. */
async function killDuringWrites({ open, kind, round, random, confirmed, count }: Round): Promise<number> {
  const { servers } = open;
  const victim = servers[Math.floor(random() * servers.length)] ?? servers[0];
  const news = nothingConfirmed();
  const end = new AbortController();
  const writers = servers.flatMap((server, index) =>
    Array.from({ length: writersPerServer }, (_item, writer) =>
      writeUntilGone({ server, name: `round${round}-${index}-${writer}`, confirmed: news, signal: end.signal }),
    ),
  );
  let isOver = false;
  const failed = Promise.all(writers).finally(() => (isOver = true));
  failed.catch(() => undefined);
  const until = async (users: number) => {
    while (news.users.size < users) {
      if (isOver) throw new Error('The writers have ended.');
      await Promise.race([failed, delay(1)]);
    }
  };
  // In the middle of it, at another point in each round.
  await until(3 + Math.floor(random() * 20));
  await delay(random() * 20);

  const back = kind === 'database' ? await killDatabase(open) : await killApi(open, victim, kind === 'both');
  // Where a server has lived on, its writers have too.
  if (kind !== 'both' && (kind === 'database' || servers.length > 1)) await until(news.users.size + 5);
  end.abort();
  await failed;
  await checkConfirmed(createBackendClient(open.next()), news);
  await checkNoHalfRecords(addressOf(open));
  addConfirmed(confirmed, news);
  count('users confirmed', news.users.size + news.deleted.size);
  return back;
}

async function killDatabase(open: OpenStage): Promise<number> {
  const former = await postgresPid(open);
  process.kill(former, 'SIGKILL');
  return timed(() => untilHealthy(open.servers, { former, pid: () => postgresPid(open) }));
}

async function killApi(open: OpenStage, victim: ServerProcess, withDatabase: boolean): Promise<number> {
  if (withDatabase) process.kill(await postgresPid(open), 'SIGKILL');
  await victim.kill();
  // A database elsewhere is somebody else's to start; as soon as it is there, even if not ready, the API waits for it.
  if (open.postgres) await untilListening(open.postgres.address);
  const duration = await timed(() => victim.start());
  await untilHealthy(open.servers);
  return duration;
}

/** Milliseconds. */
async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const postgresPid = async ({ postgres, servers }: OpenStage) => (postgres ? (postgres.pid ?? NaN) : servers[0].postgresPid());

async function inRound<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`In ${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Milliseconds that a start may take (security.md §5). */
const longestStart = 5_000;

function judgeStart(slowest: number, { isFull, figure }: Pick<CampaignContext, 'isFull' | 'figure'>): void {
  figure('slowest start', Math.round(slowest), 'ms');
  assert.ok(slowest <= (isFull ? 1 : 10) * longestStart, `A start took ${Math.round(slowest)} ms.`);
}
