import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createBackendClient } from '../support/backend-client.ts';
import { seededRandom } from './support/campaign.ts';
import type { Campaign } from './support/campaign.ts';
import { addConfirmed, checkConfirmed, nothingConfirmed, writeUntilGone } from './support/confirmed-writes.ts';
import { checkNoHalfRecords } from './support/half-records.ts';
import { addressOf, untilHealthy } from './support/recovery.ts';
import { openStage } from './support/stage.ts';

/** Kills PostgreSQL (`kill -9`) again and again under load. The API goes on as the same process, and nothing that was answered is lost. */
export const campaign: Campaign = {
  name: 'kill-postgres',
  row: 13,
  title: '`kill -9` of PostgreSQL under load',
  unit: 'rounds',
  sizes: { full: 100 },
  run: async ({ size, seed, count, figure }) => {
    const random = seededRandom(seed);
    const open = await openStage('own');
    const [server] = open.servers;
    const pid = server.pid();
    try {
      const confirmed = nothingConfirmed();
      let slowest = 0;
      for (let round = 0; round < size; round++) {
        const news = nothingConfirmed();
        const end = new AbortController();
        let isOver = false;
        const work = Promise.all(
          Array.from({ length: 16 }, (_item, writer) =>
            writeUntilGone({ server, name: `round${round}-${writer}`, confirmed: news, signal: end.signal }),
          ),
        );
        work.catch(() => undefined).finally(() => (isOver = true));
        const until = async (users: number) => {
          while (news.users.size < users && !isOver) await delay(2);
        };
        await until(5 + Math.floor(random() * 30));
        const former = await server.postgresPid();
        process.kill(former, 'SIGKILL');
        const start = performance.now();
        await untilHealthy([server], { former, pid: () => server.postgresPid() });
        slowest = Math.max(slowest, performance.now() - start);
        await until(news.users.size + 10);
        end.abort();
        await work;
        await checkConfirmed(createBackendClient(server), news);
        await checkNoHalfRecords(addressOf(open));
        addConfirmed(confirmed, news);
        count('users confirmed', news.users.size + news.deleted.size);
      }
      await checkConfirmed(createBackendClient(server), confirmed);
      assert.equal(server.pid(), pid, 'the API was not started again');
      figure('slowest recovery', Math.round(slowest), 'ms');
      assert.ok(slowest <= 5_000, `It took ${Math.round(slowest)} ms.`);
    } finally {
      await open.stop();
    }
  },
};
