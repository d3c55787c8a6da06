/** Phone numbers that are kept for the second step of sign-ins (dossier part 2, §2.5, §4.1). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { appCode } from '../../support/authenticator-app.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer } from '../../support/frontend-client.ts';
import { testNumber } from '../../support/phone-numbers.ts';
import { addUser } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const code = '424242';
const refusal = ({ status, codes }: FrontendAnswer) => [status, codes[0]];
const second = { phone_number: { enabled: true, second_factors: ['phone_code' as const] } };

let api: TestApi;
let time = Date.now();
let count = 0;
before(async () => {
  const attributes = {
    ...second,
    email_address: { required: false },
    authenticator_app: { enabled: true },
    backup_code: { enabled: true },
  };
  api = await startApi({ now: () => time, instance: { users: [], attributes } });
});
after(() => api.stop());

async function newPerson(on: TestApi = api, { hasPassword = true } = {}) {
  const emailAddress = `person${++count}+clerk_test@example.com`;
  const user = await addUser(on, { emailAddress, ...(hasPassword && { password }) }, time);
  const browser = await createFrontendClient(on);
  const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, strategy: 'email_code' });
  const done = await browser.call('POST', `/client/sign_ins/${response.id}/attempt_first_factor`, { strategy: 'email_code', code });
  const sessionId = done.response.created_session_id as string;
  const call = (method: string, path: string, form: Record<string, string> = {}) => browser.call(method, path, form, { sessionId });
  const add = async (form: Record<string, string> = {}) => {
    // Numbers are listed in the order in which they were added.
    time += 1;
    const { response: number } = await call('POST', '/me/phone_numbers', { phone_number: testNumber(), ...form });
    return number as { id: string; phone_number: string };
  };
  const prove = async (id: string) => {
    await call('POST', `/me/phone_numbers/${id}/prepare_verification`, { strategy: 'phone_code' });
    return call('POST', `/me/phone_numbers/${id}/attempt_verification`, { code });
  };
  const addProved = async (form: Record<string, string> = {}) => {
    const number = await add(form);
    await prove(number.id);
    return number;
  };
  const keep = (id: string, form: Record<string, string> = { reserved_for_second_factor: 'true' }) =>
    call('PATCH', `/me/phone_numbers/${id}`, form);
  const me = async () => (await call('GET', '/me')).response;
  return { user, emailAddress, call, add, prove, addProved, keep, me };
}

/** A sign-in whose first step is done, by somebody at another browser. */
async function openSecondStep(identifier: string, form: Record<string, string> = { password }) {
  const browser = await createFrontendClient(api);
  const { response } = await browser.call('POST', '/client/sign_ins', { identifier, ...form });
  const path = `/client/sign_ins/${response.id}`;
  const prepare = (more: Record<string, string> = {}) =>
    browser.call('POST', `${path}/prepare_second_factor`, { strategy: 'phone_code', ...more });
  const attempt = (given: string) => browser.call('POST', `${path}/attempt_second_factor`, { strategy: 'phone_code', code: given });
  return { browser, response, path, prepare, attempt };
}

