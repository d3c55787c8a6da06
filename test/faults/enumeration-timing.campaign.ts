/** In strict mode the time of an answer does not tell who exists (security.md §5, row 21; C5). Wants a machine that does nothing else. */
import assert from 'node:assert/strict';
import { createFrontendClient } from '../support/frontend-client.ts';
import type { FrontendClient } from '../support/frontend-client.ts';
import { percentile, seededRandom } from './support/campaign.ts';
import type { Campaign } from './support/campaign.ts';
import { createPerson } from './support/people.ts';
import { openStage } from './support/stage.ts';

/** C5: how far apart the medians may be, and what a classifier may learn from one answer. */
const allowed = { milliseconds: 5, part: 0.1, advantage: 0.05 };
/** Pairs before the first that counts: code is compiled and caches are filled meanwhile. */
const warmUp = 50;
const password = 'violet-harbour-lantern';

/** What an attacker asks about an address; resolves with the answer. */
const questions: [what: string, ask: (browser: FrontendClient, emailAddress: string) => Promise<{ status: number }>][] = [
  ['who is asked for', (browser, identifier) => browser.call('POST', '/client/sign_ins', { identifier })],
  ['a wrong password', (browser, identifier) => browser.call('POST', '/client/sign_ins', { identifier, password: 'wrong-guess-of-me' })],
  ['a code', (browser, identifier) => browser.call('POST', '/client/sign_ins', { identifier, strategy: 'email_code' })],
  ['a sign-up', (browser, email_address) => browser.call('POST', '/client/sign_ups', { email_address, password })],
];

/** The chance that somebody who compares two answers names the one of the person who exists; 0.5 is a guess. */
function areaUnderCurve(known: readonly number[], unknown: readonly number[]): number {
  const all = [...known.map((time) => ({ time, isKnown: true })), ...unknown.map((time) => ({ time, isKnown: false }))].sort(
    (a, b) => a.time - b.time,
  );
  // The Mann–Whitney statistic; times of a high resolution hardly ever tie.
  const ranks = all.reduce((sum, { isKnown }, index) => sum + (isKnown ? index + 1 : 0), 0);
  return (ranks - (known.length * (known.length + 1)) / 2) / (known.length * unknown.length);
}

export const campaign: Campaign = {
  name: 'enumeration-timing',
  row: 21,
  title: 'Enumeration timing in strict mode',
  unit: 'pairs',
  sizes: { full: 4_000 },
  isAlone: true,
  run: async ({ size, seed, count, figure }) => {
    const random = seededRandom(seed);
    const opened = await openStage('own', { instance: { enumeration_protection: true, lockout: { max_attempts: 1000 } } });
    try {
      const [server] = opened.servers;
      const found: string[] = [];
      for (const [question, [what, ask]] of questions.entries()) {
        const times = { known: [] as number[], unknown: [] as number[] };
        for (let pair = -warmUp; pair < Math.ceil(size / questions.length); pair++) {
          const name = `${question}-${pair + warmUp}@example.com`;
          await createPerson(server, `known-${name}`, { password });
          const browsers = await Promise.all([createFrontendClient(server), createFrontendClient(server)]);
          const order = random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
          for (const [turn, who] of order.entries()) {
            const began = performance.now();
            const { status } = await ask(browsers[turn]!, `${who}-${name}`);
            const taken = performance.now() - began;
            assert.ok(status === 200 || status === 422, `${what} ${who}: ${status}`);
            if (pair >= 0) times[who].push(taken);
          }
          if (pair >= 0) count('pairs');
        }
        const [known, unknown] = [percentile(times.known, 0.5), percentile(times.unknown, 0.5)];
        const area = areaUnderCurve(times.known, times.unknown);
        figure(`${what}: median of who exists`, Math.round(known * 100) / 100, 'ms');
        figure(`${what}: median of nobody`, Math.round(unknown * 100) / 100, 'ms');
        figure(`${what}: area under the curve`, Math.round(area * 1000) / 1000);
        const limit = Math.max(allowed.milliseconds, allowed.part * Math.max(known, unknown));
        if (Math.abs(known - unknown) > limit || Math.abs(area - 0.5) > allowed.advantage)
          found.push(`${what}: ${known.toFixed(2)} ms and ${unknown.toFixed(2)} ms, area ${area.toFixed(3)}`);
      }
      assert.deepEqual(found, [], `what tells who exists, seed ${seed}`);
    } finally {
      await opened.stop();
    }
  },
};
