/** One's own email addresses and phone numbers (dossier part 2, §4.1). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from '../../support/frontend-client.ts';
import { testNumber } from '../../support/phone-numbers.ts';
import { addUser } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const code = '424242';
const refusal = ({ status, codes, errors }: FrontendAnswer) => [status, codes[0], errors[0]?.meta?.['param_name']];

let count = 0;
const kinds = [
  {
    kind: 'email_address',
    collection: 'email_addresses',
    strategy: 'email_code',
    primary: 'primary_email_address_id',
    newValue: () => `own${++count}+clerk_test@example.com`,
    malformed: 'no address',
    otherSpelling: (value: string) => ` ${value.toUpperCase()} `,
  },
  {
    kind: 'phone_number',
    collection: 'phone_numbers',
    strategy: 'phone_code',
    primary: 'primary_phone_number_id',
    newValue: testNumber,
    malformed: '555-0100',
    otherSpelling: (value: string) => ` ${value.slice(0, 2)} (${value.slice(2, 5)}) ${value.slice(5)} `,
  },
] as const;

let api: TestApi;
let time = Date.now();
before(async () => {
  const attributes = { email_address: { required: false }, phone_number: { enabled: true }, username: { enabled: true } };
  api = await startApi({ now: () => time, instance: { users: [], attributes } });
});
after(() => api.stop());

/** Somebody who is signed in, and has one of each kind. */
async function newPerson() {
  const emailAddress = `person${++count}@example.com`;
  const phoneNumber = `+1415556${String(count).padStart(4, '0')}`;
  const user = await addUser(api, { emailAddress, phoneNumber, password }, time);
  const browser = await createFrontendClient(api);
  // What is added from now on is the younger.
  time += 1000;
  const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
  const sessionId = response.created_session_id as string;
  const call = (method: string, path: string, form: Record<string, string> = {}) => browser.call(method, path, form, { sessionId });
  return { user, browser, sessionId, emailAddress, phoneNumber, call };
}
type Call = Awaited<ReturnType<typeof newPerson>>['call'];