describe('a phone number for the second step', () => {
  it('is turned on by its owner, who gets backup codes once', async () => {
    const { addProved, keep, me, emailAddress } = await newPerson();
    const number = await addProved();
    const { response, client } = await keep(number.id);
    assert.deepEqual([response.reserved_for_second_factor, response.default_second_factor], [true, true]);
    assert.equal(response.backup_codes.length, 10);
    const { user } = client.sessions[0];
    assert.deepEqual([user.two_factor_enabled, user.totp_enabled, user.backup_code_enabled], [true, false, true]);
    assert.ok(user.mfa_enabled_at > 0);
    assert.ok((await me()).phone_numbers.every((own: { backup_codes: unknown }) => own.backup_codes === null));
    const another = await addProved();
    assert.equal((await keep(another.id)).response.backup_codes, null);
    const { response: open, prepare, attempt } = await openSecondStep(emailAddress);
    assert.equal(open.status, 'needs_second_factor');
    assert.deepEqual(
      open.supported_second_factors.map(({ strategy, phone_number_id: id, default: usual }: Record<string, unknown>) => [
        strategy,
        id,
        usual,
      ]),
      [
        ['phone_code', number.id, true],
        ['phone_code', another.id, false],
        ['backup_code', undefined, undefined],
      ],
    );
    await prepare();
    assert.equal((await attempt(code)).response.status, 'complete');
  });

  it('is not asked for in the first step, nor is it where a forgotten password goes', async () => {
    const { addProved, keep, emailAddress } = await newPerson();
    const [first, kept] = [await addProved(), await addProved()];
    await keep(kept.id);
    for (const identifier of [emailAddress, kept.phone_number]) {
      const { browser, response, path } = await openSecondStep(identifier, {});
      const factors = response.supported_first_factors as { strategy: string; phone_number_id?: string }[];
      const offered = factors.filter(({ strategy }) => strategy.endsWith('phone_code')).map(({ phone_number_id: id }) => id);
      assert.deepEqual(offered, [first.id, first.id]);
      for (const strategy of ['phone_code', 'reset_password_phone_code']) {
        const answer = await browser.call('POST', `${path}/prepare_first_factor`, { strategy, phone_number_id: kept.id });
        assert.deepEqual(refusal(answer), [422, 'form_resource_not_found'], strategy);
      }
    }
  });

  it('is the only number that the second step takes', async () => {
    const { addProved, keep, emailAddress } = await newPerson();
    const [first, kept] = [await addProved(), await addProved()];
    await keep(kept.id);
    const { prepare } = await openSecondStep(emailAddress);
    assert.deepEqual(refusal(await prepare({ phone_number_id: first.id })), [422, 'form_resource_not_found']);
    const stranger = await newPerson();
    const foreign = await stranger.addProved();
    await stranger.keep(foreign.id);
    assert.deepEqual(refusal(await prepare({ phone_number_id: foreign.id })), [422, 'form_resource_not_found']);
    assert.equal((await prepare({ phone_number_id: kept.id })).status, 200);
  });

  it('goes to the usual one unless another is asked for', async () => {
    const { addProved, keep, me, emailAddress } = await newPerson();
    const [one, other] = [await addProved(), await addProved()];
    await keep(one.id);
    await keep(other.id);
    assert.equal((await keep(other.id, { default_second_factor: 'true' })).response.default_second_factor, true);
    const usual = (await me()).phone_numbers.filter((own: { default_second_factor: boolean }) => own.default_second_factor);
    assert.deepEqual(
      usual.map(({ id }: { id: string }) => id),
      [other.id],
    );
    const { prepare } = await openSecondStep(emailAddress);
    time += 60_000;
    await prepare();
    const [sent] = await api.database
      .selectFrom('verifications')
      .selectAll()
      .where('sent_to', '=', other.phone_number)
      .orderBy('created_at', 'desc')
      .execute();
    assert.deepEqual([sent?.strategy, sent?.status], ['phone_code', 'unverified']);
    await keep(other.id, { reserved_for_second_factor: 'false' });
    const left = (await me()).phone_numbers.filter((own: { default_second_factor: boolean }) => own.default_second_factor);
    assert.deepEqual(
      left.map(({ id }: { id: string }) => id),
      [one.id],
    );
  });

  it('has to be proved first', async () => {
    const { add, prove, keep, me, addProved } = await newPerson();
    const { id } = await add();
    assert.deepEqual(refusal(await keep(id)), [400, 'identification_update_second_factor_unverified']);
    assert.deepEqual(refusal(await keep(id, { default_second_factor: 'true' })), [400, 'identification_update_failed']);
    const kept = await add({ reserved_for_second_factor: 'true' });
    assert.equal((await me()).two_factor_enabled, false);
    const { response } = await prove(kept.id);
    assert.equal(response.backup_codes.length, 10);
    const { two_factor_enabled: isOn, primary_phone_number_id: primary } = await me();
    assert.deepEqual([isOn, primary], [true, null], 'a number for the second step is not the primary one');
    const { id: other } = await addProved();
    assert.equal((await me()).primary_phone_number_id, other);
  });

  it('ends half-finished sign-ins when it comes and when it goes', async () => {
    const { addProved, keep, emailAddress, call } = await newPerson();
    const { id } = await addProved();
    const before = await openSecondStep(emailAddress, {});
    await keep(id);
    const late = await before.browser.call('POST', `${before.path}/attempt_first_factor`, { strategy: 'password', password });
    assert.deepEqual(refusal(late), [400, 'client_state_invalid']);
    const { prepare, attempt } = await openSecondStep(emailAddress);
    await prepare();
    await call('DELETE', `/me/phone_numbers/${id}`);
    assert.deepEqual(refusal(await attempt(code)), [400, 'client_state_invalid']);
    assert.equal((await openSecondStep(emailAddress)).response.status, 'complete');
  });

  it('takes the backup codes away when it was the last one, and not beside an app', async () => {
    const { addProved, keep, me, call } = await newPerson();
    const { id } = await addProved();
    await keep(id);
    const { response: totp } = await call('POST', '/me/totp');
    await call('POST', '/me/totp/attempt_verification', { code: appCode(totp.secret, time) });
    await keep(id, { reserved_for_second_factor: 'false' });
    const withApp = await me();
    assert.deepEqual([withApp.two_factor_enabled, withApp.backup_code_enabled], [true, true]);
    await keep(id);
    await call('DELETE', '/me/totp');
    assert.equal((await me()).two_factor_enabled, true);
    await keep(id, { reserved_for_second_factor: 'false' });
    const without = await me();
    assert.deepEqual([without.two_factor_enabled, without.backup_code_enabled, without.mfa_disabled_at > 0], [false, false, true]);
  });

  it('cannot be all that somebody signs in with', async () => {
    const browser = await createFrontendClient(api);
    const number = testNumber();
    const { response } = await browser.call('POST', '/client/sign_ups', { phone_number: number, password });
    await browser.call('POST', `/client/sign_ups/${response.id}/prepare_verification`, { strategy: 'phone_code' });
    const done = await browser.call('POST', `/client/sign_ups/${response.id}/attempt_verification`, { strategy: 'phone_code', code });
    const { user } = done.client.sessions[0];
    await api.database.updateTable('users').set({ password_hash: null }).where('id', '=', user.id).execute();
    const answer = await browser.call(
      'PATCH',
      `/me/phone_numbers/${user.primary_phone_number_id}`,
      { reserved_for_second_factor: 'true' },
      {
        sessionId: done.response.created_session_id,
      },
    );
    assert.deepEqual(refusal(answer), [400, 'identification_update_failed']);
    assert.equal((await createBackendClient(api)('GET', `/users/${user.id}`)).body.two_factor_enabled, false);
  });

  it('is given and taken by backends too', async () => {
    const { user, addProved, me, emailAddress } = await newPerson();
    const call = createBackendClient(api);
    const { id } = await addProved();
    const body = { reserved_for_second_factor: true };
    assert.equal((await call('PATCH', `/phone_numbers/${id}`, { body })).body.default_second_factor, true);
    assert.equal((await me()).two_factor_enabled, true);
    assert.equal((await openSecondStep(emailAddress)).response.status, 'needs_second_factor');
    assert.equal((await call('DELETE', `/users/${user.id}/mfa`)).status, 200);
    const { two_factor_enabled: isOn, phone_numbers: numbers } = await me();
    assert.deepEqual([isOn, numbers[0].reserved_for_second_factor, numbers[0].default_second_factor], [false, false, false]);
    const unverified = { user_id: user.id, phone_number: testNumber(), reserved_for_second_factor: true };
    const refused = await call('POST', '/phone_numbers', { body: unverified });
    assert.deepEqual([refused.status, refused.body.errors[0].code], [400, 'identification_update_second_factor_unverified']);
  });
});

