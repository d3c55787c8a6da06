import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { addAuthenticator, addBackupCodes, withSecondFactors } from '../../support/second-factors.ts';
import { refusal, runSecondFactorSuite } from '../../support/second-factor-suite.ts';
import { addUser } from '../../support/users.ts';

const codes = Array.from({ length: 12 }, (_, index) => `spare-code-${index}`);

runSecondFactorSuite({
  strategy: 'backup_code',
  need: 'second_factor',
  instance: withSecondFactors,
  setUp: async (api, { user }) => {
    await addAuthenticator(api, user.id);
    await addBackupCodes(api, user.id, codes);
    let next = 0;
    return async () => codes[next++] ?? '';
  },
  listed: { strategy: 'backup_code', primary: null },
  tries: Infinity,
  age: [0, 0],
});

describe('backup codes', () => {
  const password = 'violet-harbour-lantern';
  let api: TestApi;
  let count = 0;
  before(async () => {
    api = await startApi({ instance: withSecondFactors });
  });
  after(() => api.stop());

  const newUser = async () => {
    const emailAddress = `owner-${++count}@example.com`;
    return { emailAddress, user: await addUser(api, { emailAddress, password }) };
  };
  const begin = async (emailAddress: string) => {
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    const attempt = (code: string) =>
      browser.call('POST', `/client/sign_ins/${response.id}/attempt_second_factor`, { strategy: 'backup_code', code });
    return { response, attempt };
  };

  it('are taken however they were written down', async () => {
    const { emailAddress, user } = await newUser();
    await addAuthenticator(api, user.id);
    await addBackupCodes(api, user.id, ['Quiet-7 MARBLE']);
    const { attempt } = await begin(emailAddress);
    assert.equal((await attempt(' quiet7\tmarble ')).status, 200);
  });

  it('are listed as long as there are any', async () => {
    const { emailAddress, user } = await newUser();
    await addAuthenticator(api, user.id);
    await addBackupCodes(api, user.id, ['onlyonecode']);
    const strategies = async () => {
      const { response, attempt } = await begin(emailAddress);
      return { attempt, listed: response.supported_second_factors.map(({ strategy }: { strategy: string }) => strategy) };
    };
    const first = await strategies();
    assert.deepEqual(first.listed, ['totp', 'backup_code']);
    const { client } = await first.attempt('onlyonecode');
    const { totp_enabled, backup_code_enabled } = client.sessions[0].user;
    assert.deepEqual([totp_enabled, backup_code_enabled], [true, false]);
    const second = await strategies();
    assert.deepEqual(second.listed, ['totp']);
    assert.deepEqual(refusal(await second.attempt('onlyonecode')), [400, 'strategy_for_user_invalid']);
  });

  it('ask for nothing where there is nothing that they stand in for', async () => {
    const { emailAddress, user } = await newUser();
    await addBackupCodes(api, user.id, ['onlyonecode']);
    const { response } = await begin(emailAddress);
    assert.equal(response.status, 'complete');
  });

  it('of another person are worth nothing', async () => {
    const one = await newUser();
    const other = await newUser();
    for (const { user } of [one, other]) await addAuthenticator(api, user.id);
    await addBackupCodes(api, one.user.id, ['codeofthefirst']);
    await addBackupCodes(api, other.user.id, ['codeofthesecond']);
    const { attempt } = await begin(one.emailAddress);
    assert.deepEqual(refusal(await attempt('codeofthesecond')), [422, 'form_code_incorrect']);
  });
});
