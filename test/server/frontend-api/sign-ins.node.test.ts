/** Sign-in attempts over HTTP (dossier part 2, §2). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { untilLocked } from '../../support/locks.ts';
import { addUser, mailedCodes } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const refusal = ({ status, codes }: { status: number; codes: string[] }) => [status, ...codes];

describe('POST /v1/client/sign_ins', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi();
    await addUser(api, { emailAddress: 'ann@example.com', password, first_name: 'Ann' });
    await addUser(api, { emailAddress: 'open@example.com' });
    await addUser(api, { emailAddress: 'banned@example.com', password, banned: true });
  });
  after(() => api.stop());

  it('waits for an identifier when it is empty', async () => {
    const { status, response, client } = await (await createFrontendClient(api)).call('POST', '/client/sign_ins');
    assert.equal(status, 200);
    assert.match(response.id, /^sia_/);
    assert.equal(response.object, 'sign_in_attempt');
    assert.equal(response.status, 'needs_identifier');
    assert.deepEqual(response.supported_identifiers, ['email_address']);
    assert.equal(response.supported_first_factors, null);
    assert.equal(response.user_data, null);
    assert.equal(response.client_trust_state, 'pending');
    assert.deepEqual(client.sign_in, response);
  });

  it('lists the factors of a known user', async () => {
    const { response, client } = await (
      await createFrontendClient(api)
    ).call('POST', '/client/sign_ins', { identifier: ' Ann@Example.com ', locale: 'en-US' });
    assert.equal(response.status, 'needs_first_factor');
    assert.equal(response.identifier, 'Ann@Example.com');
    assert.deepEqual(response.user_data, { first_name: 'Ann', last_name: null, image_url: response.user_data.image_url, has_image: false });
    const [{ email_address_id }] = response.supported_first_factors.slice(1);
    assert.deepEqual(response.supported_first_factors, [
      { strategy: 'password', primary: null },
      { strategy: 'email_code', safe_identifier: 'a**@example.com', email_address_id, primary: true },
      { strategy: 'reset_password_email_code', safe_identifier: 'a**@example.com', email_address_id, primary: true },
    ]);
    assert.equal(response.supported_second_factors, null);
    assert.equal(response.first_factor_verification, null);
    assert.equal(response.created_session_id, null);
    assert.ok(response.abandon_at > Date.now() + 23 * 3600_000);
    assert.deepEqual(client.sign_in, response);
  });

  it('knows nobody whose account is deleted at that moment', async () => {
    const { id } = await addUser(api, { emailAddress: 'gone@example.com', password });
    const browser = await createFrontendClient(api);
    const { answer } = await api.database.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('users').where('id', '=', id).execute();
      const pending = browser.call('POST', '/client/sign_ins', { identifier: 'gone@example.com', password });
      await untilLocked(api.database, 'insert into "sign_ins"%');
      return { answer: pending };
    });
    assert.deepEqual(refusal(await answer), [422, 'form_identifier_not_found']);
  });

  it('shows an attempt and what proves it as they are at one moment', async () => {
    const browser = await createFrontendClient(api);
    const { response: begun } = await browser.call('POST', '/client/sign_ins', { identifier: 'open@example.com' });
    const [{ email_address_id }] = begun.supported_first_factors;
    const path = `/client/sign_ins/${begun.id}`;
    await browser.call('POST', `${path}/prepare_first_factor`, { strategy: 'email_code', email_address_id });
    const { answer } = await api.database.transaction().execute(async (transaction) => {
      await sql`lock table verifications in access exclusive mode`.execute(transaction);
      const pending = browser.call('GET', path);
      await untilLocked(api.database, 'select%');
      // The code arrives now, from another tab.
      const attempt = transaction.selectFrom('sign_ins').select('first_factor_verification_id').where('id', '=', begun.id);
      await transaction.updateTable('verifications').set({ status: 'verified' }).where('id', '=', attempt).execute();
      await transaction.updateTable('sign_ins').set({ status: 'complete' }).where('id', '=', begun.id).execute();
      return { answer: pending };
    });
    const { response } = await answer;
    assert.deepEqual([response.status, response.first_factor_verification.status], ['needs_first_factor', 'unverified']);
  });

  it('lists no password and no reset for who has none', async () => {
    const { response } = await (await createFrontendClient(api)).call('POST', '/client/sign_ins', { identifier: 'open@example.com' });
    assert.deepEqual(
      response.supported_first_factors.map((factor: { strategy: string }) => factor.strategy),
      ['email_code'],
    );
  });

  for (const form of [{ strategy: 'password' }, {}]) {
    it(`signs in with identifier and password at once (${JSON.stringify(form)})`, async () => {
      const { status, response, client } = await (
        await createFrontendClient(api)
      ).call('POST', '/client/sign_ins', { ...form, identifier: 'ann@example.com', password });
      assert.equal(status, 200);
      assert.equal(response.status, 'complete');
      assert.equal(response.first_factor_verification.object, 'verification_password');
      assert.equal(client.sessions.length, 1);
      assert.equal(client.sessions[0].id, response.created_session_id);
      assert.equal(client.sign_in, null);
      assert.equal(client.last_authentication_strategy, 'password');
    });
  }

  it('sends a code at once when the strategy asks for it', async () => {
    const browser = await createFrontendClient(api);
    const before = Date.now();
    const { response } = await browser.call('POST', '/client/sign_ins', { strategy: 'email_code', identifier: 'open@example.com' });
    assert.equal(response.status, 'needs_first_factor');
    const { expire_at, ...verification } = response.first_factor_verification;
    assert.deepEqual(verification, {
      object: 'verification_otp',
      status: 'unverified',
      strategy: 'email_code',
      attempts: 0,
    });
    assert.ok(before + 600_000 <= expire_at && expire_at <= Date.now() + 600_000);
    const [code = ''] = await mailedCodes(api, 'open@example.com');
    const answer = await browser.call('POST', `/client/sign_ins/${response.id}/attempt_first_factor`, { strategy: 'email_code', code });
    assert.equal(answer.response.status, 'complete');
  });

  it('replaces the former attempt, whose steps are refused from then on', async () => {
    const browser = await createFrontendClient(api);
    const first = await browser.call('POST', '/client/sign_ins', { identifier: 'ann@example.com' });
    const second = await browser.call('POST', '/client/sign_ins', { identifier: 'ann@example.com' });
    assert.equal(second.client.sign_in.id, second.response.id);
    const step = await browser.call('POST', `/client/sign_ins/${first.response.id}/attempt_first_factor`, {
      strategy: 'password',
      password,
    });
    assert.deepEqual(refusal(step), [403, 'resource_forbidden']);
  });

  it('keeps the attempt after a wrong password, so that another factor can be chosen', async () => {
    const browser = await createFrontendClient(api);
    const answer = await browser.call('POST', '/client/sign_ins', { identifier: 'ann@example.com', password: 'wrong-password' });
    assert.deepEqual(refusal(answer), [422, 'form_password_incorrect']);
    assert.equal(answer.client.sign_in.status, 'needs_first_factor');
  });

  const refused: [name: string, form: Record<string, string>, status: number, code: string, parameter?: string][] = [
    ['an unknown identifier', { identifier: 'nobody@example.com' }, 422, 'form_identifier_not_found', 'identifier'],
    ['an empty identifier', { identifier: '' }, 422, 'form_param_nil', 'identifier'],
    ['a malformed identifier', { identifier: 'ann@' }, 422, 'form_param_format_invalid', 'identifier'],
    ['a username where there are none', { identifier: 'ann_b' }, 422, 'form_param_format_invalid', 'identifier'],
    ['U+0000 in an identifier', { identifier: 'ann\0@example.com' }, 422, 'form_param_format_invalid', 'identifier'],
    ['a strategy without identifier', { strategy: 'email_code' }, 422, 'form_param_missing', 'identifier'],
    ['a password without identifier', { password }, 422, 'form_param_missing', 'identifier'],
    [
      'the password strategy without password',
      { strategy: 'password', identifier: 'ann@example.com' },
      422,
      'form_param_missing',
      'password',
    ],
    ['an empty password', { strategy: 'password', identifier: 'ann@example.com', password: '' }, 422, 'form_param_nil', 'password'],
    ['a strategy nobody knows', { strategy: 'telepathy', identifier: 'ann@example.com' }, 422, 'form_param_value_invalid', 'strategy'],
    ['a password of who has none', { identifier: 'open@example.com', password }, 400, 'strategy_for_user_invalid'],
    [
      'a reset of who has no password',
      { strategy: 'reset_password_email_code', identifier: 'open@example.com' },
      400,
      'strategy_for_user_invalid',
    ],
    ['a banned user', { identifier: 'banned@example.com' }, 403, 'user_banned'],
    ['a transfer of nothing', { transfer: 'true' }, 400, 'account_transfer_invalid'],
  ];
  for (const [name, form, status, code, parameter] of refused) {
    it(`refuses ${name}`, async () => {
      const answer = await (await createFrontendClient(api)).call('POST', '/client/sign_ins', form);
      assert.deepEqual(refusal(answer), [status, code]);
      assert.equal(answer.errors[0]?.meta?.['param_name'], parameter);
    });
  }

  it('refuses a second session where there may be one', async () => {
    const browser = await createFrontendClient(api);
    await browser.call('POST', '/client/sign_ins', { identifier: 'ann@example.com', password });
    const answer = await browser.call('POST', '/client/sign_ins', { identifier: 'open@example.com' });
    assert.deepEqual(refusal(answer), [400, 'session_exists']);
  });
});

describe('steps of a sign-in', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi();
  });
  after(() => api.stop());

  let count = 0;
  const open = async (form: Record<string, string> = {}) => {
    const emailAddress = `person-${++count}@example.com`;
    const user = await addUser(api, { emailAddress, password });
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, ...form });
    const step = (name: string, fields: Record<string, string> = {}) =>
      browser.call('POST', `/client/sign_ins/${response.id}/${name}`, fields);
    return { emailAddress, user, browser, signIn: response, step, get: () => browser.call('GET', `/client/sign_ins/${response.id}`) };
  };

  it('GET gives the attempt, to its client alone', async () => {
    const { signIn, get } = await open();
    assert.deepEqual((await get()).response, signIn);
    const stranger = await createFrontendClient(api);
    for (const id of [signIn.id, 'sia_unknown', 'sia_%00', 'sua_1']) {
      assert.deepEqual(refusal(await stranger.call('GET', `/client/sign_ins/${id}`)), [404, 'resource_not_found']);
    }
  });

  it('prepare_first_factor sends to the address that is asked for', async () => {
    const { signIn, step, emailAddress } = await open();
    const { email_address_id } = signIn.supported_first_factors[1];
    const answer = await step('prepare_first_factor', { strategy: 'email_code', email_address_id });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.client.sign_in, answer.response);
    assert.match((await mailedCodes(api, emailAddress))[0] ?? '', /^\d{6}$/);
  });

  const refusedPreparations: [name: string, form: Record<string, string>, status: number, code: string, parameter?: string][] = [
    ['no strategy', {}, 422, 'form_param_missing', 'strategy'],
    ['a strategy nobody knows', { strategy: 'telepathy' }, 422, 'form_param_value_invalid', 'strategy'],
    ['a factor that needs no preparation', { strategy: 'password' }, 400, 'strategy_for_user_invalid'],
    [
      'an address of somebody else',
      { strategy: 'email_code', email_address_id: 'idn_other' },
      422,
      'form_resource_not_found',
      'email_address_id',
    ],
  ];
  for (const [name, form, status, code, parameter] of refusedPreparations) {
    it(`prepare_first_factor refuses ${name}`, async () => {
      const answer = await (await open()).step('prepare_first_factor', form);
      assert.deepEqual(refusal(answer), [status, code]);
      assert.equal(answer.errors[0]?.meta?.['param_name'], parameter);
    });
  }

  it('attempt_first_factor needs a preparation where a code is asked for', async () => {
    const { step } = await open();
    assert.deepEqual(refusal(await step('attempt_first_factor', { strategy: 'email_code', code: '123456' })), [
      400,
      'verification_missing',
    ]);
    await step('prepare_first_factor', { strategy: 'reset_password_email_code' });
    assert.deepEqual(refusal(await step('attempt_first_factor', { strategy: 'email_code', code: '123456' })), [
      400,
      'verification_strategy_invalid',
    ]);
  });

  it('attempt_first_factor needs a strategy, and an identifier before it', async () => {
    const { step } = await open();
    assert.deepEqual(refusal(await step('attempt_first_factor', { code: '1' })), [422, 'form_param_missing']);
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ins');
    const answer = await browser.call('POST', `/client/sign_ins/${response.id}/attempt_first_factor`, { strategy: 'password', password });
    assert.deepEqual(refusal(answer), [400, 'client_state_invalid']);
  });

  it('a second factor is not asked for before the first one, whoever it is', async () => {
    const { step } = await open();
    assert.deepEqual(refusal(await step('prepare_second_factor', { strategy: 'email_code' })), [400, 'no_second_factors']);
    assert.deepEqual(refusal(await step('attempt_second_factor', { strategy: 'totp', code: '123456' })), [400, 'no_second_factors']);
  });

  it('reset_password sets the password and signs in', async () => {
    const { step, emailAddress, get } = await open({ strategy: 'reset_password_email_code' });
    const [code = ''] = await mailedCodes(api, emailAddress);
    await step('attempt_first_factor', { strategy: 'reset_password_email_code', code });
    const answer = await step('reset_password', { password: 'orchard-lantern-river', sign_out_of_other_sessions: 'true' });
    assert.equal(answer.status, 200);
    assert.equal(answer.response.status, 'complete');
    assert.equal(answer.client.sessions[0].id, answer.response.created_session_id);
    assert.equal(answer.client.sign_in, null);
    assert.equal((await get()).response.status, 'complete');
    const again = await createFrontendClient(api);
    assert.deepEqual(refusal(await again.call('POST', '/client/sign_ins', { identifier: emailAddress, password })), [
      422,
      'form_password_incorrect',
    ]);
    const anew = await again.call('POST', '/client/sign_ins', { identifier: emailAddress, password: 'orchard-lantern-river' });
    assert.equal(anew.response.status, 'complete');
  });

  it('a reset code with the new password does both at once', async () => {
    const { step, emailAddress } = await open({ strategy: 'reset_password_email_code' });
    const [code = ''] = await mailedCodes(api, emailAddress);
    const strategy = 'reset_password_email_code';
    const weak = await step('attempt_first_factor', { strategy, code, password: 'sh0rt#x' });
    assert.deepEqual(refusal(weak), [422, 'form_password_length_too_short']);
    const answer = await step('attempt_first_factor', { strategy, code, password: 'orchard-lantern-river' });
    assert.equal(answer.response.status, 'complete');
  });

  it('a reset to the present password is refused, to who has proved the code', async () => {
    const { step, emailAddress } = await open({ strategy: 'reset_password_email_code' });
    const [code = ''] = await mailedCodes(api, emailAddress);
    const strategy = 'reset_password_email_code';
    assert.deepEqual(refusal(await step('attempt_first_factor', { strategy, code: '1234567', password })), [422, 'form_code_incorrect']);
    assert.deepEqual(refusal(await step('attempt_first_factor', { strategy, code, password })), [422, 'form_new_password_matches_current']);
    const repeated = await step('reset_password', { password });
    assert.deepEqual(refusal(repeated), [422, 'form_new_password_matches_current']);
    assert.equal((await step('reset_password', { password: 'orchard-lantern-river' })).response.status, 'complete');
  });

  it('reset_password names every rule that is broken, and its field', async () => {
    const { step, emailAddress } = await open({ strategy: 'reset_password_email_code' });
    assert.deepEqual(refusal(await step('reset_password', { password: 'orchard-lantern-river' })), [400, 'client_state_invalid']);
    const [code = ''] = await mailedCodes(api, emailAddress);
    await step('attempt_first_factor', { strategy: 'reset_password_email_code', code });
    assert.deepEqual(refusal(await step('reset_password')), [422, 'form_param_missing']);
    const answer = await step('reset_password', { password: emailAddress });
    assert.deepEqual(refusal(answer), [422, 'form_password_matches_identifier']);
    assert.equal(answer.errors[0]?.meta?.['param_name'], 'password');
    const attempt = await step('attempt_first_factor', { strategy: 'password', password });
    assert.deepEqual(refusal(attempt), [400, 'verification_already_verified']);
  });
});

describe('sign-in with usernames and several sessions', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi({
      instance: { single_session_mode: false, attributes: { username: { enabled: true }, email_address: { enabled: true } } },
    });
    await addUser(api, { emailAddress: 'ann@example.com', username: 'Ann_B', password });
    await addUser(api, { emailAddress: 'bob@example.com', password });
  });
  after(() => api.stop());

  it('takes a username in any case', async () => {
    const { response } = await (await createFrontendClient(api)).call('POST', '/client/sign_ins', { identifier: 'aNN_b', password });
    assert.equal(response.status, 'complete');
    assert.deepEqual(response.supported_identifiers, ['email_address', 'username']);
  });

  it('signs several people in, each of them once', async () => {
    const browser = await createFrontendClient(api);
    const ann = await browser.call('POST', '/client/sign_ins', { identifier: 'ann@example.com', password });
    const bob = await browser.call('POST', '/client/sign_ins', { identifier: 'bob@example.com', password });
    assert.equal(bob.client.sessions.length, 2);
    const again = await browser.call('POST', '/client/sign_ins', { identifier: 'ann@example.com' });
    assert.deepEqual(refusal(again), [400, 'identifier_already_signed_in']);
    assert.equal(again.errors[0]?.meta?.['session_id'], ann.response.created_session_id);
  });
});
