import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import autocannon from 'autocannon';
import { createPasswordHasher } from '../../demo/server/domain/password.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import { startServer } from '../support/server-process.ts';
import { percentile } from './support/campaign.ts';
import type { Campaign } from './support/campaign.ts';

/**
 * Two hundred clients read, write and sign in, at the rates of a busy site; none is told 5xx, and none waits for long. For every change it is a
 * quarter of them: a machine that is shared has no room for all. The rates are those of the machine of security.md §5; a slower one, which its
 * hashes tell, is asked for as much less, and to answer as soon.
 */
export const campaign: Campaign = {
  name: 'load',
  row: 17,
  title: 'Load',
  unit: 'seconds',
  sizes: { ci: 15, full: 1_200 },
  isAlone: true,
  run: async ({ size, isFull, count, figure }) => {
    const hashes = await hashesPerSecond();
    const speed = Math.min(1, hashes / usualHashesPerSecond);
    figure('hashes a second', Math.round(hashes));
    const server = await startServer({ LOG_LEVEL: 'error' });
    try {
      const call = createBackendClient(server);
      for (let person = 0; person < people; person++) {
        const { status } = await call('POST', '/users', { body: { email_address: [addressOf(person)], password } });
        assert.equal(status, 200);
      }
      const signIn = async (person: number) => {
        const browser = await createFrontendClient(server);
        const { status, response, codes } = await browser.call('POST', '/client/sign_ins', { identifier: addressOf(person), password });
        assert.equal(status, 200, codes.join());
        return { devBrowser: browser.devBrowser, sessionId: response.created_session_id as string };
      };
      const seats: Seat[] = [];
      for (let person = 0; person < people; person++) seats.push(await signIn(person));

      const send = async (connections: number, rate: number, requestOf: (seat: Seat) => autocannon.Request) => {
        let connection = 0;
        return autocannon({
          url: server.url,
          connections,
          overallRate: rate,
          duration: size,
          setupClient: (client) => client.setRequests([requestOf(seats[connection++ % people] as Seat)]),
        });
      };
      const query = ({ devBrowser, sessionId }: Seat, more = '') =>
        `?__clerk_api_version=2025-11-10&__clerk_db_jwt=${devBrowser}&_clerk_session_id=${sessionId}${more}`;
      const part = isFull ? 1 : 1 / 4;
      const reads = send(140 * part, Math.ceil(400 * part * speed), (seat) => ({
        method: 'GET',
        path: `/v1/client${query(seat)}`,
        headers: { origin: server.url },
      }));
      const writes = send(40 * part, Math.ceil(80 * part * speed), (seat) => ({
        method: 'POST',
        path: `/v1/me${query(seat, '&_method=PATCH')}`,
        headers: { origin: server.url, 'content-type': 'application/x-www-form-urlencoded' },
        body: `unsafe_metadata=${encodeURIComponent(JSON.stringify({ note: seat.sessionId }))}`,
      }));
      const arrivals = 20 * part;
      const signIns: number[] = [];
      const over = performance.now() + size * 1_000;
      const come = async (first: number) => {
        for (let turn = first; performance.now() < over; turn += arrivals) {
          const start = performance.now();
          await signIn(turn % people);
          signIns.push(performance.now() - start);
          await delay(Math.max(0, start + 1_000 / speed - performance.now()));
        }
      };
      const [read, written] = await Promise.all([reads, writes, ...Array.from({ length: arrivals }, (_item, index) => come(index))]);

      for (const [name, { latency, errors, timeouts, non2xx, ...result }, limit] of [
        ['reads', read as autocannon.Result, 150],
        ['writes', written as autocannon.Result, 300],
      ] as const) {
        count(name, result['2xx']);
        figure(`p99 of ${name}`, latency.p99, 'ms');
        assert.equal(non2xx, 0, `${name}: ${JSON.stringify(result.statusCodeStats)}`);
        // A machine with other work to do may be too slow for the rates.
        if (isFull) assert.deepEqual([errors, timeouts], [0, 0], `${name} without an answer`);
        if (isFull) assert.ok(latency.p99 <= limit, `p99 of ${name}: ${latency.p99} ms`);
      }
      count('sign-ins', signIns.length);
      const p99 = percentile(signIns, 0.99);
      figure('p99 of sign-ins', Math.round(p99), 'ms');
      if (isFull) assert.ok(p99 <= 1_500, `p99 of sign-ins: ${Math.round(p99)} ms`);
    } finally {
      await server.stop();
    }
  },
};

interface Seat {
  devBrowser: string;
  sessionId: string;
}

/** By nothing else, of the machine of security.md §5. */
const usualHashesPerSecond = 185;

/** How many passwords this machine hashes if it has nothing else to do. */
async function hashesPerSecond(): Promise<number> {
  const hasher = createPasswordHasher();
  const seconds = 3;
  const end = performance.now() + seconds * 1_000;
  let hashed = 0;
  const hashOn = async () => {
    for (; performance.now() < end; hashed++) await hasher.hash(password);
  };
  await Promise.all([1, 2, 3, 4].map(hashOn));
  return hashed / seconds;
}

const people = 180;
const password = 'copper-lantern-meadow';
const addressOf = (person: number) => `person${person}@example.com`;