for (const { kind, collection, strategy, primary, newValue, malformed, otherSpelling } of kinds) {
  describe(`/me/${collection}`, () => {
    const path = `/me/${collection}`;
    const add = (call: Call, value: string) => call('POST', path, { [kind]: value });
    const prove = async (call: Call, id: string) => {
      assert.equal((await call('POST', `${path}/${id}/prepare_verification`, { strategy })).status, 200);
      return call('POST', `${path}/${id}/attempt_verification`, { code });
    };

    it('adds one that is proved later, in one spelling, with both spellings of the path', async () => {
      const { call } = await newPerson();
      const value = newValue();
      const added = await call('POST', `${path}/`, { [kind]: kind === 'phone_number' ? otherSpelling(value) : ` ${value} ` });
      assert.equal(added.status, 200, JSON.stringify(added.body));
      const { id } = added.response;
      assert.match(id, /^idn_/);
      assert.deepEqual([added.response.object, added.response[kind], added.response.verification], [kind, value, null]);
      assert.equal(added.client.sessions[0].user[collection].length, 2, 'the piggybacked user has it already');
      const listed = await call('GET', path);
      assert.deepEqual(listed.body.map((own: { id: string }) => own.id).at(-1), id);
      const prepared = await call('POST', `${path}/${id}/prepare_verification`, { strategy });
      assert.deepEqual([prepared.response.verification.status, prepared.response.verification.strategy], ['unverified', strategy]);
      const proved = await call('POST', `${path}/${id}/attempt_verification`, { code });
      assert.deepEqual([proved.response.verification.status, proved.response.verification.strategy], ['verified', strategy]);
      assert.equal((await call('GET', `${path}/${id}`)).response.verification.status, 'verified');
    });

    it('identifies at sign-in once it is proved, and not before', async () => {
      const { call } = await newPerson();
      const value = newValue();
      const { response } = await add(call, value);
      const signIn = async () => (await createFrontendClient(api)).call('POST', '/client/sign_ins', { identifier: value, password });
      assert.deepEqual(refusal(await signIn()).slice(0, 2), [422, 'form_identifier_not_found']);
      await prove(call, response.id);
      assert.equal((await signIn()).response.status, 'complete');
    });

    it('keeps nobody from their own, as long as it is not proved', async () => {
      const squatter = await newPerson();
      const owner = await newPerson();
      const value = newValue();
      const { response: squatted } = await add(squatter.call, value);
      const { response: own } = await add(owner.call, value);
      await squatter.call('POST', `${path}/${squatted.id}/prepare_verification`, { strategy });
      assert.equal((await prove(owner.call, own.id)).response.verification.status, 'verified');
      const late = await squatter.call('POST', `${path}/${squatted.id}/attempt_verification`, { code });
      assert.deepEqual(refusal(late).slice(0, 2), [400, 'identification_claimed']);
      const again = await squatter.call('POST', `${path}/${squatted.id}/prepare_verification`, { strategy });
      assert.deepEqual(refusal(again).slice(0, 2), [400, 'identification_claimed']);
    });

    it('belongs to one of those who prove it at the same time', async () => {
      const value = newValue();
      const people = await Promise.all(Array.from({ length: 6 }, newPerson));
      const ids: string[] = [];
      for (const { call } of people) {
        const { response } = await add(call, value);
        await call('POST', `${path}/${response.id}/prepare_verification`, { strategy });
        ids.push(response.id);
      }
      const answers = await Promise.all(
        people.map(({ call }, index) => call('POST', `${path}/${ids[index]}/attempt_verification`, { code })),
      );
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      for (const answer of answers) {
        if (answer.status !== 200) assert.deepEqual(refusal(answer).slice(0, 2), [400, 'identification_claimed']);
      }
    });

    it('refuses what somebody has, in any spelling, what one has oneself, and what is none', async () => {
      const { call, emailAddress, phoneNumber } = await newPerson();
      const stranger = await newPerson();
      const theirs = kind === 'phone_number' ? stranger.phoneNumber : stranger.emailAddress;
      assert.deepEqual(refusal(await add(call, otherSpelling(theirs))), [422, 'form_identifier_exists', kind]);
      assert.deepEqual(refusal(await add(call, kind === 'phone_number' ? phoneNumber : emailAddress)), [
        422,
        'form_identifier_exists',
        kind,
      ]);
      assert.deepEqual(refusal(await add(call, malformed)), [422, 'form_param_format_invalid', kind]);
      assert.deepEqual(refusal(await call('POST', path)), [422, 'form_param_missing', kind]);
    });

    it('keeps five that are not proved, and no more', async () => {
      const { call } = await newPerson();
      for (let index = 0; index < 5; index++) assert.equal((await add(call, newValue())).status, 200);
      assert.deepEqual(refusal(await add(call, newValue())).slice(0, 2), [400, 'too_many_unverified_identifications']);
    });

    it('judges three codes, takes each once, and asks for what is missing', async () => {
      const { call } = await newPerson();
      const { response } = await add(call, newValue());
      const attempt = (form: Record<string, string>) => call('POST', `${path}/${response.id}/attempt_verification`, form);
      assert.deepEqual(refusal(await attempt({ code })).slice(0, 2), [400, 'verification_missing']);
      assert.deepEqual(refusal(await call('POST', `${path}/${response.id}/prepare_verification`)), [422, 'form_param_missing', 'strategy']);
      const pigeon = await call('POST', `${path}/${response.id}/prepare_verification`, { strategy: 'pigeon' });
      assert.deepEqual(refusal(pigeon), [422, 'form_param_value_invalid', 'strategy']);
      const prepare = () => call('POST', `${path}/${response.id}/prepare_verification`, { strategy });
      await prepare();
      assert.deepEqual(refusal(await prepare()).slice(0, 2), [429, 'verification_code_too_many_requests']);
      for (let index = 0; index < 3; index++) {
        assert.deepEqual(refusal(await attempt({ code: '1234567' })), [422, 'form_code_incorrect', 'code']);
      }
      assert.deepEqual(refusal(await attempt({ code })).slice(0, 2), [400, 'verification_failed']);
      time += 31_000;
      await prepare();
      time += 10 * 60_000;
      assert.deepEqual(refusal(await attempt({ code })).slice(0, 2), [400, 'verification_expired']);
      await prepare();
      const answers = await Promise.all(Array.from({ length: 16 }, () => attempt({ code })));
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      assert.ok(answers.every(({ status, codes }) => status === 200 || codes[0] === 'verification_already_verified'));
      assert.deepEqual(refusal(await prepare()).slice(0, 2), [400, 'verification_already_verified']);
    });

    it('makes a proved one of one’s own the primary one, and no other', async () => {
      const { call, user } = await newPerson();
      const stranger = await newPerson();
      const { response } = await add(call, newValue());
      assert.deepEqual(refusal(await call('PATCH', '/me', { [primary]: response.id })), [422, 'form_verification_needed', primary]);
      await prove(call, response.id);
      assert.equal((await call('GET', '/me')).response[primary], user[primary]);
      assert.equal((await call('PATCH', '/me', { [primary]: response.id })).response[primary], response.id);
      const foreign = await call('PATCH', '/me', { [primary]: stranger.user[primary] ?? '' });
      assert.deepEqual(refusal(foreign), [422, 'form_resource_not_found', primary]);
    });

    it('removes one, and makes another proved one the primary one', async () => {
      const { call, user } = await newPerson();
      const { response } = await add(call, newValue());
      await prove(call, response.id);
      const removed = await call('DELETE', `${path}/${user[primary]}`);
      assert.deepEqual(removed.response, { object: kind, id: user[primary], deleted: true });
      const { response: me } = await call('GET', '/me');
      assert.deepEqual([me[primary], me[collection].map(({ id }: { id: string }) => id)], [response.id, [response.id]]);
      assert.deepEqual(refusal(await call('GET', `${path}/${user[primary]}`)).slice(0, 2), [404, 'resource_not_found']);
    });

    it('ends sign-ins that were begun with it', async () => {
      const { call, user, emailAddress, phoneNumber } = await newPerson();
      const visitor = await createFrontendClient(api);
      const identifier = kind === 'phone_number' ? phoneNumber : emailAddress;
      const { response } = await visitor.call('POST', '/client/sign_ins', { identifier });
      await call('DELETE', `${path}/${user[primary]}`);
      const late = await visitor.call('POST', `/client/sign_ins/${response.id}/attempt_first_factor`, { strategy: 'password', password });
      assert.deepEqual(refusal(late).slice(0, 2), [400, 'client_state_invalid']);
    });

    it('is nobody else’s business', async () => {
      const { user } = await newPerson();
      const { call, browser } = await newPerson();
      const foreign = `${path}/${user[primary]}`;
      const answers = [
        await call('GET', foreign),
        await call('DELETE', foreign),
        await call('POST', `${foreign}/prepare_verification`, { strategy }),
        await call('POST', `${foreign}/attempt_verification`, { code }),
      ];
      for (const answer of answers) assert.deepEqual(refusal(answer).slice(0, 2), [404, 'resource_not_found']);
      for (const method of ['GET', 'POST']) {
        assert.deepEqual(refusal(await browser.call(method, path, { [kind]: newValue() })).slice(0, 2), [401, 'authentication_invalid']);
      }
      const owned = await call('POST', path, { [kind]: newValue(), verified: 'true' });
      assert.deepEqual(refusal(owned), [422, 'form_param_unknown', 'verified']);
    });

    it('touches the user, so that browsers take the new copy', async () => {
      const { call } = await newPerson();
      const before = (await call('GET', '/me')).response.updated_at as number;
      const { response } = await add(call, newValue());
      const added = (await call('GET', '/me')).response.updated_at as number;
      await prove(call, response.id);
      assert.ok(before < added && added < (await call('GET', '/me')).response.updated_at);
    });
  });
}