describe('an instance that demands a second factor, and has phone numbers for it', () => {
  let strict: TestApi;
  before(async () => {
    strict = await startApi({
      now: () => time,
      instance: { users: [], attributes: second, sign_in: { second_factor: { required: true } } },
    });
  });
  after(() => strict.stop());

  it('is content with one, and lets nobody go without', async () => {
    const { addProved, keep, call } = await newPerson(strict);
    const { id } = await addProved();
    const { client } = await keep(id);
    assert.equal(client.sessions[0].status, 'active');
    assert.deepEqual(refusal(await keep(id, { reserved_for_second_factor: 'false' })), [400, 'second_factor_deletion_not_allowed']);
    assert.deepEqual(refusal(await call('DELETE', `/me/phone_numbers/${id}`)), [400, 'second_factor_deletion_not_allowed']);
    assert.equal((await call('GET', '/me')).response.two_factor_enabled, true);
  });
});

describe('an instance where phone numbers are for the first step alone', () => {
  let plain: TestApi;
  before(async () => {
    plain = await startApi({ now: () => time, instance: { users: [], attributes: { phone_number: { enabled: true } } } });
  });
  after(() => plain.stop());

  it('keeps none for the second one', async () => {
    const { addProved, keep, call, user } = await newPerson(plain);
    const { id } = await addProved();
    assert.deepEqual(refusal(await keep(id)), [403, 'feature_not_enabled']);
    const added = await call('POST', '/me/phone_numbers', { phone_number: testNumber(), reserved_for_second_factor: 'true' });
    assert.deepEqual(refusal(added), [403, 'feature_not_enabled']);
    const body = { user_id: user.id, phone_number: testNumber(), verified: true, reserved_for_second_factor: true };
    const refused = await createBackendClient(plain)('POST', '/phone_numbers', { body });
    assert.deepEqual([refused.status, refused.body.errors[0].code], [422, 'form_param_unknown']);
  });
});
