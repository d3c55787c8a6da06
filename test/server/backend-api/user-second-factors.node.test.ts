import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { appCode } from '../../support/authenticator-app.ts';
import { createBackendClient, refusals } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { withSecondFactors } from '../../support/second-factors.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';

/** Of RFC 6238, appendix B. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const password = 'copper-lantern-meadow';

describe('second factors of users, for backends', () => {
  let api: TestApi;
  let call: BackendCall;
  let clerk: ClerkClient;
  let time = Date.now();
  let count = 0;
  before(async () => {
    api = await startApi({ now: () => time, instance: withSecondFactors });
    call = createBackendClient(api);
    clerk = createOfficialBackend(api);
  });
  after(() => api.stop());

  const create = (more: Parameters<ClerkClient['users']['createUser']>[0] = {}) =>
    clerk.users.createUser({ emailAddress: [`sdk${count++}@example.com`], password, ...more });
  const refusal = async (work: Promise<unknown>) => {
    try {
      await work;
    } catch (error) {
      assert.ok(isClerkAPIResponseError(error), String(error));
      return [error.status, error.errors[0]?.code];
    }
    return assert.fail('It was not refused.');
  };
  const flagsOf = async (id: string) => {
    const { totpEnabled, backupCodeEnabled, twoFactorEnabled } = await clerk.users.getUser(id);
    return [totpEnabled, backupCodeEnabled, twoFactorEnabled];
  };

  it('come along when a user is created, and are asked for from then on', async () => {
    const user = await create({ totpSecret: secret, backupCodes: ['spare-code-1', 'spare-code-2'] });
    assert.deepEqual(await flagsOf(user.id), [true, true, true]);
    const { body } = await call('GET', `/users/${user.id}`);
    assert.deepEqual([body.mfa_enabled_at, body.mfa_disabled_at], [time, null]);
    assert.ok(!JSON.stringify(body).includes(secret));
    const browser = await createFrontendClient(api);
    const identifier = user.primaryEmailAddress?.emailAddress ?? '';
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier, password });
    assert.equal(response.status, 'needs_second_factor');
    const path = `/client/sign_ins/${response.id}/attempt_second_factor`;
    assert.equal((await browser.call('POST', path, { strategy: 'totp', code: appCode(secret, time) })).response.status, 'complete');
  });

  it('are replaced when a user is changed', async () => {
    const { id } = await create({ totpSecret: 'A'.repeat(32) });
    await clerk.users.updateUser(id, { totpSecret: secret, backupCodes: ['spare-code-1'] });
    assert.deepEqual(await clerk.users.verifyTOTP({ userId: id, code: appCode(secret, time) }), { verified: true, code_type: 'totp' });
    await clerk.users.updateUser(id, { backupCodes: ['spare-code-2'] });
    assert.deepEqual(await refusal(clerk.users.verifyTOTP({ userId: id, code: 'spare-code-1' })), [422, 'totp_incorrect_code']);
    assert.deepEqual(await clerk.users.verifyTOTP({ userId: id, code: 'spare-code-2' }), { verified: true, code_type: 'backup_code' });
  });

  it('stay when a user is changed otherwise', async () => {
    const { id } = await create({ totpSecret: secret, backupCodes: ['spare-code-1'] });
    await clerk.users.updateUser(id, { firstName: 'Ann' });
    const answer = await call('PATCH', `/users/${id}`, { body: { totp_secret: null, backup_codes: [] } });
    assert.equal(answer.status, 200);
    assert.deepEqual(await flagsOf(id), [true, true, true]);
  });

  it('are verified once', async () => {
    const { id } = await create({ totpSecret: secret, backupCodes: ['spare-code-1'] });
    const verify = (code: string) => clerk.users.verifyTOTP({ userId: id, code });
    await verify(appCode(secret, time));
    assert.deepEqual(await refusal(verify(appCode(secret, time))), [422, 'totp_incorrect_code']);
    time += 30_000;
    await verify(appCode(secret, time));
    await verify('spare code 1');
    assert.deepEqual(await refusal(verify('spare code 1')), [422, 'totp_incorrect_code']);
    const { status, body } = await call('POST', `/users/${id}/verify_totp`, { body: {} });
    assert.deepEqual([status, body.errors[0].code], [422, 'form_param_missing']);
  });

  it('are not verified where there are none', async () => {
    const { id } = await create({ backupCodes: ['spare-code-1'] });
    assert.deepEqual(await refusal(clerk.users.verifyTOTP({ userId: id, code: 'spare-code-1' })), [400, 'totp_disabled']);
    assert.deepEqual(await refusal(clerk.users.verifyTOTP({ userId: 'user_unknown', code: '123456' })), [404, 'resource_not_found']);
  });

  for (const [name, remove, left] of [
    ['all', (id: string) => clerk.users.disableUserMFA(id), [false, false, false]],
    ['the app, and the codes that stand in for it', (id: string) => clerk.users.deleteUserTOTP(id), [false, false, false]],
    ['the backup codes', (id: string) => clerk.users.deleteUserBackupCodes(id), [true, false, true]],
  ] as const) {
    it(`are taken away: ${name}`, async () => {
      const { id } = await create({ totpSecret: secret, backupCodes: ['spare-code-1'] });
      time += 1000;
      assert.deepEqual(await remove(id), { user_id: id });
      assert.deepEqual(await flagsOf(id), left);
      const { body } = await call('GET', `/users/${id}`);
      assert.equal(body.mfa_disabled_at, left[0] ? null : time);
      assert.equal(body.updated_at, time);
      assert.deepEqual(await remove(id), { user_id: id }, 'again');
      assert.deepEqual(await refusal(remove('user_unknown')), [404, 'resource_not_found']);
    });
  }

  for (const [name, body, expected] of [
    ['a secret that is no base32', { totp_secret: '0189' }, ['invalid_totp_secret_code']],
    ['a secret that could be guessed', { totp_secret: 'ABCDEFGH' }, ['invalid_totp_secret_code']],
    ['a secret that is no text', { totp_secret: 1 }, ['form_param_type_invalid totp_secret']],
    ['digests of codes', { backup_codes: [`$2b$10$${'a'.repeat(53)}`] }, ['form_param_format_invalid backup_codes']],
    ['codes that could be guessed', { backup_codes: ['12345'] }, ['form_param_format_invalid backup_codes']],
    ['codes of blanks', { backup_codes: ['- - - - -'] }, ['form_param_format_invalid backup_codes']],
    ['more codes than anybody needs', { backup_codes: Array(101).fill('spare-code') }, ['form_param_array_size_exceeded backup_codes']],
  ] as [name: string, body: object, expected: string[]][]) {
    it(`are refused, and all else with them: ${name}`, async () => {
      const { id, firstName } = await create();
      const answer = await call('PATCH', `/users/${id}`, { body: { first_name: 'Bea', ...body } });
      assert.equal(answer.status, 422);
      assert.deepEqual(refusals(answer), expected);
      assert.equal((await clerk.users.getUser(id)).firstName, firstName);
      const created = await call('POST', '/users', { body: { email_address: [`none${count++}@example.com`], password, ...body } });
      assert.deepEqual(refusals(created), expected);
    });
  }

  it('are unknown parameters where the instance has none', async () => {
    const bare = await startApi();
    try {
      const callBare = createBackendClient(bare);
      for (const body of [{ totp_secret: secret }, { backup_codes: ['spare-code-1'] }]) {
        const answer = await callBare('POST', '/users', { body: { email_address: ['ann@example.com'], password, ...body } });
        assert.deepEqual(refusals(answer), [`form_param_unknown ${Object.keys(body)[0]}`]);
      }
    } finally {
      await bare.stop();
    }
  });

  it('do not hold on to equal codes twice', async () => {
    const { id } = await create({ totpSecret: secret, backupCodes: ['spare-code-1', 'SPARE CODE 1'] });
    time += 1000;
    await clerk.users.verifyTOTP({ userId: id, code: 'spare-code-1' });
    assert.deepEqual(await flagsOf(id), [true, false, true]);
    assert.equal((await clerk.users.getUser(id)).updatedAt, time, 'browsers would keep their old copy');
  });
});