describe('the last identification', () => {
  const signUp = async (form: Record<string, string>, strategy: string) => {
    const browser: FrontendClient = await createFrontendClient(api);
    const { response } = await browser.call('POST', '/client/sign_ups', { password, ...form });
    await browser.call('POST', `/client/sign_ups/${response.id}/prepare_verification`, { strategy });
    const done = await browser.call('POST', `/client/sign_ups/${response.id}/attempt_verification`, { strategy, code });
    const sessionId = done.response.created_session_id as string;
    const call = (method: string, path: string, more: Record<string, string> = {}) => browser.call(method, path, more, { sessionId });
    return { user: done.client.sessions[0].user, call };
  };

  it('cannot be removed', async () => {
    const { user, call } = await signUp({ phone_number: testNumber() }, 'phone_code');
    const answer = await call('DELETE', `/me/phone_numbers/${user.primary_phone_number_id}`);
    assert.deepEqual(refusal(answer).slice(0, 2), [400, 'last_required_identification_deletion_failed']);
    assert.equal((await call('GET', '/me')).response.phone_numbers.length, 1);
  });

  it('can be removed where another kind is left to sign in by', async () => {
    const { user, call } = await signUp({ email_address: `last${++count}+clerk_test@example.com` }, 'email_code');
    const { response } = await call('POST', '/me/phone_numbers', { phone_number: testNumber() });
    const path = `/me/phone_numbers/${response.id}`;
    assert.deepEqual(
      refusal(await call('DELETE', `/me/email_addresses/${user.primary_email_address_id}`)).slice(0, 2),
      [400, 'last_required_identification_deletion_failed'],
      'a number that is not proved is none',
    );
    await call('POST', `${path}/prepare_verification`, { strategy: 'phone_code' });
    const proved = await call('POST', `${path}/attempt_verification`, { code });
    assert.equal(proved.client.sessions[0].user.primary_phone_number_id, response.id, 'the first proved one is the primary one');
    assert.equal((await call('DELETE', `/me/email_addresses/${user.primary_email_address_id}`)).status, 200);
    assert.equal((await call('GET', '/me')).response.primary_email_address_id, null);
  });
});

