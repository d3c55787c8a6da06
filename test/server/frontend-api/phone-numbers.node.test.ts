/** Signing up and in with a phone number (dossier part 2, §2, §3). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { readEnvironment } from '../../support/environment.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer } from '../../support/frontend-client.ts';
import { testNumber, withEither, withPhoneNumbers } from '../../support/phone-numbers.ts';
import { addUser, mailedCodes } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const code = '424242';
const refusal = ({ status, codes, errors }: FrontendAnswer) => [status, codes[0], errors[0]?.meta?.['param_name']];

describe('phone numbers', () => {
  let api: TestApi;
  let time = Date.now();
  before(async () => {
    api = await startApi({ now: () => time, instance: { ...withEither, users: [] } });
  });
  after(() => api.stop());

  const startSignUp = async (form: Record<string, string>) => {
    const browser = await createFrontendClient(api);
    const created = await browser.call('POST', '/client/sign_ups', { password, ...form });
    const path = `/client/sign_ups/${created.response?.id}`;
    return {
      browser,
      created,
      update: (changes: Record<string, string>) => browser.call('PATCH', path, changes),
      prepare: (more: Record<string, string> = {}) =>
        browser.call('POST', `${path}/prepare_verification`, { strategy: 'phone_code', ...more }),
      attempt: (given: string) => browser.call('POST', `${path}/attempt_verification`, { strategy: 'phone_code', code: given }),
    };
  };
  const signUp = async (number = testNumber()) => {
    const { browser, prepare, attempt } = await startSignUp({ phone_number: number });
    await prepare();
    const { response, client } = await attempt(code);
    return { browser, number, response, client, sessionId: response.created_session_id as string };
  };

  describe('at sign-up', () => {
    it('are proved by a code, and belong to the user then, in one spelling', async () => {
      const number = testNumber();
      const typed = ` ${number.slice(0, 2)} (${number.slice(2, 5)}) 555-0100 `;
      const { created, prepare, attempt } = await startSignUp({ phone_number: typed });
      const { response } = created;
      assert.deepEqual(response.required_fields, ['email_address_or_phone_number', 'password']);
      assert.deepEqual([response.status, response.phone_number, response.missing_fields], ['missing_requirements', number, []]);
      assert.deepEqual(response.unverified_fields, ['phone_number']);
      assert.equal(response.verifications.phone_number, null);
      const prepared = (await prepare({ channel: 'sms' })).response.verifications.phone_number;
      assert.deepEqual(
        [prepared.strategy, prepared.status, prepared.channel, prepared.next_action, prepared.supported_strategies],
        ['phone_code', 'unverified', 'sms', 'needs_attempt', ['phone_code']],
      );
      const done = await attempt(code);
      assert.equal(done.response.status, 'complete');
      const [session] = done.client.sessions;
      const [own] = session.user.phone_numbers;
      assert.deepEqual(
        [own.phone_number, own.verification.status, own.verification.strategy, own.reserved, own.reserved_for_second_factor],
        [number, 'verified', 'phone_code', false, false],
      );
      assert.equal(session.user.primary_phone_number_id, own.id);
      assert.deepEqual([session.user.email_addresses, session.public_user_data.identifier], [[], number]);
      assert.equal(done.client.last_authentication_strategy, 'phone_code');
    });

    it('get their code as a text message, which the inbox shows', async () => {
      const number = '+14155560042';
      const { prepare, attempt } = await startSignUp({ phone_number: number });
      await prepare();
      const [sent = ''] = await mailedCodes(api, number);
      const listed = (await (await fetch(`${api.url}/inbox/mails`)).json()) as { kind: string; recipient: string; text: string }[];
      const message = listed.find(({ recipient }) => recipient === number);
      assert.equal(message?.kind, 'text_message');
      assert.ok(!api.log.some((line) => line.includes(sent) || line.includes(number)), 'neither code nor number is logged');
      assert.equal((await attempt(sent)).response.status, 'complete');
    });

    it('take the field for either kind, whichever it looks like', async () => {
      const number = testNumber();
      const byNumber = await startSignUp({ email_address_or_phone_number: number, strategy: 'phone_code' });
      assert.equal(byNumber.created.response.verifications.phone_number.next_action, 'needs_attempt');
      assert.equal((await byNumber.attempt(code)).response.status, 'complete');
      const byAddress = await startSignUp({ email_address_or_phone_number: 'either+clerk_test@example.com' });
      assert.deepEqual(byAddress.created.response.unverified_fields, ['email_address']);
      assert.deepEqual(refusal((await startSignUp({ email_address_or_phone_number: '0123' })).created), [
        422,
        'form_param_format_invalid',
        'email_address_or_phone_number',
      ]);
    });

    it('are both proved where both are given', async () => {
      const number = testNumber();
      const { browser, created, prepare, attempt } = await startSignUp({
        phone_number: number,
        email_address: 'both+clerk_test@example.com',
      });
      assert.deepEqual(created.response.unverified_fields, ['email_address', 'phone_number']);
      await prepare();
      assert.deepEqual((await attempt(code)).response.unverified_fields, ['email_address']);
      const path = `/client/sign_ups/${created.response.id}`;
      await browser.call('POST', `${path}/prepare_verification`, { strategy: 'email_code' });
      const done = await browser.call('POST', `${path}/attempt_verification`, { strategy: 'email_code', code });
      const { user } = done.client.sessions[0];
      assert.deepEqual([user.email_addresses.length, user.phone_numbers.length], [1, 1]);
      assert.ok(user.primary_email_address_id && user.primary_phone_number_id);
    });

    for (const [name, phoneNumber] of [
      ['without country', '4155550100'],
      ['too short', '+1415555010'],
      ['too long', '+141555501000000'],
      ['of no country', '+999123456789'],
      ['with an extension', '+14155550100 ext. 5'],
      ['with something before it', 'tel:+14155550100'],
      ['with a line break', '+14155550100\r\n5'],
    ]) {
      it(`are refused ${name}`, async () => {
        const { created } = await startSignUp({ phone_number: phoneNumber ?? '' });
        assert.deepEqual(refusal(created), [422, 'form_param_format_invalid', 'phone_number']);
      });
    }

    it('are refused where somebody has them, in any spelling', async () => {
      const { number } = await signUp();
      const wide = number.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
      for (const spelling of [number, `${number.slice(0, 2)}-${number.slice(2)}`, wide]) {
        assert.deepEqual(refusal((await startSignUp({ phone_number: spelling })).created), [422, 'form_identifier_exists', 'phone_number']);
      }
    });

    it('are for nobody else when somebody was faster', async () => {
      const number = testNumber();
      const { prepare, attempt } = await startSignUp({ phone_number: number });
      await prepare();
      await signUp(number);
      assert.deepEqual(refusal(await attempt(code)).slice(0, 2), [400, 'identification_claimed']);
      assert.deepEqual(refusal(await prepare()).slice(0, 2), [400, 'identification_claimed']);
    });

    it('need a new code after they were changed', async () => {
      const { prepare, update, attempt } = await startSignUp({ phone_number: testNumber() });
      await prepare();
      const changed = await update({ phone_number: testNumber() });
      assert.equal(changed.response.verifications.phone_number, null);
      assert.deepEqual(refusal(await attempt(code)).slice(0, 2), [410, 'sign_up_outdated_verification']);
    });

    it('take no other channel than text messages, and no code of the other kind', async () => {
      const { browser, created, prepare, attempt } = await startSignUp({ phone_number: testNumber() });
      assert.deepEqual(refusal(await prepare({ channel: 'whatsapp' })), [422, 'form_param_value_invalid', 'channel']);
      const path = `/client/sign_ups/${created.response.id}`;
      const other = await browser.call('POST', `${path}/prepare_verification`, { strategy: 'email_code' });
      assert.deepEqual(refusal(other), [422, 'form_param_missing', 'email_address']);
      assert.deepEqual(refusal(await attempt(code)).slice(0, 2), [400, 'verification_missing']);
    });
  });

  describe('at sign-in', () => {
    it('identify, in any spelling, and a code to them signs in', async () => {
      const { number } = await signUp();
      for (const identifier of [number, ` ${number.slice(0, 2)} ${number.slice(2, 5)}-555-0100`]) {
        time += 60_000;
        const browser = await createFrontendClient(api);
        const { response } = await browser.call('POST', '/client/sign_ins', { identifier, strategy: 'phone_code' });
        assert.deepEqual(response.supported_identifiers, ['email_address', 'phone_number']);
        const listed = response.supported_first_factors.map(({ strategy }: { strategy: string }) => strategy);
        assert.deepEqual(listed, ['password', 'phone_code', 'reset_password_phone_code']);
        assert.equal(response.supported_first_factors[1].safe_identifier, `+*******${number.slice(-4)}`);
        assert.deepEqual([response.first_factor_verification.status, response.first_factor_verification.channel], ['unverified', 'sms']);
        const path = `/client/sign_ins/${response.id}/attempt_first_factor`;
        const done = await browser.call('POST', path, { strategy: 'phone_code', code });
        assert.equal(done.response.status, 'complete');
      }
    });

    it('identify for the password too', async () => {
      const { number } = await signUp();
      const browser = await createFrontendClient(api);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: number, password });
      assert.equal(response.status, 'complete');
    });

    it('send to the number that is asked for, if it is one of the person’s own', async () => {
      const stranger = await signUp();
      const strangers = stranger.client.sessions[0].user.phone_numbers[0].id as string;
      const { number } = await signUp();
      const browser = await createFrontendClient(api);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: number });
      const path = `/client/sign_ins/${response.id}/prepare_first_factor`;
      const own = response.supported_first_factors[1].phone_number_id as string;
      for (const [phoneNumberId, expected] of [
        [strangers, [422, 'form_resource_not_found', 'phone_number_id']],
        [own, [200, undefined, undefined]],
      ] as const) {
        assert.deepEqual(refusal(await browser.call('POST', path, { strategy: 'phone_code', phone_number_id: phoneNumberId })), expected);
      }
      const channel = await browser.call('POST', path, { strategy: 'phone_code', channel: 'whatsapp' });
      assert.deepEqual(refusal(channel), [422, 'form_param_value_invalid', 'channel']);
    });

    it('let one set a new password', async () => {
      const { number } = await signUp();
      const browser = await createFrontendClient(api);
      const strategy = 'reset_password_phone_code';
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: number, strategy });
      const path = `/client/sign_ins/${response.id}`;
      const proved = await browser.call('POST', `${path}/attempt_first_factor`, { strategy, code });
      assert.equal(proved.response.status, 'needs_new_password');
      const done = await browser.call('POST', `${path}/reset_password`, { password: 'orchard-lantern-river' });
      assert.equal(done.response.status, 'complete');
    });

    it('are not known where nobody has them', async () => {
      const browser = await createFrontendClient(api);
      const answer = await browser.call('POST', '/client/sign_ins', { identifier: testNumber() });
      assert.deepEqual(refusal(answer), [422, 'form_identifier_not_found', 'identifier']);
    });

    it('prove a number that was only reserved', async () => {
      const number = testNumber();
      const user = await addUser(api, { emailAddress: 'reserved-number@example.com', phoneNumber: number, password });
      const values = { verified_by: null, verified_at: null, reserved: true };
      await api.database.updateTable('phone_numbers').set(values).where('user_id', '=', user.id).execute();
      const browser = await createFrontendClient(api);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: number, strategy: 'phone_code' });
      const done = await browser.call('POST', `/client/sign_ins/${response.id}/attempt_first_factor`, { strategy: 'phone_code', code });
      assert.equal(done.client.sessions[0].user.phone_numbers[0].verification.strategy, 'phone_code');
    });
  });
});

describe('an instance without phone numbers', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi({ instance: { users: [] } });
  });
  after(() => api.stop());

  it('knows none of it', async () => {
    const browser = await createFrontendClient(api);
    const signIn = await browser.call('POST', '/client/sign_ins', { identifier: '+14155550100' });
    assert.deepEqual(refusal(signIn), [422, 'form_param_format_invalid', 'identifier']);
    const signUp = await browser.call('POST', '/client/sign_ups', { phone_number: '+14155550100', password });
    assert.deepEqual(refusal(signUp), [422, 'form_param_unknown', 'phone_number']);
  });
});

describe('an instance that asks for both', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi({ instance: { ...withPhoneNumbers, users: [] } });
  });
  after(() => api.stop());

  it('lists the number as optional, and describes it in the environment', async () => {
    const environment = await readEnvironment(api.url);
    assert.deepEqual(environment.user_settings.attributes.phone_number, {
      enabled: true,
      required: false,
      immutable: false,
      used_for_first_factor: true,
      first_factors: ['phone_code'],
      used_for_second_factor: false,
      second_factors: [],
      verifications: ['phone_code'],
      verify_at_sign_up: true,
      channels: ['sms'],
    });
    assert.equal(environment.auth_config.phone_number, 'on');
    const browser = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ups', { password });
    assert.deepEqual([response.required_fields, response.optional_fields], [['email_address', 'password'], ['phone_number']]);
  });
});
