import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createBackendClient } from '../support/backend-client.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import { startServer } from '../support/server-process.ts';
import { percentile, seededRandom } from './support/campaign.ts';
import type { Campaign } from './support/campaign.ts';
import { speedOfMachine } from './support/speed-of-machine.ts';

/**
 * Two hundred people, each of whom does something every second: they read, write and sign in. None is told 5xx, and none waits for long. For every
 * change it is a quarter of them: a machine that is shared has no room for all. That is for the machine of security.md §5; a slower one, which its
 * hashes tell, is asked for as much less, and to answer as soon.
 */
export const campaign: Campaign = {
  name: 'load',
  row: 17,
  title: 'Load',
  unit: 'seconds',
  sizes: { ci: 15, full: 1_200 },
  isAlone: true,
  run: async ({ size, isFull, seed, count, figure }) => {
    const speed = await speedOfMachine(figure);
    const part = (isFull ? 1 : 1 / 4) * speed;
    const random = seededRandom(seed);
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
        return { browser, sessionId: response.created_session_id as string };
      };
      const seats: Awaited<ReturnType<typeof signIn>>[] = [];
      for (let person = 0; person < people; person++) seats.push(await signIn(person));
      const seatOf = (turn: number) => seats[turn % people] as (typeof seats)[number];

      const until = performance.now() + size * 1_000;
      const doings: Doing[] = [
        { name: 'reads', rate: 160, limit: 150, act: async (turn) => (await seatOf(turn).browser.call('GET', '/client')).status },
        {
          name: 'writes',
          rate: 30,
          limit: 300,
          act: async (turn) => {
            const { browser, sessionId } = seatOf(turn);
            const form = { unsafe_metadata: JSON.stringify({ note: sessionId, turn }) };
            return (await browser.call('PATCH', '/me', form, { sessionId })).status;
          },
        },
        { name: 'sign-ins', rate: 10, limit: 1_500, act: async (turn) => ((await signIn(turn % people)) ? 200 : 0) },
      ];
      await Promise.all(
        doings.map(async ({ name, rate, limit, act }) => {
          const durations = await keepDoing({ name, act, rate: rate * part, until, random });
          const p99 = percentile(durations, 0.99);
          count(name, durations.length);
          figure(`p99 of ${name}`, Math.round(p99), 'ms');
          // A machine with other work to do may be too slow for the rates.
          if (isFull) assert.ok(p99 <= limit, `p99 of ${name}: ${Math.round(p99)} ms`);
        }),
      );
    } finally {
      await server.stop();
    }
  },
};

interface Doing {
  name: string;
  /** How many a second. */
  rate: number;
  /** Milliseconds that 99 of 100 may take. */
  limit: number;
  /** Resolves to the status of the answer. */
  act: (turn: number) => Promise<number>;
}

/**
 * Does it at so many moments a second, which have no pattern, as those of people have none: nobody waits for the answer of somebody else.
 * @returns milliseconds of each, from its moment on
 */
async function keepDoing({ name, act, rate, until, random }: Omit<Doing, 'limit'> & { until: number; random: () => number }) {
  const durations: number[] = [];
  const running = new Set<Promise<void>>();
  let failure: unknown;
  const gap = () => (-Math.log(1 - random()) * 1_000) / rate;
  let moment = performance.now();
  for (let turn = 0; (moment += gap()) < until && failure === undefined; turn++) {
    await delay(Math.max(0, moment - performance.now()));
    const due = moment;
    const done = act(turn)
      .then((status) => {
        assert.equal(status, 200, name);
        durations.push(performance.now() - due);
      })
      .catch((error: unknown) => void (failure ??= error))
      .finally(() => running.delete(done));
    running.add(done);
  }
  await Promise.all(running);
  if (failure !== undefined) throw failure;
  return durations;
}

const people = 180;
const password = 'copper-lantern-meadow';
const addressOf = (person: number) => `person${person}@example.com`;
