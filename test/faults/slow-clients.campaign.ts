import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createFrontendClients } from '../support/frontend-client.ts';
import { startServer } from '../support/server-process.ts';
import { percentile } from './support/campaign.ts';
import type { Campaign } from './support/campaign.ts';
import { speedOfMachine } from './support/speed-of-machine.ts';

/**
 * Five hundred connections that send a byte a second, and two hundred with bodies that never end, come back as soon as they are thrown out.
 * Fifty people beside them, who ask four times a second, notice nothing, and each of the slow ones is gone in time. A machine that is slower than
 * that of security.md §5 has as many people fewer, and as many slow connections.
 */
export const campaign: Campaign = {
  name: 'slow-clients',
  row: 16,
  title: 'Slow clients',
  unit: 'seconds',
  sizes: { ci: 20, full: 600 },
  isAlone: true,
  run: async ({ size, isFull, count, figure }) => {
    const speed = await speedOfMachine(figure);
    const server = await startServer({ LOG_LEVEL: 'error' });
    const end = new AbortController();
    const { signal } = end;
    try {
      const people = await createFrontendClients(server, Math.ceil(50 * speed));
      const lives: number[] = [];
      const slow = async (head: string, piece: string, pause: number) => {
        while (!signal.aborted) {
          lives.push(await dawdle({ url: server.url, head, piece, pause }));
          count('slow connections thrown out');
        }
      };
      const host = new URL(server.url).host;
      const post = `POST /v1/client/sign_ins HTTP/1.1\r\nhost: ${host}\r\norigin: ${server.url}\r\ncontent-type: application/x-www-form-urlencoded\r\n`;
      const crowd = [
        ...Array.from({ length: 500 }, () => slow(`GET /v1/client HTTP/1.1\r\nhost: ${host}\r\nx: `, 'a', 1_000)),
        // Half of them by the byte, half as fast as a body may come.
        ...Array.from({ length: 100 }, () => slow(`${post}content-length: 60000\r\n\r\n`, 'a', 1_000)),
        ...Array.from({ length: 100 }, () => slow(`${post}transfer-encoding: chunked\r\n\r\n`, `400\r\n${'a'.repeat(1_024)}\r\n`, 50)),
      ];
      const durations: number[] = [];
      const normal = async (person: (typeof people)[number]) => {
        while (!signal.aborted) {
          const start = performance.now();
          const { status } = await person.call('GET', '/client');
          durations.push(performance.now() - start);
          assert.equal(status, 200);
          count('requests of people');
          await delay(250);
        }
      };
      const busy = Promise.all(people.map(normal));
      await Promise.race([busy, delay(size * 1_000)]);
      end.abort();
      await busy;
      await Promise.all(crowd);
      const p99 = percentile(durations, 0.99);
      const longest = Math.max(...lives);
      figure('p99 of people', Math.round(p99), 'ms');
      figure('longest life of a slow one', Math.round(longest / 1_000), 's');
      assert.ok(p99 < (isFull ? 1 : 10) * 200, `p99 of people: ${Math.round(p99)} ms`);
      assert.ok(longest <= (isFull ? 1 : 2) * 30_000, `A slow connection lived ${Math.round(longest)} ms.`);
    } finally {
      end.abort();
      await server.stop();
    }
  },
};

interface Dawdler {
  url: string;
  head: string;
  /** Sent again and again. */
  piece: string;
  /** Milliseconds between two. */
  pause: number;
}

/** Sends the head, and then pieces until the server ends the connection. Milliseconds that it has lived. */
async function dawdle({ url, head, piece, pause }: Dawdler): Promise<number> {
  const { hostname, port } = new URL(url);
  const start = performance.now();
  const socket = connect(Number(port), hostname);
  // It may be told so by a reset, which is no news here.
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(head);
  const timer = setInterval(() => socket.write(piece), pause);
  // What it is told does not interest it.
  socket.resume();
  await closed;
  clearInterval(timer);
  return performance.now() - start;
}
