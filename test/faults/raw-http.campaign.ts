import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import type { Campaign, CampaignContext } from './support/campaign.ts';
import { seededRandom } from './support/campaign.ts';
import { rawCase } from './support/raw-requests.ts';
import type { RawCase } from './support/raw-requests.ts';

/** Connections at the same time. */
const together = 16;

/** Bytes on the sockets of both ports. Each is refused, answered, or cut off; nothing fails, and no connection is left. */
export const campaign: Campaign = {
  name: 'raw-http',
  row: 5,
  title: 'Raw HTTP',
  unit: 'connections',
  sizes: { ci: 300, full: 10_000 },
  run: async ({ size, seed, count }) => {
    const random = seededRandom(seed);
    const api = await startApi();
    try {
      await (await fetch(`${api.url}/v1/health`, { headers: { connection: 'close' } })).text();
      const before = openSockets();
      for (let start = 0; start < size; start += together) {
        const cases = Array.from({ length: Math.min(together, size - start) }, (_item, index) => {
          const raw = rawCase(random, start + index);
          return {
            index: start + index,
            raw,
            port: random() < 0.7 ? api.url : api.backendUrl,
            isRude: random() < 0.15,
            pieces: random() < 0.2,
          };
        });
        await Promise.all(cases.map((one) => attack(api, one, { seed, count })));
      }
      await untilClosed(before);
      const answer = await fetch(`${api.url}/v1/health`);
      assert.equal(answer.status, 200, await answer.text());
    } finally {
      await api.stop();
    }
  },
};

interface Attack {
  index: number;
  raw: RawCase;
  port: string;
  /** Breaks the connection off once all is sent. */
  isRude: boolean;
  /** Sends byte after byte. */
  pieces: boolean;
}

async function attack(
  api: TestApi,
  { index, raw, port, isRude, pieces }: Attack,
  { seed, count }: Pick<CampaignContext, 'seed' | 'count'>,
): Promise<void> {
  const label = `case ${index} of seed ${seed}, ${raw.kind}: ${JSON.stringify(raw.bytes.toString('latin1').slice(0, 600))}`;
  const { hostname, port: number } = new URL(port);
  const socket = connect(Number(number), hostname);
  // A server that has had enough may reset.
  socket.on('error', () => undefined);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const closed = once(socket, 'close');
  socket.setNoDelay();
  if (pieces) for (let at = 0; at < Math.min(raw.bytes.length, 64); at++) socket.write(raw.bytes.subarray(at, at + 1));
  const rest = raw.bytes.subarray(pieces ? 64 : 0);
  if (isRude) socket.write(rest, () => socket.destroy());
  else socket.end(rest);
  await closed;
  const text = Buffer.concat(chunks).toString('latin1');
  const statuses = [...text.matchAll(/(?:^|(?<=[\r\n}>]))HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  assert.ok(!text || statuses.length, `${label}: ${text.slice(0, 200)}`);
  for (const status of statuses) {
    assert.ok(status < 500, `${label}: ${text.slice(0, 1000)}`);
    count(`answers ${status}`);
  }
  if (!statuses.length) count('closed without an answer');
  // Whoever has gone may have made something fail all the same.
  const failure = api.log.find((line) => /"status":5|"level":"error"/.test(line));
  assert.equal(failure, undefined, `${label}, or one beside it: ${failure}`);
  api.log.length = 0;
}

/** Of this process, in which the server runs too. */
const openSockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

/** Milliseconds: longer than a connection may be kept for nothing. */
const patience = 30_000;

async function untilClosed(before: number): Promise<void> {
  const deadline = performance.now() + patience;
  while (openSockets() > before) {
    assert.ok(performance.now() < deadline, `${openSockets() - before} connections are left.`);
    await delay(10);
  }
}
