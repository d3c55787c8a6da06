import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import type { SettingsFile } from '../../../demo/server/settings.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { appCode } from '../../support/authenticator-app.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer } from '../../support/frontend-client.ts';
import { refusal } from '../../support/second-factor-suite.ts';
import { addAuthenticator, addBackupCodes, withSecondFactors } from '../../support/second-factors.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';
import { addUser } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const code = '424242';
const required = [403, 'session_reverification_required'];

/** Somebody who has signed in a while ago, with or without an authenticator app. */
function createVisitors(api: TestApi, clock: { time: number }) {
  let count = 0;
  return async ({ hasApp = false, minutes = 0 } = {}) => {
    clock.time += 60_000;
    const emailAddress = `person-${++count}+clerk_test@example.com`;
    const user = await addUser(api, { emailAddress, password, username: `person_${count}` }, clock.time);
    const secret = hasApp ? await addAuthenticator(api, user.id) : '';
    const browser = await createFrontendClient(api);
    const first = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    const totp = () => {
      clock.time += 30_000;
      return { strategy: 'totp', code: appCode(secret, clock.time) };
    };
    const done = hasApp ? await browser.call('POST', `/client/sign_ins/${first.response.id}/attempt_second_factor`, totp()) : first;
    assert.equal(done.response.status, 'complete');
    const sessionId: string = done.response.created_session_id;
    clock.time += minutes * 60_000;
    const verify = (step: string, form: Record<string, string> = {}) =>
      browser.call('POST', `/client/sessions/${sessionId}/verify${step && `/${step}`}`, form);
    return {
      user,
      browser,
      sessionId,
      totp,
      verify,
      start: (level: string) => verify('', { level }),
      me: (method: string, path: string, form: Record<string, string> = {}) => browser.call(method, path, form, { sessionId }),
    };
  };
}

const ageOf = ({ client }: FrontendAnswer) => client.sessions[0].factor_verification_age;
const strategiesOf = (factors: { strategy: string }[] | null) => factors?.map(({ strategy }) => strategy);

