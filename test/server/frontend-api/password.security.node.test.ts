/** The password of the signed-in user: changed and taken away (dossier part 2, §4.1; security.md, C4 and C6). */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { refusal } from '../../support/second-factor-suite.ts';
import { addUser, mailedCodes } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const another = 'another-marble-lantern';

describe('C6: the password of the signed-in user', () => {
  let api: TestApi;
  let time = Date.now();
  let count = 0;
  let browser: FrontendClient;
  let emailAddress: string;
  let sessionId: string;
  before(async () => {
    const instance = { attributes: { password: { required: false } }, reverification: true };
    api = await startApi({ now: () => time, instance });
  });
  after(() => api.stop());

  const signIn = async (secret: string) => {
    const other = await createFrontendClient(api);
    const answer = await other.call('POST', '/client/sign_ins', { identifier: emailAddress, password: secret });
    return { other, answer, sessionId: answer.response?.created_session_id as string };
  };
  const prepare = async (secret: string | undefined) => {
    emailAddress = `owner-${++count}@example.com`;
    await addUser(api, { emailAddress, ...(secret && { password: secret }) }, time);
    if (secret) ({ other: browser, sessionId } = await signIn(secret));
  };
  const call = (action: 'change' | 'remove', form: Record<string, string>) =>
    browser.call('POST', `/me/${action}_password`, form, { sessionId });
  const change = (form: Record<string, string> = {}) => call('change', { current_password: password, new_password: another, ...form });
  const parameter = ({ errors }: Awaited<ReturnType<typeof change>>) => errors[0]?.meta?.param_name;

  beforeEach(() => prepare(password));

  it('is changed by whoever knows it; other sessions go on', async () => {
    const elsewhere = await signIn(password);
    const { status, response } = await change();
    assert.deepEqual([status, response.object, response.password_enabled], [200, 'user', true]);
    assert.ok(response.password_last_updated_at >= time - 1000);
    assert.deepEqual(refusal((await signIn(password)).answer), [422, 'form_password_incorrect']);
    assert.equal((await signIn(another)).answer.status, 200);
    assert.equal((await elsewhere.other.call('GET', '/me', {}, { sessionId: elsewhere.sessionId })).status, 200);
  });

  it('ends every other session where that is asked for', async () => {
    const elsewhere = await signIn(password);
    assert.equal((await change({ sign_out_of_other_sessions: 'true' })).status, 200);
    assert.equal((await elsewhere.other.call('GET', '/me', {}, { sessionId: elsewhere.sessionId })).status, 401);
    assert.equal((await browser.call('GET', '/me', {}, { sessionId })).status, 200);
  });

  it('voids what was on its way to a new one', async () => {
    const other = await createFrontendClient(api);
    const { response } = await other.call('POST', '/client/sign_ins', { identifier: emailAddress, strategy: 'reset_password_email_code' });
    const [code = ''] = await mailedCodes(api, emailAddress);
    assert.equal((await change()).status, 200);
    const attempt = { strategy: 'reset_password_email_code', code, password: 'lantern-of-a-stranger' };
    const answer = await other.call('POST', `/client/sign_ins/${response.id}/attempt_first_factor`, attempt);
    assert.notEqual(answer.status, 200);
    assert.equal((await signIn(another)).answer.status, 200);
  });

  const refused: [what: string, form: Record<string, string>, expected: [string, string]][] = [
    ['a wrong one', { current_password: 'wrong' }, ['form_password_incorrect', 'current_password']],
    ['none', { current_password: '' }, ['form_param_nil', 'current_password']],
    ['no new one', { new_password: '' }, ['form_param_nil', 'new_password']],
    ['the same one again', { new_password: password }, ['form_new_password_matches_current', 'new_password']],
    ['one that is too short', { new_password: 'short' }, ['form_password_length_too_short', 'new_password']],
    ['one that everybody has', { new_password: 'password123' }, ['form_password_pwned', 'new_password']],
  ];
  for (const [what, form, expected] of refused) {
    it(`is not changed by ${what}`, async () => {
      const answer = await change(form);
      assert.deepEqual([answer.status, answer.codes[0], parameter(answer)], [422, ...expected]);
      assert.equal((await signIn(password)).answer.status, 200);
    });
  }

  it('cannot be guessed in an open session: failures count as those of sign-ins do', async () => {
    for (let tries = 0; tries < 9; tries++) assert.equal((await change({ current_password: 'wrong' })).codes[0], 'form_password_incorrect');
    assert.deepEqual(refusal(await change({ current_password: 'wrong' })), [422, 'form_password_incorrect', 'account_lockout_warning']);
    assert.deepEqual(refusal(await change()), [403, 'user_locked']);
    assert.deepEqual(refusal(await call('remove', { current_password: password })), [403, 'user_locked']);
    assert.deepEqual(refusal((await signIn(password)).answer), [403, 'user_locked']);
  });

  it('is changed once by one current password, however many ask at the same time', async () => {
    const wanted = Array.from({ length: 6 }, (_, index) => `marble-lantern-${index}`);
    const answers = await Promise.all(wanted.map((new_password) => change({ new_password })));
    const right = wanted.filter((_, index) => answers[index]?.status === 200);
    assert.equal(right.length, 1);
    assert.ok(answers.every(({ status, codes }) => status === 200 || codes[0] === 'form_password_incorrect'));
    assert.equal((await signIn(right[0]!)).answer.status, 200);
  });

  it('is not changed by whoever finds a session that was proved long ago', async () => {
    time += 11 * 60_000;
    assert.deepEqual(refusal(await change()), [403, 'session_reverification_required']);
    assert.deepEqual(refusal(await call('change', { new_password: another })), [403, 'session_reverification_required']);
    assert.deepEqual(refusal(await call('remove', { current_password: password })), [403, 'session_reverification_required']);
  });

  it('is changed without the current one by whoever has just proved who they are', async () => {
    assert.equal((await call('change', { new_password: another })).status, 200);
    assert.equal((await signIn(another)).answer.status, 200);
  });

  it('is taken away by whoever knows it, and set anew without one', async () => {
    assert.deepEqual(refusal(await call('remove', { current_password: 'wrong' })), [422, 'form_password_incorrect']);
    const removed = await call('remove', { current_password: password });
    assert.deepEqual([removed.status, removed.response.password_enabled], [200, false]);
    assert.deepEqual(refusal(await call('remove', { current_password: password })), [400, 'no_password_set']);
    assert.notEqual((await signIn(password)).answer.status, 200);
    assert.equal((await call('change', { new_password: another })).status, 200);
    assert.equal((await signIn(another)).answer.status, 200);
  });
});

describe('C6: a password that accounts need, without reverification', () => {
  it('is not taken away, and not changed without it', async () => {
    const api = await startApi();
    try {
      await addUser(api, { emailAddress: 'needed@example.com', password });
      const browser = await createFrontendClient(api);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: 'needed@example.com', password });
      const options = { sessionId: response.created_session_id as string };
      const answer = await browser.call('POST', '/me/remove_password', { current_password: password }, options);
      assert.deepEqual(refusal(answer), [400, 'password_required']);
      const changed = await browser.call('POST', '/me/change_password', { new_password: another }, options);
      assert.deepEqual(refusal(changed), [422, 'form_param_missing']);
    } finally {
      await api.stop();
    }
  });
});
