/** Sign-up attempts over HTTP (dossier part 2, §3). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { SettingsFile } from '../../../demo/server/settings.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from '../../support/frontend-client.ts';
import { untilLocked } from '../../support/locks.ts';
import { addUser, mailedCodes } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const refusal = ({ status, codes }: FrontendAnswer) => [status, ...codes];
const parameters = ({ errors }: FrontendAnswer) => errors.map(({ meta }) => meta?.['param_name']);

const stepsOf = (browser: FrontendClient, id: string) => ({
  get: () => browser.call('GET', `/client/sign_ups/${id}`),
  change: (form: Record<string, string>) => browser.call('PATCH', `/client/sign_ups/${id}`, form),
  prepare: (form: Record<string, string> = { strategy: 'email_code' }) =>
    browser.call('POST', `/client/sign_ups/${id}/prepare_verification`, form),
  attempt: (form: Record<string, string>) =>
    browser.call('POST', `/client/sign_ups/${id}/attempt_verification`, { strategy: 'email_code', ...form }),
});

/** A sign-up of a new browser. */
async function start(api: TestApi, form: Record<string, string> = {}) {
  const browser = await createFrontendClient(api);
  const answer = await browser.call('POST', '/client/sign_ups', form);
  return { browser, answer, ...stepsOf(browser, answer.response?.id) };
}

let count = 0;
const newAddress = () => `new-${++count}@example.com`;