describe('reverification', () => {
  let api: TestApi;
  const clock = { time: Date.now() };
  let visit: ReturnType<typeof createVisitors>;
  before(async () => {
    const instance: SettingsFile = {
      ...withSecondFactors,
      attributes: { ...withSecondFactors.attributes, username: { enabled: true } },
      reverification: true,
      users: [],
    };
    api = await startApi({ now: () => clock.time, instance });
    visit = createVisitors(api, clock);
  });
  after(() => api.stop());

  it('proves the password anew, and makes the first factor young again', async () => {
    const { start, verify, me } = await visit({ minutes: 42 });
    assert.deepEqual(ageOf(await me('GET', '/me')), [42, -1]);
    const { response } = await start('first_factor');
    assert.deepEqual([response.object, response.level, response.status], ['session_reverification', 'first_factor', 'needs_first_factor']);
    assert.deepEqual(strategiesOf(response.supported_first_factors), ['password', 'email_code']);
    assert.deepEqual(response.supported_second_factors, []);
    const wrong = await verify('attempt_first_factor', { strategy: 'password', password: 'not-the-password' });
    assert.deepEqual(refusal(wrong), [422, 'form_password_incorrect']);
    const done = await verify('attempt_first_factor', { strategy: 'password', password });
    assert.deepEqual([done.response.status, done.response.first_factor_verification.status], ['complete', 'verified']);
    assert.deepEqual(ageOf(done), [0, -1]);
    const [session] = done.client.sessions;
    assert.deepEqual(done.response.session.factor_verification_age, [0, -1]);
    assert.deepEqual(decodeJwt(session.last_active_token.jwt)['fva'], [0, -1]);
  });

  it('proves an address anew by a code, which has to be asked for', async () => {
    const { start, verify } = await visit({ minutes: 42 });
    await start('first_factor');
    const attempt = () => verify('attempt_first_factor', { strategy: 'email_code', code });
    assert.deepEqual(refusal(await attempt()), [400, 'verification_missing']);
    const prepared = await verify('prepare_first_factor', { strategy: 'email_code' });
    assert.deepEqual([prepared.status, prepared.response.first_factor_verification.status], [200, 'unverified']);
    assert.equal((await attempt()).response.status, 'complete');
    assert.deepEqual(refusal(await attempt()), [400, 'invalid_action_for_session_reverification']);
  });

  it('proves the second factor alone, or both in their order', async () => {
    const { start, verify, totp } = await visit({ hasApp: true, minutes: 42 });
    const second = await start('second_factor');
    assert.equal(second.response.status, 'needs_second_factor');
    const early = await verify('attempt_first_factor', { strategy: 'password', password });
    assert.deepEqual(refusal(early), [400, 'invalid_action_for_session_reverification']);
    const done = await verify('attempt_second_factor', totp());
    assert.deepEqual([done.response.status, done.response.second_factor_verification.strategy], ['complete', 'totp']);
    assert.deepEqual([ageOf(done)[0] >= 42, ageOf(done)[1]], [true, 0]);

    clock.time += 15 * 60_000;
    assert.equal((await start('multi_factor')).response.status, 'needs_first_factor');
    const half = await verify('attempt_first_factor', { strategy: 'password', password });
    assert.equal(half.response.status, 'needs_second_factor');
    const both = await verify('attempt_second_factor', totp());
    assert.deepEqual([both.response.status, ageOf(both)], ['complete', [0, 0]]);
  });

  it('falls back to the first factor for who has no second one', async () => {
    const { start } = await visit();
    for (const level of ['second_factor', 'multi_factor']) {
      const { response } = await start(level);
      assert.deepEqual([response.level, response.status], ['first_factor', 'needs_first_factor']);
    }
  });

  it('has a level, a beginning and a factor of the person’s own', async () => {
    const { verify, start } = await visit();
    assert.deepEqual(refusal(await verify('', {})), [422, 'form_param_missing']);
    assert.deepEqual(refusal(await start('third_factor')), [422, 'form_param_value_invalid']);
    const attempt = (strategy: string) => verify('attempt_first_factor', { strategy, password, code });
    assert.deepEqual(refusal(await attempt('password')), [400, 'session_reverification_missing']);
    await start('first_factor');
    assert.deepEqual(refusal(await attempt('pigeon')), [422, 'form_param_value_invalid']);
    assert.deepEqual(refusal(await attempt('totp')), [400, 'strategy_for_user_invalid']);
    assert.deepEqual(refusal(await attempt('reset_password_email_code')), [400, 'strategy_for_user_invalid']);
    const second = await verify('attempt_second_factor', { strategy: 'totp', code: '123456' });
    assert.deepEqual(refusal(second), [400, 'invalid_action_for_session_reverification']);
  });

  it('is for the browser whose session it is, while it lasts', async () => {
    const { sessionId, browser, start } = await visit();
    const stranger = await visit();
    const foreign = await stranger.browser.call('POST', `/client/sessions/${sessionId}/verify`, { level: 'first_factor' });
    assert.deepEqual(refusal(foreign), [404, 'resource_not_found']);
    await start('first_factor');
    await browser.call('POST', `/client/sessions/${sessionId}/end`);
    assert.deepEqual(refusal(await start('first_factor')), [401, 'authentication_invalid']);
  });

  it('is too late after an hour', async () => {
    const { start, verify } = await visit();
    await start('first_factor');
    clock.time += 3600_000;
    const answer = await verify('attempt_first_factor', { strategy: 'password', password });
    assert.deepEqual(refusal(answer), [400, 'session_reverification_missing']);
  });

  it('takes one code once, however often it comes at the same time', async () => {
    const { start, verify, totp, user } = await visit({ hasApp: true });
    await addBackupCodes(api, user.id, ['spare-code-1']);
    for (const form of [totp(), { strategy: 'backup_code', code: 'spare-code-1' }]) {
      await start('second_factor');
      const answers = await Promise.all(Array.from({ length: 32 }, () => verify('attempt_second_factor', form)));
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      await start('second_factor');
      assert.deepEqual(refusal(await verify('attempt_second_factor', form)).slice(0, 1), [form.strategy === 'totp' ? 422 : 400]);
    }
  });

  it('counts failures for the lockout, which one factor of two does not forget', async () => {
    const { start, verify, totp, user } = await visit({ hasApp: true });
    const failures = async () =>
      (await api.database.selectFrom('users').select('failed_attempts').where('id', '=', user.id).executeTakeFirstOrThrow())
        .failed_attempts;
    await start('multi_factor');
    for (let index = 0; index < 2; index++) await verify('attempt_first_factor', { strategy: 'password', password: 'wrong-password' });
    await verify('attempt_first_factor', { strategy: 'password', password });
    assert.equal(await failures(), 2);
    await verify('attempt_second_factor', { strategy: 'totp', code: '1234567' });
    assert.equal(await failures(), 3);
    assert.equal((await verify('attempt_second_factor', totp())).status, 200);
    assert.equal(await failures(), 0);
    await start('first_factor');
    for (let index = 0; index < 9; index++) await verify('attempt_first_factor', { strategy: 'password', password: 'wrong-password' });
    const last = await verify('attempt_first_factor', { strategy: 'password', password: 'wrong-password' });
    assert.deepEqual(last.codes, ['form_password_incorrect', 'account_lockout_warning']);
    assert.deepEqual(refusal(await verify('attempt_first_factor', { strategy: 'password', password })), [403, 'user_locked']);
  });

  const sensitive: [name: string, act: (visitor: Awaited<ReturnType<typeof visit>>) => Promise<FrontendAnswer>][] = [
    ['a new username', ({ me, user }) => me('PATCH', '/me', { username: `${user.username}_new` })],
    ['another primary address', ({ me, user }) => me('PATCH', '/me', { primary_email_address_id: user.primary_email_address_id ?? '' })],
    ['an authenticator app', ({ me }) => me('POST', '/me/totp')],
    ['the end of another session', ({ me, sessionId }) => me('POST', `/me/sessions/${sessionId}/revoke`)],
    ['the end of the account', ({ me }) => me('DELETE', '/me')],
  ];
  for (const [name, act] of sensitive) {
    it(`is asked for by ${name}, ten minutes after the first factor`, async () => {
      const late = await visit({ minutes: 10 });
      assert.deepEqual(refusal(await act(late)), required);
      await late.start('first_factor');
      await late.verify('attempt_first_factor', { strategy: 'password', password });
      assert.equal((await act(late)).status, 200);
      assert.equal((await act(await visit({ minutes: 9 }))).status, 200);
    });
  }

  it('is asked of the second factor where there is one', async () => {
    const visitor = await visit({ hasApp: true, minutes: 10 });
    const { start, verify, me, totp } = visitor;
    for (const [method, path] of [
      ['POST', '/me/backup_codes'],
      ['DELETE', '/me/totp'],
    ] as const) {
      clock.time += 600_000;
      assert.deepEqual(refusal(await me(method, path)), required, path);
      await start('first_factor');
      await verify('attempt_first_factor', { strategy: 'password', password });
      assert.deepEqual(refusal(await me(method, path)), required, 'the password is not enough');
      await start('second_factor');
      await verify('attempt_second_factor', totp());
      assert.equal((await me(method, path)).status, 200, path);
    }
  });

  it('is not asked for right after an app was set up', async () => {
    const { me } = await visit();
    const { secret } = (await me('POST', '/me/totp')).response;
    const verified = await me('POST', '/me/totp/attempt_verification', { code: appCode(secret, clock.time) });
    assert.deepEqual(ageOf(verified), [0, 0]);
    assert.equal((await me('POST', '/me/backup_codes')).status, 200);
  });

  it('is not asked for by names and metadata', async () => {
    const { me } = await visit({ minutes: 60 });
    assert.equal((await me('PATCH', '/me', { unsafe_metadata: '{"a":1}' })).status, 200);
    assert.equal((await me('PATCH', '/me/metadata', { unsafe_metadata: '{"a":2}' })).status, 200);
  });

  it('is what backends see in the token', async () => {
    const { start, verify, me } = await visit({ minutes: 42 });
    const clerk = createOfficialBackend(api);
    const hasStrict = async (answer: FrontendAnswer) => {
      const authorization = `Bearer ${answer.client.sessions[0].last_active_token.jwt}`;
      // The clock of this server is ahead.
      const options = { proxyUrl: api.url, clockSkewInMs: 365 * 24 * 3600_000 };
      const state = await clerk.authenticateRequest(new Request(`${api.url}/page`, { headers: { authorization } }), options);
      return state.toAuth()?.has({ reverification: 'strict' });
    };
    assert.equal(await hasStrict(await me('GET', '/me')), false);
    await start('first_factor');
    assert.equal(await hasStrict(await verify('attempt_first_factor', { strategy: 'password', password })), true);
  });
});

describe('an instance without reverification', () => {
  it('never asks for it, but lets one do it', async () => {
    const clock = { time: Date.now() };
    const api = await startApi({ now: () => clock.time, instance: { ...withSecondFactors, attributes: { username: { enabled: true } } } });
    try {
      const { me, start, verify } = await createVisitors(api, clock)({ minutes: 600 });
      assert.equal((await me('PATCH', '/me', { username: 'somebody_else' })).status, 200);
      await start('first_factor');
      assert.equal((await verify('attempt_first_factor', { strategy: 'password', password })).response.status, 'complete');
      assert.equal((await me('DELETE', '/me')).status, 200);
    } finally {
      await api.stop();
    }
  });
});
