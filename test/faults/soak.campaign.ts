import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SettingsFile } from '../../demo/server/settings.ts';
import { signingSecret } from '../support/webhook-receiver.ts';
import { percentile, seededRandom } from './support/campaign.ts';
import type { Campaign } from './support/campaign.ts';
import { ownAddress } from './support/recovery.ts';
import { startSoakServer } from './support/soak-process.ts';
import type { SoakProcess } from './support/soak-process.ts';
import { judgeSamples, takeSample } from './support/soak-samples.ts';
import type { Sample } from './support/soak-samples.ts';
import { prepareTraffic } from './support/soak-traffic.ts';

/**
 * Fifty requests a second for two hours, with people who sign in, out and up or just leave, webhooks, and a new signing key every ten
 * minutes. The server's clock runs a thousand times as fast, so that 83 days pass, in which everything expires that can. Memory, descriptors,
 * timers and rows must not grow in the last hour.
 */
export const campaign: Campaign = {
  name: 'soak',
  row: 18,
  title: 'Soak',
  unit: 'minutes',
  sizes: { full: 120 },
  run: async ({ size, seed, count, figure }) => {
    const counts: Record<string, number> = {};
    const counted: typeof count = (what, number = 1) => {
      counts[what] = (counts[what] ?? 0) + number;
      count(what, number);
    };
    const folder = await mkdtemp(join(tmpdir(), 'clerk-lit-soak-'));
    const receiver = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    let server: SoakProcess | undefined;
    const end = new AbortController();
    try {
      const instance = JSON.parse(await readFile(new URL('../../demo/instance.json', import.meta.url), 'utf8')) as SettingsFile;
      const hooks = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
      server = await startSoakServer({
        folder: join(folder, 'data'),
        instance: { ...instance, webhooks: [{ url: hooks }] },
        webhookSigningSecrets: signingSecret(),
        pace,
      });
      const durations: number[] = [];
      const traffic = await prepareTraffic({
        server,
        rate: 50,
        people: 150,
        random: seededRandom(seed),
        count: counted,
        note: (duration) => void durations.push(Math.round(duration)),
      });
      let isOver = false;
      const running = traffic.run(end.signal).finally(() => (isOver = true));
      running.catch(() => undefined);
      const samples: Sample[] = [];
      const start = performance.now();
      for (let minute = 1; minute <= size && !isOver; minute++) {
        await Promise.race([running, delay(Math.max(0, start + minute * 60_000 - performance.now()))]);
        samples.push(await takeSample(server, ownAddress(join(folder, 'data'))));
        if (minute % 10 === 0) {
          await server.rotate();
          count('key rotations');
        }
      }
      end.abort();
      await running;
      figure('p50', percentile(durations, 0.5), 'ms');
      figure('p99', percentile(durations, 0.99), 'ms');
      judgeSamples(samples, figure);
      assert.equal(counts['answers 503'] ?? 0, 0, `${counts['answers 503']} of ${counts['requests']} answers were 503.`);
      assert.doesNotMatch(server.log(), /"level":"error"/, server.log());
    } finally {
      end.abort();
      await server?.stop();
      receiver.closeAllConnections();
      receiver.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Sessions are forgotten a month after their week: that is the first of the two hours. */
const pace = 1_000;