describe('POST /v1/client/sign_ups', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi();
    await addUser(api, { emailAddress: 'taken@example.com', password });
  });
  after(() => api.stop());

  it('is legal without anything, and misses everything then', async () => {
    const { answer } = await start(api);
    assert.equal(answer.status, 200);
    const { id, abandon_at, ...rest } = answer.response;
    assert.match(id, /^sua_/);
    assert.ok(abandon_at > Date.now() + 23 * 3600_000);
    assert.deepEqual(rest, {
      object: 'sign_up_attempt',
      status: 'missing_requirements',
      required_fields: ['email_address', 'password'],
      optional_fields: [],
      missing_fields: ['email_address', 'password'],
      unverified_fields: [],
      verifications: { email_address: null, phone_number: null, web3_wallet: null, external_account: null },
      username: null,
      email_address: null,
      phone_number: null,
      web3_wallet: null,
      first_name: null,
      last_name: null,
      password_enabled: false,
      has_password: false,
      unsafe_metadata: {},
      public_metadata: {},
      custom_action: false,
      external_id: null,
      locale: null,
      legal_accepted_at: null,
      created_session_id: null,
      created_user_id: null,
    });
    assert.deepEqual(answer.client.sign_up, answer.response);
  });

  it('keeps what is supplied, but never shows the password', async () => {
    const emailAddress = newAddress();
    const { answer } = await start(api, {
      email_address: emailAddress,
      password,
      locale: 'en-us',
      unsafe_metadata: '{"birthday":"11-30-1969"}',
    });
    const { response } = answer;
    assert.deepEqual(response.missing_fields, []);
    assert.deepEqual(response.unverified_fields, ['email_address']);
    assert.equal(response.email_address, emailAddress);
    assert.equal(response.has_password, true);
    assert.equal(response.locale, 'en-US');
    assert.deepEqual(response.unsafe_metadata, { birthday: '11-30-1969' });
    assert.equal(response.verifications.email_address, null, 'until a code was sent');
    assert.ok(!JSON.stringify(answer.body).includes(password));
  });

  it('sends the code at once when the strategy asks for it', async () => {
    const emailAddress = newAddress();
    const { answer } = await start(api, { email_address: emailAddress, password, strategy: 'email_code' });
    assert.equal(answer.response.verifications.email_address.next_action, 'needs_attempt');
    assert.equal((await mailedCodes(api, emailAddress)).length, 1);
  });

  it('takes the strategy password, as the newer methods of Clerk’s own script send it, and asks for no code yet', async () => {
    const { answer } = await start(api, { email_address: newAddress(), password, strategy: 'password' });
    assert.equal(answer.status, 200);
    assert.equal(answer.response.verifications.email_address, null);
  });

  const refused: [name: string, form: Record<string, string>, status: number, items: [code: string, parameter?: string][]][] = [
    ['a taken address', { email_address: 'Taken@example.com' }, 422, [['form_identifier_exists', 'email_address']]],
    ['a malformed address', { email_address: 'new@' }, 422, [['form_param_format_invalid', 'email_address']]],
    ['a weak password', { password: 'x7#k' }, 422, [['form_password_length_too_short', 'password']]],
    [
      'a password equal to the address',
      { email_address: 'me@example.com', password: 'ME@example.com' },
      422,
      [['form_password_matches_identifier', 'password']],
    ],
    ['a field that the instance does not have', { first_name: 'Ann' }, 422, [['form_param_unknown', 'first_name']]],
    ['a phone number', { phone_number: '+15555550100' }, 422, [['form_param_unknown', 'phone_number']]],
    ['metadata that is no JSON', { unsafe_metadata: '{' }, 422, [['form_param_value_invalid', 'unsafe_metadata']]],
    ['metadata that is no object', { unsafe_metadata: '[]' }, 422, [['form_param_value_invalid', 'unsafe_metadata']]],
    [
      'metadata of 8193 bytes',
      { unsafe_metadata: JSON.stringify({ a: 'x'.repeat(8193 - 8) }) },
      422,
      [['form_param_exceeds_allowed_size', 'unsafe_metadata']],
    ],
    ['public metadata', { public_metadata: '{"role":"admin"}' }, 422, [['form_param_unknown', 'public_metadata']]],
    ['a locale that is none', { locale: 'not a locale' }, 422, [['form_param_format_invalid', 'locale']]],
    ['a strategy nobody knows', { strategy: 'telepathy' }, 422, [['form_param_value_invalid', 'strategy']]],
    ['a strategy without address', { strategy: 'email_code' }, 422, [['form_param_missing', 'email_address']]],
    ['a transfer of nothing', { transfer: 'true' }, 400, [['account_transfer_invalid']]],
    [
      'several mistakes, all named',
      { email_address: 'new@', password: 'x7#k', locale: '?' },
      422,
      [
        ['form_param_format_invalid', 'email_address'],
        ['form_param_format_invalid', 'locale'],
        ['form_password_length_too_short', 'password'],
      ],
    ],
  ];
  for (const [name, form, status, items] of refused) {
    it(`refuses ${name}`, async () => {
      const { answer } = await start(api, form);
      assert.deepEqual(refusal(answer), [status, ...items.map(([code]) => code)]);
      assert.deepEqual(
        parameters(answer),
        items.map(([, parameter]) => parameter),
      );
    });
  }

  it('accepts metadata of exactly 8192 bytes', async () => {
    const unsafe_metadata = JSON.stringify({ a: 'x'.repeat(8192 - 8) });
    assert.equal(unsafe_metadata.length, 8192);
    const { answer } = await start(api, { unsafe_metadata });
    assert.equal(answer.status, 200);
  });

  it('is refused to who is signed in already', async () => {
    const browser = await createFrontendClient(api);
    await browser.call('POST', '/client/sign_ins', { identifier: 'taken@example.com', password });
    assert.deepEqual(refusal(await browser.call('POST', '/client/sign_ups')), [400, 'session_exists']);
  });
});

