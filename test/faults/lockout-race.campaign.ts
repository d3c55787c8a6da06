/** A hundred guesses at the same time: ten are judged; and as many requests of one address as its limit says (security.md §5, row 10; C4). */
import assert from 'node:assert/strict';
import type { FrontendAnswer, FrontendClient } from '../support/frontend-client.ts';
import { seededRandom } from './support/campaign.ts';
import type { Campaign } from './support/campaign.ts';
import { atOnce, countTurnedAway, createBrowserAt, createPerson, tally } from './support/people.ts';
import { openStage } from './support/stage.ts';

const together = 100;
const password = 'violet-harbour-lantern';
/** The hosted service's numbers, in windows so long that no round is in two of them. */
const window = 86_400;
const limits = { create_sign_in: { requests: 5, window }, create_sign_up: { requests: 5, window }, attempt: { requests: 3, window } };

const today = () => Math.floor(Date.now() / (window * 1000));

/** Ways to write one address. */
const spellings = (emailAddress: string) => [
  emailAddress,
  emailAddress.toUpperCase(),
  ` ${emailAddress}\n`,
  emailAddress.replace('@', '＠'),
  emailAddress.replace('g', 'ｇ'),
];

const requests = [
  { limit: limits.create_sign_in.requests, path: '/client/sign_ins', form: { identifier: 'nobody@example.com' } },
  { limit: limits.create_sign_up.requests, path: '/client/sign_ups', form: { first_name: '' } },
  { limit: limits.attempt.requests, path: '/client/sign_ins/sia_none/attempt_first_factor', form: { strategy: 'password', password } },
] as const;

export const campaign: Campaign = {
  name: 'lockout-race',
  row: 10,
  title: 'Lockout and rate race',
  unit: 'rounds',
  sizes: { ci: 5, full: 100 },
  stages: ['own', 'two-processes'],
  run: async ({ size, isFull, seed, stage, count }) => {
    const random = seededRandom(seed);
    // Addresses are made up by a header, which counts as from a proxy.
    const opened = await openStage(stage, { instance: { rate_limits: limits, trusted_proxies: ['127.0.0.1'] } });
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    try {
      const visitors: FrontendClient[][] = [];
      // A few at a time: the race comes later.
      while (visitors.length < together) visitors.push(...(await atOnce(5, () => createBrowserAt(opened.servers))));
      const at = (turn: number): FrontendClient => visitors[turn]![turn % opened.servers.length]!;

      for (let round = 0; round < size; round++) {
        const emailAddress = `guess-${round}@example.com`;
        await createPerson(opened.servers[0], emailAddress, { password });
        const written = spellings(emailAddress);
        const guesses = await atOnce(together, (turn) => {
          const form = { identifier: written[Math.floor(random() * written.length)] ?? '', password: `wrong-guess-${turn}` };
          return at(turn).call('POST', '/client/sign_ins', form, from(`10.${round}.${turn}.1`));
        });
        const what = `round ${round}: ${JSON.stringify(tally(guesses))}`;
        const judged = guesses.filter(({ codes }) => codes.includes('form_password_incorrect')).length;
        const locked = guesses.filter(({ codes }) => codes.includes('user_locked')).length;
        const turnedAway = countTurnedAway(guesses, { isFull });
        assert.ok(judged <= 10 && judged + locked + turnedAway === together, what);
        if (turnedAway) count('turned away', turnedAway);
        else {
          assert.equal(judged, 10, what);
          const form = { identifier: emailAddress, password };
          const late = await at(0).call('POST', '/client/sign_ins', form, from(`10.${round}.200.2`));
          assert.deepEqual(late.codes, ['user_locked'], 'the right password after the lock');
        }

        for (const [kind, { limit, path, form: asked }] of requests.entries()) {
          // Neighbours in one network of 64 bits, or one address of the older kind.
          const isSix = random() < 0.5;
          const addressOf = (turn: number) =>
            isSix ? `2001:db8:${round.toString(16)}:${kind}::${turn.toString(16)}` : `11.${round}.${kind}.7`;
          const day = today();
          const answers: FrontendAnswer[] = await atOnce(together, (turn) => at(turn).call('POST', path, asked, from(addressOf(turn))));
          // Midnight begins another window.
          if (today() !== day) continue;
          const late = countTurnedAway(answers, { isFull });
          const passed = answers.filter(({ status }) => status !== 429 && status !== 503).length;
          assert.ok(
            passed <= limit && passed + late >= limit,
            `round ${round}, ${path} from ${addressOf(1)}: ${JSON.stringify(tally(answers))}`,
          );
          for (const { status, headers } of answers) assert.ok(status !== 429 || Number(headers.get('retry-after')) >= 1);
          count('requests over a limit refused', together - passed - late);
        }
        count('guesses', together);
        count('guesses judged', judged);
      }
    } finally {
      await opened.stop();
    }
  },
};
