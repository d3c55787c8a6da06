/** 64 people type a code at the same time: one gets in, and three wrong ones are judged (security.md §5, row 9; C3). */
import assert from 'node:assert/strict';
import { createBackendClient } from '../support/backend-client.ts';
import type { FrontendAnswer } from '../support/frontend-client.ts';
import { seededRandom } from './support/campaign.ts';
import type { Campaign } from './support/campaign.ts';
import { atOnce, countTurnedAway, createBrowserAt, createPerson, tally } from './support/people.ts';
import { openStage } from './support/stage.ts';
import type { OpenStage } from './support/stage.ts';

const together = 64;
/** Of every `+clerk_test` address in test mode. */
const rightCode = '424242';

interface Race {
  /** Types a code at one of the servers. */
  type(turn: number, code: string): Promise<FrontendAnswer>;
  /** Sessions that came of it. */
  countSessions(): Promise<number>;
}

async function openSignIn({ servers }: OpenStage, emailAddress: string): Promise<Race> {
  const userId = await createPerson(servers[0], emailAddress);
  const browsers = await createBrowserAt(servers);
  const { response } = await browsers[0]!.call('POST', '/client/sign_ins', { identifier: emailAddress, strategy: 'email_code' });
  const path = `/client/sign_ins/${response.id}/attempt_first_factor`;
  return {
    type: (turn, code) => browsers[turn % browsers.length]!.call('POST', path, { strategy: 'email_code', code }),
    countSessions: async () => (await createBackendClient(servers[0])('GET', `/sessions?user_id=${userId}`)).body.length as number,
  };
}

async function openSignUp({ servers }: OpenStage, emailAddress: string): Promise<Race> {
  const browsers = await createBrowserAt(servers);
  const form = { email_address: emailAddress, password: 'violet-harbour-lantern' };
  const { response } = await browsers[0]!.call('POST', '/client/sign_ups', form);
  const path = `/client/sign_ups/${response.id}`;
  await browsers[0]!.call('POST', `${path}/prepare_verification`, { strategy: 'email_code' });
  const backend = createBackendClient(servers[0]);
  return {
    type: (turn, code) => browsers[turn % browsers.length]!.call('POST', `${path}/attempt_verification`, { strategy: 'email_code', code }),
    countSessions: async () => {
      const users = (await backend('GET', `/users?email_address=${encodeURIComponent(emailAddress)}`)).body as { id: string }[];
      assert.ok(users.length <= 1, `${users.length} users of one address`);
      return users[0] ? ((await backend('GET', `/sessions?user_id=${users[0].id}`)).body.length as number) : 0;
    },
  };
}

export const campaign: Campaign = {
  name: 'code-race',
  row: 9,
  title: 'One-time code race',
  unit: 'rounds',
  sizes: { ci: 10, full: 500 },
  stages: ['own', 'two-processes'],
  run: async ({ size, isFull, seed, stage, count }) => {
    const random = seededRandom(seed);
    const opened = await openStage(stage);
    try {
      for (let round = 0; round < size; round++) {
        // All right, all wrong, and anything between.
        const share = [1, 0, random()][round % 3]!;
        const codes = Array.from({ length: together }, () =>
          random() < share ? rightCode : String(100_000 + Math.floor(random() * 300_000)),
        );
        const kind = round % 2 ? 'sign-up' : 'sign-in';
        const emailAddress = `racer-${round}+clerk_test@example.com`;
        const race = await (kind === 'sign-up' ? openSignUp : openSignIn)(opened, emailAddress);
        const answers = await atOnce(together, (turn) => race.type(turn, codes[turn] ?? ''));

        const what = `round ${round}, ${kind}, ${codes.filter((code) => code === rightCode).length} right of ${together}: ${JSON.stringify(tally(answers))}`;
        const inside = answers.filter(({ status }) => status === 200).length;
        const judgedWrong = answers.filter(({ codes: refusal }) => refusal.includes('form_code_incorrect')).length;
        assert.ok(
          answers.every(({ status }) => status < 500 || status === 503),
          what,
        );
        assert.ok(inside <= 1 && judgedWrong + inside <= 3, what);
        const turnedAway = countTurnedAway(answers, { isFull });
        if (turnedAway) count('turned away', turnedAway);
        if (share === 1 && !turnedAway) assert.deepEqual([inside, judgedWrong], [1, 0], what);
        if (share === 0 && !turnedAway) assert.deepEqual([inside, judgedWrong], [0, 3], what);
        const sessions = await race.countSessions();
        assert.ok(sessions === inside || (turnedAway && sessions === 1), what);
        count('codes typed', together);
        count('let in', inside);
        count('judged wrong', judgedWrong);
      }
    } finally {
      await opened.stop();
    }
  },
};