describe('steps of a sign-up', () => {
  let api: TestApi;
  let time = Date.now();
  before(async () => {
    api = await startApi({ now: () => time });
  });
  after(() => api.stop());

  it('are shown with what proves them, as both are at one moment', async () => {
    const { answer, prepare, get } = await start(api, { email_address: newAddress(), password });
    await prepare();
    const { pending } = await api.database.transaction().execute(async (transaction) => {
      await sql`lock table verifications in access exclusive mode`.execute(transaction);
      const got = get();
      await untilLocked(api.database, 'select%');
      // The code arrives now, from another tab.
      const { id } = answer.response;
      const proof = transaction.selectFrom('sign_ups').select('email_address_verification_id').where('id', '=', id);
      await transaction.updateTable('verifications').set({ status: 'verified' }).where('id', '=', proof).execute();
      await transaction.updateTable('sign_ups').set({ status: 'complete' }).where('id', '=', id).execute();
      return { pending: got };
    });
    const { response } = await pending;
    assert.deepEqual([response.status, response.verifications.email_address.status], ['missing_requirements', 'unverified']);
  });

  it('makes the user, with a session, when the address is proved', async () => {
    const emailAddress = newAddress();
    const unsafe_metadata = '{"birthday":"11-30-1969","nested":{"k":[1,null]}}';
    const { browser, prepare, attempt, get } = await start(api, { email_address: emailAddress, password, unsafe_metadata, locale: 'de' });
    const prepared = await prepare();
    assert.equal(prepared.response.verifications.email_address.next_action, 'needs_attempt');
    assert.deepEqual(prepared.client.sign_up, prepared.response);
    const [code = ''] = await mailedCodes(api, emailAddress);
    const { status, response, client } = await attempt({ code });
    assert.equal(status, 200);
    assert.equal(response.status, 'complete');
    assert.deepEqual(response.unverified_fields, []);
    assert.equal(response.verifications.email_address.status, 'verified');
    assert.equal(response.verifications.email_address.next_action, '');
    assert.equal(response.has_password, true);
    assert.equal(client.sign_up, null);
    assert.equal(client.last_active_session_id, response.created_session_id);
    const [{ user }] = client.sessions;
    assert.equal(user.id, response.created_user_id);
    assert.deepEqual(user.unsafe_metadata, JSON.parse(unsafe_metadata));
    assert.deepEqual(user.public_metadata, {});
    assert.equal('private_metadata' in user, false);
    assert.equal(user.email_addresses[0].verification.status, 'verified');
    assert.equal(user.email_addresses[0].verification.strategy, 'email_code');
    assert.equal(user.primary_email_address_id, user.email_addresses[0].id);
    assert.equal(user.password_enabled, true);
    assert.deepEqual((await get()).response.unsafe_metadata, JSON.parse(unsafe_metadata));
    const stored = await api.database
      .selectFrom('users')
      .select(['private_metadata', 'locale'])
      .where('id', '=', user.id)
      .executeTakeFirstOrThrow();
    assert.deepEqual(stored, { private_metadata: {}, locale: 'de' });

    const anew = await createFrontendClient(api);
    assert.equal((await anew.call('POST', '/client/sign_ins', { identifier: emailAddress, password })).response.status, 'complete');
    assert.deepEqual(refusal(await attempt({ code })), [400, 'verification_already_verified']);
    assert.deepEqual(refusal(await prepare()), [400, 'verification_already_verified']);
    const update = await browser.call('PATCH', `/client/sign_ups/${response.id}`, { unsafe_metadata: '{}' });
    assert.deepEqual(refusal(update), [403, 'sign_up_cannot_be_updated']);
  });

  it('takes values in any order, and completes with the last one', async () => {
    const emailAddress = newAddress();
    const { prepare, attempt, change } = await start(api);
    assert.deepEqual((await change({ email_address: emailAddress })).response.missing_fields, ['password']);
    await prepare();
    const [code = ''] = await mailedCodes(api, emailAddress);
    const proved = await attempt({ code });
    assert.equal(proved.response.status, 'missing_requirements');
    assert.deepEqual([proved.response.missing_fields, proved.response.unverified_fields], [['password'], []]);
    assert.deepEqual(refusal(await prepare()), [400, 'verification_already_verified']);
    const complete = await change({ password });
    assert.equal(complete.response.status, 'complete');
    assert.equal(complete.client.sessions.length, 1);
  });

  it('replaces metadata as a whole, and clears what is sent empty', async () => {
    const { change } = await start(api, { email_address: newAddress(), unsafe_metadata: '{"a":1,"b":{"c":2}}' });
    assert.deepEqual((await change({ unsafe_metadata: '{"b":{"d":3}}' })).response.unsafe_metadata, { b: { d: 3 } });
    const cleared = await change({ unsafe_metadata: '', email_address: '' });
    assert.deepEqual(cleared.response.unsafe_metadata, {});
    assert.equal(cleared.response.email_address, null);
    assert.equal(cleared.response.verifications.email_address, null);
    assert.deepEqual(refusal(await change({ unsafe_metadata: '"text"' })), [422, 'form_param_value_invalid']);
  });

  it('does not take the code of a former address', async () => {
    const former = newAddress();
    const { prepare, attempt, change } = await start(api, { email_address: former, password });
    await prepare();
    const [code = ''] = await mailedCodes(api, former);
    const present = newAddress();
    const changed = await change({ email_address: present });
    assert.equal(changed.response.verifications.email_address, null);
    assert.deepEqual(refusal(await attempt({ code })), [410, 'sign_up_outdated_verification']);
    await prepare();
    assert.deepEqual(refusal(await attempt({ code: '1234567' })), [422, 'form_code_incorrect']);
    const [fresh = ''] = await mailedCodes(api, present);
    assert.equal((await attempt({ code: fresh })).response.status, 'complete');
  });

  it('refuses steps that are not possible', async () => {
    const { prepare, attempt } = await start(api, { password });
    assert.deepEqual(refusal(await prepare()), [422, 'form_param_missing']);
    assert.deepEqual(refusal(await prepare({})), [422, 'form_param_missing']);
    assert.deepEqual(refusal(await prepare({ strategy: 'phone_code' })), [422, 'form_param_value_invalid']);
    assert.deepEqual(refusal(await attempt({ code: '123456' })), [400, 'verification_missing']);
    assert.deepEqual(refusal(await attempt({})), [422, 'form_param_missing']);
    assert.deepEqual(refusal(await attempt({ code: '' })), [422, 'form_param_nil']);
  });

  it('says which code was wrong, spent or too old', async () => {
    const { prepare, attempt } = await start(api, { email_address: newAddress(), password });
    await prepare();
    for (let index = 0; index < 3; index++) {
      const wrong = await attempt({ code: '1234567' });
      assert.deepEqual(refusal(wrong), [422, 'form_code_incorrect']);
      assert.deepEqual(parameters(wrong), ['code']);
    }
    assert.deepEqual(refusal(await attempt({ code: '1234567' })), [400, 'verification_failed']);
    assert.deepEqual(refusal(await prepare()), [429, 'verification_code_too_many_requests']);
    time += 30_000;
    assert.equal((await prepare()).status, 200);
    time += 600_000;
    assert.deepEqual(refusal(await attempt({ code: '1234567' })), [400, 'verification_expired']);
  });

  it('is abandoned after a day without a step, and lives on with each', async () => {
    const { change, get } = await start(api, { password });
    time += 20 * 3600_000;
    assert.equal((await change({ locale: 'fr' })).status, 200);
    time += 20 * 3600_000;
    assert.equal((await get()).response.status, 'missing_requirements');
    time += 5 * 3600_000;
    assert.equal((await get()).response.status, 'abandoned');
    assert.deepEqual(refusal(await change({ locale: 'fr' })), [400, 'client_state_invalid']);
  });

  it('is its client’s alone, and only the newest one goes on', async () => {
    const { browser, answer, change } = await start(api);
    const stranger = await createFrontendClient(api);
    assert.deepEqual(refusal(await stranger.call('GET', `/client/sign_ups/${answer.response.id}`)), [404, 'resource_not_found']);
    assert.deepEqual(refusal(await browser.call('GET', '/client/sign_ups/sua_%00')), [404, 'resource_not_found']);
    await browser.call('POST', '/client/sign_ups');
    assert.deepEqual(refusal(await change({ password })), [403, 'resource_forbidden']);
  });

  it('tells who was slower that the address is claimed', async () => {
    const emailAddress = newAddress();
    const { prepare, attempt } = await start(api, { email_address: emailAddress, password });
    await prepare();
    const [code = ''] = await mailedCodes(api, emailAddress);
    await addUser(api, { emailAddress });
    assert.deepEqual(refusal(await attempt({ code })), [400, 'identification_claimed']);
    assert.deepEqual(refusal(await prepare()), [400, 'identification_claimed']);
  });
});

