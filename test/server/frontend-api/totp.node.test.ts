import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { appCode } from '../../support/authenticator-app.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { textOfRows } from '../../support/rows-text.ts';
import { refusal } from '../../support/second-factor-suite.ts';
import { withSecondFactors } from '../../support/second-factors.ts';
import { addUser } from '../../support/users.ts';

const password = 'violet-harbour-lantern';

describe('second factors of the signed-in user', () => {
  let api: TestApi;
  let time = Math.floor(Date.now() / 30_000) * 30_000;
  let count = 0;
  let browser: FrontendClient;
  let emailAddress: string;
  let userId: string;
  let sessionId: string;
  before(async () => {
    api = await startApi({
      now: () => time,
      instance: {
        ...withSecondFactors,
        application_name: 'Tea & Co.',
        session_token: { claims: { mfa: '{{user.two_factor_enabled}}' } },
      },
    });
  });
  after(() => api.stop());
  beforeEach(async () => {
    emailAddress = `owner-${++count}@example.com`;
    userId = (await addUser(api, { emailAddress, password }, time)).id;
    browser = await createFrontendClient(api);
    sessionId = (await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password })).response.created_session_id;
    // A later time than that of the user, so that changes show.
    time += 30_000;
  });

  const call = (method: string, path: string, form: Record<string, string> = {}) => browser.call(method, path, form, { sessionId });
  const create = () => call('POST', '/me/totp');
  const verify = (code: string) => call('POST', '/me/totp/attempt_verification', { code });
  const enable = async () => {
    const { secret } = (await create()).response;
    const answer = await verify(appCode(secret, time));
    assert.equal(answer.status, 200);
    return { secret, answer };
  };
  const me = async () => (await call('GET', '/me')).response;
  const passwordAlone = async () => {
    const other = await createFrontendClient(api);
    return { other, ...(await other.call('POST', '/client/sign_ins', { identifier: emailAddress, password })) };
  };

  describe('POST /me/totp', () => {
    it('shows the secret this once, and changes nothing yet', async () => {
      const { status, response, client } = await create();
      assert.equal(status, 200);
      assert.match(response.secret, /^[A-Z2-7]{32}$/);
      const uri = new URL(response.uri);
      assert.deepEqual([uri.searchParams.get('issuer'), uri.searchParams.get('secret')], ['Tea & Co.', response.secret]);
      assert.equal(decodeURIComponent(uri.pathname), `/Tea & Co.:${emailAddress}`);
      assert.deepEqual([response.object, response.verified, response.backup_codes], ['totp', false, null]);
      assert.deepEqual([client.sessions[0].user.totp_enabled, client.sessions[0].user.two_factor_enabled], [false, false]);
      assert.equal((await passwordAlone()).response.status, 'complete');
    });

    it('replaces a secret that was never verified', async () => {
      const first = (await create()).response.secret;
      const second = (await create()).response.secret;
      assert.notEqual(first, second);
      assert.deepEqual(refusal(await verify(appCode(first, time))), [422, 'form_code_incorrect']);
      assert.equal((await verify(appCode(second, time))).status, 200);
    });

    it('refuses a second app', async () => {
      await enable();
      assert.deepEqual(refusal(await create()), [400, 'totp_already_enabled']);
      assert.deepEqual(refusal(await verify(appCode('GEZDGNBVGY3TQOJQ', time))), [400, 'verification_already_verified']);
    });

    it('keeps the secret sealed, and out of the log', async () => {
      const { secret } = (await create()).response;
      const row = await api.database.selectFrom('authenticators').selectAll().where('user_id', '=', userId).executeTakeFirstOrThrow();
      assert.ok(!row.sealed_secret.includes(secret) && row.sealed_secret.length === 12 + 32 + 16);
      assert.ok(!api.log.join('\n').includes(secret));
    });

    for (const [method, path] of [
      ['POST', '/me/totp'],
      ['POST', '/me/totp/attempt_verification'],
      ['DELETE', '/me/totp'],
      ['POST', '/me/backup_codes'],
      ['POST', '/me/backup_codes/'],
    ] as const) {
      it(`needs a session: ${method} ${path}`, async () => {
        assert.deepEqual(refusal(await browser.call(method, path, { code: '123456' })), [401, 'authentication_invalid']);
      });
    }
  });

  describe('POST /me/totp/attempt_verification', () => {
    it('turns the factor on, says so everywhere, and hands out backup codes', async () => {
      const { answer } = await enable();
      const { response, client } = answer;
      assert.deepEqual([response.verified, response.secret, response.uri], [true, null, null]);
      assert.equal(response.backup_codes.length, 10);
      const { user, last_active_token: token } = client.sessions[0];
      assert.deepEqual([user.totp_enabled, user.backup_code_enabled, user.two_factor_enabled], [true, true, true]);
      assert.equal(decodeJwt(token.jwt)['mfa'], true);
      assert.deepEqual([user.mfa_enabled_at, user.mfa_disabled_at], [time, null]);
      assert.deepEqual(await me(), user);
      assert.equal((await passwordAlone()).response.status, 'needs_second_factor');
    });

    it('wants a right code, and one at all', async () => {
      assert.deepEqual(refusal(await verify('123456')), [404, 'resource_not_found']);
      const { secret } = (await create()).response;
      assert.deepEqual(refusal(await verify('1234567')), [422, 'form_code_incorrect']);
      assert.deepEqual(refusal(await verify(appCode(secret, time - 60_000))), [422, 'form_code_incorrect']);
      assert.deepEqual(refusal(await call('POST', '/me/totp/attempt_verification')), [422, 'form_param_missing']);
      assert.deepEqual(refusal(await verify('')), [422, 'form_param_nil']);
      assert.equal((await me()).totp_enabled, false);
      assert.equal((await verify(appCode(secret, time))).status, 200);
    });

    it('takes the code once, however often it comes, and not at the next sign-in', async () => {
      const { secret } = (await create()).response;
      const code = appCode(secret, time);
      const answers = await Promise.all(Array.from({ length: 16 }, () => verify(code)));
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      assert.equal(answers.filter(({ codes }) => codes[0] === 'verification_already_verified').length, 15);
      const { other, response } = await passwordAlone();
      const attempt = (text: string) =>
        other.call('POST', `/client/sign_ins/${response.id}/attempt_second_factor`, { strategy: 'totp', code: text });
      assert.deepEqual(refusal(await attempt(code)), [422, 'form_code_incorrect']);
      assert.equal((await attempt(appCode(secret, time + 30_000))).status, 200);
    });

    it('ends sign-ins that are half done', async () => {
      const { other, response } = await (async () => {
        const waiting = await createFrontendClient(api);
        return { other: waiting, ...(await waiting.call('POST', '/client/sign_ins', { identifier: emailAddress })) };
      })();
      await enable();
      const late = await other.call('POST', `/client/sign_ins/${response.id}/attempt_first_factor`, { strategy: 'password', password });
      assert.deepEqual(refusal(late), [400, 'client_state_invalid']);
    });

    it('leaves sessions alone', async () => {
      const { other, response } = await passwordAlone();
      await enable();
      assert.equal((await other.call('GET', '/me', {}, { sessionId: response.created_session_id })).status, 200);
    });
  });

  describe('DELETE /me/totp', () => {
    it('turns the factor off, and the backup codes with it', async () => {
      await enable();
      time += 1000;
      const { id } = await api.database.selectFrom('authenticators').select('id').where('user_id', '=', userId).executeTakeFirstOrThrow();
      const { status, response, client } = await call('DELETE', '/me/totp');
      assert.deepEqual([status, response], [200, { object: 'totp', id, deleted: true }]);
      const { user } = client.sessions[0];
      assert.deepEqual([user.totp_enabled, user.backup_code_enabled, user.two_factor_enabled], [false, false, false]);
      assert.deepEqual([user.mfa_enabled_at, user.mfa_disabled_at], [time - 1000, time]);
      assert.equal((await passwordAlone()).response.status, 'complete');
      assert.deepEqual(refusal(await call('DELETE', '/me/totp')), [404, 'resource_not_found']);
    });

    it('forgets a secret that was never verified, which is no change', async () => {
      await create();
      assert.equal((await call('DELETE', '/me/totp')).status, 200);
      assert.deepEqual([(await me()).mfa_enabled_at, (await me()).mfa_disabled_at], [null, null]);
    });

    it('ends sign-ins that wait for it', async () => {
      const { secret } = await enable();
      const { other, response } = await passwordAlone();
      await call('DELETE', '/me/totp');
      const code = appCode(secret, time + 30_000);
      const late = await other.call('POST', `/client/sign_ins/${response.id}/attempt_second_factor`, { strategy: 'totp', code });
      assert.deepEqual(refusal(late), [400, 'client_state_invalid']);
    });
  });

  describe('POST /me/backup_codes', () => {
    for (const path of ['/me/backup_codes', '/me/backup_codes/']) {
      it(`replaces all that are left: ${path}`, async () => {
        const { answer } = await enable();
        const [former] = answer.response.backup_codes;
        const { status, response } = await call('POST', path);
        assert.deepEqual([status, response.object, response.codes.length], [200, 'backup_code', 10]);
        const { other, response: signIn } = await passwordAlone();
        const attempt = (code: string) =>
          other.call('POST', `/client/sign_ins/${signIn.id}/attempt_second_factor`, { strategy: 'backup_code', code });
        assert.deepEqual(refusal(await attempt(former)), [422, 'form_code_incorrect']);
        assert.equal((await attempt(response.codes[3])).status, 200);
        assert.equal((await api.database.selectFrom('backup_codes').selectAll().where('user_id', '=', userId).execute()).length, 9);
      });
    }

    it('keeps them as hashes only', async () => {
      const { answer } = await enable();
      const rows = await api.database.selectFrom('backup_codes').selectAll().where('user_id', '=', userId).execute();
      assert.ok(rows.every(({ code_hash }) => code_hash.length === 32));
      for (const code of answer.response.backup_codes) assert.ok(!textOfRows(rows).includes(code) && !api.log.join().includes(code));
    });

    it('has none for who has nothing that they could stand in for', async () => {
      assert.deepEqual(refusal(await call('POST', '/me/backup_codes')), [400, 'backup_codes_not_available']);
      await create();
      assert.deepEqual(refusal(await call('POST', '/me/backup_codes')), [400, 'backup_codes_not_available']);
    });

    it('gives one set of several that are asked for at the same time', async () => {
      await enable();
      const answers = await Promise.all(Array.from({ length: 8 }, () => call('POST', '/me/backup_codes')));
      assert.ok(answers.every(({ status }) => status === 200));
      assert.equal((await api.database.selectFrom('backup_codes').selectAll().where('user_id', '=', userId).execute()).length, 10);
    });
  });

  it('are not asked for by the password alone, but by a code by mail and after a reset too', async () => {
    const instance = { ...withSecondFactors, users: [] };
    const other = await startApi({ instance, now: () => time });
    try {
      const address = 'kim+clerk_test@example.com';
      const { id } = await addUser(other, { emailAddress: address, password }, time);
      const { addAuthenticator } = await import('../../support/second-factors.ts');
      const secret = await addAuthenticator(other, id);
      for (const strategy of ['email_code', 'reset_password_email_code']) {
        time += 60_000;
        const visitor = await createFrontendClient(other);
        const { response } = await visitor.call('POST', '/client/sign_ins', { identifier: address, strategy });
        const path = `/client/sign_ins/${response.id}`;
        let answer = await visitor.call('POST', `${path}/attempt_first_factor`, { strategy, code: '424242' });
        if (strategy !== 'email_code') {
          assert.deepEqual([answer.response.status, answer.response.supported_second_factors], ['needs_new_password', null]);
          answer = await visitor.call('POST', `${path}/reset_password`, { password: 'orchard-lantern-river' });
        }
        assert.deepEqual([answer.response.status, answer.client.sessions], ['needs_second_factor', []]);
        const code = appCode(secret, time);
        const done = await visitor.call('POST', `${path}/attempt_second_factor`, { strategy: 'totp', code });
        assert.deepEqual([done.response.status, done.client.last_authentication_strategy], ['complete', strategy]);
      }
    } finally {
      await other.stop();
    }
  });
});

describe('second factors of an instance that has none', () => {
  it('are refused, and those that people have from before are not asked for', async () => {
    const api = await startApi();
    try {
      const emailAddress = 'ann@example.com';
      const { id } = await addUser(api, { emailAddress, password });
      const browser = await createFrontendClient(api);
      const signedIn = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      const sessionId = signedIn.response.created_session_id;
      assert.deepEqual(refusal(await browser.call('POST', '/me/totp', {}, { sessionId })), [403, 'feature_not_enabled']);
      assert.deepEqual(refusal(await browser.call('POST', '/me/backup_codes', {}, { sessionId })), [400, 'backup_codes_not_available']);
      await api.database
        .insertInto('authenticators')
        .values({
          id: 'totp_1',
          user_id: id,
          sealed_secret: Buffer.alloc(60),
          verified_at: 1,
          last_step: null,
          created_at: 1,
          updated_at: 1,
        })
        .execute();
      const again = await createFrontendClient(api);
      const { response } = await again.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      assert.equal(response.status, 'complete');
    } finally {
      await api.stop();
    }
  });
});
