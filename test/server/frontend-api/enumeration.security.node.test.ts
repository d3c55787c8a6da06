/** Where an instance must not tell who exists, somebody and nobody get the same answers (security.md, C5; dossier part 2, §2.7). */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer } from '../../support/frontend-client.ts';
import { addUser, mailedCodes } from '../../support/users.ts';

const password = 'violet-harbour-lantern';

let api: TestApi;
let time = Date.now();
let count = 0;
let known = '';
let unknown = '';

before(async () => {
  api = await startApi({
    now: () => time,
    instance: { enumeration_protection: true, attributes: { email_address: { enabled: true }, username: { enabled: true } } },
  });
});
after(() => api.stop());
beforeEach(async () => {
  count++;
  known = `known-${count}@example.com`;
  unknown = `guess-${count}@example.com`;
  await addUser(api, { emailAddress: known.toUpperCase(), username: `known_${count}`, first_name: 'Ann', password }, time);
});

/** What two answers have in common when their subjects do: ids, times and identifiers are replaced. */
const shape = ({ status, body, headers }: FrontendAnswer) => {
  const text = JSON.stringify(body)
    .replace(/(sia|sua|idn|client)_[0-9A-Za-z]{27}/g, '$1_…')
    .replace(/(known|guess)([-_]\d+)/g, 'person$2')
    .replace(/[kg]\*+@/g, 'p***@')
    .replace(/"(clerk_trace_id)":"[0-9a-f]{32}"/g, '"$1":"…"');
  const names = [...headers].filter(([name]) => !['date', 'x-clerk-trace-id', 'clerk-db-jwt', 'content-length'].includes(name));
  return { status, body: JSON.parse(text) as unknown, names };
};

/** The same calls for both; every answer must be alike. */
const compare = async (
  story: (call: (path: string, form: Record<string, string>) => Promise<FrontendAnswer>, who: string) => Promise<void>,
  one = known,
  other = unknown,
) => {
  const tell = async (who: string) => {
    const browser = await createFrontendClient(api);
    const answers: FrontendAnswer[] = [];
    await story(async (path, form) => {
      const answer = await browser.call('POST', path, form);
      answers.push(answer);
      return answer;
    }, who);
    return answers;
  };
  const first = await tell(one);
  assert.deepEqual((await tell(other)).map(shape), first.map(shape));
  return first;
};

describe('C5: strict mode', () => {
  it('answers alike to identifiers, and lists the same factors', async () => {
    const [answer] = await compare(async (call, identifier) => void (await call('/client/sign_ins', { identifier })));
    assert.equal(answer?.response.status, 'needs_first_factor');
    assert.equal(answer?.response.user_data, null);
    assert.deepEqual(
      answer?.response.supported_first_factors.map((factor: { strategy: string }) => factor.strategy),
      ['password', 'email_code', 'reset_password_email_code'],
    );
  });

  it('lists the same for who has no password or has not proved the address', async () => {
    await addUser(api, { emailAddress: `known-9${count}@example.com`, verifiedBy: null }, time);
    await compare(
      async (call, identifier) => void (await call('/client/sign_ins', { identifier })),
      `known-9${count}@example.com`,
      `guess-9${count}@example.com`,
    );
  });

  it('answers alike to usernames', async () => {
    const [answer] = await compare(
      async (call, identifier) => void (await call('/client/sign_ins', { identifier })),
      `known_${count}`,
      `guess_${count}`,
    );
    assert.deepEqual(answer?.response.supported_first_factors, [{ strategy: 'password', primary: null }]);
  });

  it('answers alike to wrong passwords, up to the lock and beyond', async () => {
    const answers = await compare(async (call, identifier) => {
      for (let index = 0; index < 12; index++) await call('/client/sign_ins', { identifier, password: `wrong-${index}` });
      await call('/client/sign_ins', { identifier });
    });
    assert.deepEqual(answers[0]?.codes, ['form_password_or_identifier_incorrect']);
    assert.deepEqual(answers[9]?.codes, ['form_password_or_identifier_incorrect', 'account_lockout_warning']);
    assert.deepEqual(answers[10]?.codes, ['user_locked']);
    assert.deepEqual(answers[12]?.codes, ['user_locked']);
    time += 3600_000;
    await compare(async (call, identifier) => void (await call('/client/sign_ins', { identifier, password: 'wrong' })));
  });

  it('answers alike when codes are asked for and guessed, and mails nobody', async () => {
    for (const strategy of ['email_code', 'reset_password_email_code']) {
      const answers = await compare(async (call, identifier) => {
        const created = await call('/client/sign_ins', { identifier });
        const path = `/client/sign_ins/${created.response.id}`;
        const [, { email_address_id }] = created.response.supported_first_factors;
        await call(`${path}/prepare_first_factor`, { strategy, email_address_id });
        await call(`${path}/prepare_first_factor`, { strategy, email_address_id });
        for (let index = 0; index < 4; index++)
          await call(`${path}/attempt_first_factor`, { strategy, code: '1234567', password: 'orchard-lantern-river' });
      });
      assert.deepEqual(
        answers.map(({ codes }) => codes[0]),
        [
          undefined,
          undefined,
          'verification_code_too_many_requests',
          'form_code_incorrect',
          'form_code_incorrect',
          'form_code_incorrect',
          'verification_failed',
        ],
      );
    }
    await mailedCodes(api, known.toUpperCase().replace('EXAMPLE.COM', 'example.com'), 2);
    assert.ok((await api.mails()).every(({ recipient }) => recipient.toLowerCase() !== unknown));
  });

  it('lets those in who are right', async () => {
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: known, strategy: 'email_code' });
    const [code = ''] = await mailedCodes(api, known.toUpperCase().replace('EXAMPLE.COM', 'example.com'));
    const answer = await browser.call('POST', `/client/sign_ins/${response.id}/attempt_first_factor`, { strategy: 'email_code', code });
    assert.equal(answer.response.status, 'complete');
    assert.equal(answer.response.user_data.first_name, 'Ann');
    const other = await createFrontendClient(api);
    assert.equal((await other.call('POST', '/client/sign_ins', { identifier: known, password })).response.status, 'complete');
  });

  it('tells a banned user only after the proof', async () => {
    await api.database.updateTable('users').set({ banned: true }).where('username', '=', `known_${count}`).execute();
    await compare(async (call, identifier) => void (await call('/client/sign_ins', { identifier, password: 'wrong' })));
    const browser = await createFrontendClient(api);
    assert.deepEqual((await browser.call('POST', '/client/sign_ins', { identifier: known, password })).codes, ['user_banned']);
  });

  it('answers alike at sign-up, and sends no code to a taken address', async () => {
    await compare(async (call, email_address) => {
      const created = await call('/client/sign_ups', { email_address, password });
      const path = `/client/sign_ups/${created.response.id}`;
      await call(`${path}/prepare_verification`, { strategy: 'email_code' });
      for (let index = 0; index < 4; index++) await call(`${path}/attempt_verification`, { strategy: 'email_code', code: '1234567' });
      time += 30_000;
      await call(`${path}/prepare_verification`, { strategy: 'email_code' });
      time -= 30_000;
    });
    await mailedCodes(api, unknown, 2);
    assert.ok((await api.mails()).every(({ recipient }) => recipient.toLowerCase() !== known));
  });
});