describe('sign-up by the settings of the instance', () => {
  const withApi = async (instance: SettingsFile, work: (api: TestApi) => Promise<void>) => {
    const api = await startApi({ instance });
    try {
      await work(api);
    } finally {
      await api.stop();
    }
  };

  it('is closed where it is restricted or has a waiting list', async () => {
    await withApi({ sign_up: { mode: 'restricted' } }, async (api) => {
      assert.deepEqual(refusal((await start(api)).answer), [403, 'sign_up_mode_restricted']);
    });
    await withApi({ sign_up: { mode: 'waitlist' } }, async (api) => {
      assert.deepEqual(refusal((await start(api)).answer), [403, 'sign_up_restricted_waitlist']);
    });
  });

  it('asks for names, username and consent, and completes at once where nothing is to be proved', async () => {
    const instance: SettingsFile = {
      attributes: {
        email_address: { enabled: true, required: true, verify_at_sign_up: false },
        username: { enabled: true, required: true },
        first_name: { enabled: true, required: true },
        last_name: { enabled: true },
        password: { enabled: true, required: true },
      },
      sign_up: { legal_consent: true },
    };
    await withApi(instance, async (api) => {
      const emailAddress = newAddress();
      const { answer, change } = await start(api, { email_address: emailAddress, password });
      assert.deepEqual(answer.response.missing_fields, ['username', 'first_name', 'legal_accepted']);
      assert.deepEqual(answer.response.optional_fields, ['last_name']);
      assert.deepEqual(refusal(await change({ legal_accepted: 'false' })), [422, 'legal_not_accepted']);
      assert.deepEqual(refusal(await change({ username: 'ab' })), [422, 'form_username_invalid_length']);
      assert.deepEqual(refusal(await change({ username: 'no spaces' })), [422, 'form_username_invalid_character']);
      assert.deepEqual(refusal(await change({ username: '12345' })), [422, 'form_username_needs_non_number_char']);
      assert.deepEqual(refusal(await change({ first_name: 'A\0nn' })), [422, 'form_param_format_invalid']);
      assert.deepEqual(refusal(await change({ first_name: 'x'.repeat(257) })), [422, 'form_param_max_length_exceeded']);
      const complete = await change({ username: 'Ann_B', first_name: ' Ann ', legal_accepted: 'true' });
      assert.equal(complete.response.status, 'complete');
      assert.ok(complete.response.legal_accepted_at);
      const [{ user }] = complete.client.sessions;
      assert.deepEqual([user.username, user.first_name, user.legal_accepted_at], ['Ann_B', 'Ann', complete.response.legal_accepted_at]);
      assert.equal(user.email_addresses[0].verification, null);
      assert.equal(complete.client.last_authentication_strategy, 'password');

      const other = await start(api, { email_address: newAddress(), username: 'aNN_b' });
      assert.deepEqual(refusal(other.answer), [422, 'form_identifier_exists']);
      assert.deepEqual(parameters(other.answer), ['username']);

      // The address is nobody else's, and is proved by the first code that it takes.
      const browser = await createFrontendClient(api);
      const signIn = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, strategy: 'email_code' });
      const [code = ''] = await mailedCodes(api, emailAddress);
      const proved = await browser.call('POST', `/client/sign_ins/${signIn.response.id}/attempt_first_factor`, {
        strategy: 'email_code',
        code,
      });
      assert.equal(proved.client.sessions[0].user.email_addresses[0].verification.status, 'verified');
    });
  });

  it('limits how many are started from one address', async () => {
    await withApi({ rate_limits: { create_sign_up: { requests: 2, window: 3600 } } }, async (api) => {
      assert.equal((await start(api)).answer.status, 200);
      assert.equal((await start(api)).answer.status, 200);
      const { answer } = await start(api);
      assert.deepEqual(refusal(answer), [429, 'signup_rate_limit_exceeded']);
      assert.ok(Number(answer.headers.get('retry-after')) > 0);
    });
  });
});
