import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { appCode } from '../../support/authenticator-app.ts';
import { addAuthenticator, withSecondFactors } from '../../support/second-factors.ts';
import { refusal, runSecondFactorSuite } from '../../support/second-factor-suite.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { addUser } from '../../support/users.ts';

runSecondFactorSuite({
  strategy: 'totp',
  need: 'second_factor',
  instance: withSecondFactors,
  setUp: async (api, { user }, now) => {
    const secret = await addAuthenticator(api, user.id);
    return async () => appCode(secret, now());
  },
  listed: { strategy: 'totp', primary: null },
  tries: Infinity,
  age: [0, 0],
});

describe('codes of an authenticator app', () => {
  const password = 'violet-harbour-lantern';
  let api: TestApi;
  let time = Math.floor(Date.now() / 30_000) * 30_000;
  let count = 0;
  before(async () => {
    api = await startApi({ now: () => time, instance: withSecondFactors });
  });
  after(() => api.stop());

  /** Somebody with an app, and how they sign in with a code. */
  const newOwner = async () => {
    const emailAddress = `owner-${++count}@example.com`;
    const user = await addUser(api, { emailAddress, password }, time);
    const secret = await addAuthenticator(api, user.id);
    const signIn = async (code: string) => {
      const browser = await createFrontendClient(api);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      return browser.call('POST', `/client/sign_ins/${response.id}/attempt_second_factor`, { strategy: 'totp', code });
    };
    return { user, secret, signIn, at: (steps: number) => appCode(secret, time + steps * 30_000) };
  };

  for (const steps of [-1, 0, 1]) {
    it(`are taken from ${steps} steps away`, async () => {
      const { signIn, at } = await newOwner();
      assert.equal((await signIn(at(steps))).status, 200);
    });
  }

  for (const steps of [-3, -2, 2, 3]) {
    it(`are not taken from ${steps} steps away`, async () => {
      const { signIn, at } = await newOwner();
      assert.deepEqual(refusal(await signIn(at(steps))), [422, 'form_code_incorrect']);
    });
  }

  it('are taken as apps show them, in two groups', async () => {
    const { signIn, at } = await newOwner();
    assert.equal((await signIn(at(0).replace(/^.../, '$& '))).status, 200);
  });

  it('are used up with all that came before them, and the next one is right again', async () => {
    const { signIn, at } = await newOwner();
    assert.equal((await signIn(at(0))).status, 200);
    assert.deepEqual(refusal(await signIn(at(0))), [422, 'form_code_incorrect'], 'the same again');
    assert.deepEqual(refusal(await signIn(at(-1))), [422, 'form_code_incorrect'], 'an earlier one');
    assert.equal((await signIn(at(1))).status, 200);
    time += 30_000;
    assert.deepEqual(refusal(await signIn(at(0))), [422, 'form_code_incorrect'], 'used ahead of time');
    time += 30_000;
    assert.equal((await signIn(at(0))).status, 200);
  });

  it('are those of one person', async () => {
    const one = await newOwner();
    const other = await newOwner();
    assert.deepEqual(refusal(await one.signIn(other.at(0))), [422, 'form_code_incorrect']);
  });

  it('are not taken from a secret that was moved to another account in the database', async () => {
    const one = await newOwner();
    const other = await newOwner();
    const { sealed_secret } = await api.database
      .selectFrom('authenticators')
      .selectAll()
      .where('user_id', '=', other.user.id)
      .executeTakeFirstOrThrow();
    await api.database.updateTable('authenticators').set({ sealed_secret }).where('user_id', '=', one.user.id).execute();
    assert.deepEqual(refusal(await one.signIn(other.at(0))), [422, 'form_code_incorrect']);
  });
});