describe('an instance that asks for a fresh proof', () => {
  let strict: TestApi;
  let now = Date.now();
  before(async () => {
    strict = await startApi({
      now: () => now,
      instance: { users: [], reverification: true, attributes: { phone_number: { enabled: true } } },
    });
  });
  after(() => strict.stop());

  it('asks for it before it adds or removes', async () => {
    const emailAddress = 'fresh@example.com';
    const { id } = await addUser(strict, { emailAddress, phoneNumber: '+14155560001', password }, now);
    const browser = await createFrontendClient(strict);
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    const sessionId = response.created_session_id as string;
    const call = (method: string, path: string, form: Record<string, string> = {}) => browser.call(method, path, form, { sessionId });
    const own = (await call('GET', '/me')).response;
    assert.equal((await call('POST', '/me/phone_numbers', { phone_number: testNumber() })).status, 200);
    now += 11 * 60_000;
    const attempts = [
      await call('POST', '/me/phone_numbers', { phone_number: testNumber() }),
      await call('POST', '/me/email_addresses', { email_address: 'another@example.com' }),
      await call('DELETE', `/me/phone_numbers/${own.primary_phone_number_id}`),
      await call('DELETE', `/me/email_addresses/${own.primary_email_address_id}`),
      await call('PATCH', '/me', { primary_phone_number_id: own.primary_phone_number_id }),
    ];
    for (const answer of attempts) assert.deepEqual(refusal(answer).slice(0, 2), [403, 'session_reverification_required']);
    const { body } = await createBackendClient(strict)('GET', `/users/${id}`);
    assert.deepEqual([body.email_addresses.length, body.phone_numbers.length], [1, 2]);
  });
});
