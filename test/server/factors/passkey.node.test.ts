import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { appCode } from '../../support/authenticator-app.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendAnswer } from '../../support/frontend-client.ts';
import type { Forgery, PasskeyDevice } from '../../support/passkey-device.ts';
import { addPasskey, createPasskeyDevice, namedOrigin } from '../../support/passkeys.ts';
import { refusal } from '../../support/second-factor-suite.ts';
import { addAuthenticator, withSecondFactors } from '../../support/second-factors.ts';
import { addUser } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const strategy = 'passkey';
const attributes = { ...withSecondFactors.attributes, passkey: { enabled: true } };

/** One instance, and people in it who have passkeys. */
function createStage(api: TestApi, now: () => number) {
  let count = 0;
  const origin = namedOrigin(api);
  const open = () => createFrontendClient(api, { origin });

  const newOwner = async () => {
    const emailAddress = `person-${++count}@example.com`;
    const user = await addUser(api, { emailAddress, password }, now());
    const browser = await open();
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    const sessionId = response.created_session_id as string;
    const { passkeyId, device } = await addPasskey(browser, { sessionId, device: createPasskeyDevice(origin) });
    return { user, emailAddress, browser, sessionId, passkeyId, device };
  };

  /** A sign-in that waits for an answer: for anybody's, or that of the person with this identifier. */
  const begin = async (identifier?: string) => {
    const browser = await open();
    const created = await browser.call('POST', '/client/sign_ins', identifier === undefined ? { strategy } : { identifier });
    assert.equal(created.status, 200, JSON.stringify(created.body));
    const path = `/client/sign_ins/${created.response.id}`;
    const prepare = () => browser.call('POST', `${path}/prepare_first_factor`, { strategy });
    const asked = identifier === undefined ? created : await prepare();
    assert.equal(asked.status, 200, JSON.stringify(asked.body));
    const nonce = nonceOf(asked);
    const attempt = (credential: string) =>
      browser.call('POST', `${path}/attempt_first_factor`, { strategy, public_key_credential: credential });
    const answer = (device: PasskeyDevice, forgery?: Forgery) => attempt(device.sign(nonce, forgery));
    return { browser, created, asked, path, nonce, prepare, attempt, answer, options: JSON.parse(nonce) };
  };

  const failuresOf = async (userId: string) =>
    (await api.database.selectFrom('users').select('failed_attempts').where('id', '=', userId).executeTakeFirstOrThrow()).failed_attempts;

  return { open, newOwner, begin, failuresOf, origin };
}

const nonceOf = ({ response }: FrontendAnswer, step = 'first_factor'): string => response[`${step}_verification`].nonce;

describe('a passkey', () => {
  let api: TestApi;
  let stage: ReturnType<typeof createStage>;
  let time = Date.now();
  before(async () => {
    api = await startApi({ now: () => time, instance: { attributes } });
    stage = createStage(api, () => time);
  });
  after(() => api.stop());

  it('signs in somebody who has given no name', async () => {
    const { user, device, emailAddress, passkeyId } = await stage.newOwner();
    const { created, options, answer } = await stage.begin();
    assert.deepEqual([created.response.status, created.response.identifier], ['needs_first_factor', null]);
    assert.equal(created.response.first_factor_verification.object, 'verification_passkey');
    assert.equal(created.response.first_factor_verification.expire_at, time + 600_000);
    const { challenge, ...others } = options;
    assert.match(challenge, /^[\w-]{43}$/);
    assert.deepEqual(others, { rpId: 'localhost', timeout: 600_000, userVerification: 'required', allowCredentials: [] });
    const { response, client } = await answer(device);
    assert.deepEqual([response.status, response.identifier], ['complete', emailAddress]);
    assert.deepEqual([response.first_factor_verification.status, response.first_factor_verification.nonce], ['verified', undefined]);
    const [session] = client.sessions;
    assert.deepEqual([session.id, session.user.id], [response.created_session_id, user.id]);
    assert.equal(client.last_authentication_strategy, strategy);
    assert.deepEqual(session.factor_verification_age, [0, 0], 'the device and its holder are two factors');
    const [shown] = session.user.passkeys;
    assert.deepEqual([shown.id, shown.last_used_at], [passkeyId, time]);
  });

  it('is listed for who has one, and signs in who was named', async () => {
    const { user, device, emailAddress } = await stage.newOwner();
    const { created, options, answer } = await stage.begin(emailAddress);
    const listed = created.response.supported_first_factors.filter((factor: { strategy: string }) => factor.strategy === strategy);
    assert.deepEqual(listed, [{ strategy, primary: null }]);
    assert.deepEqual(options.allowCredentials, [{ type: 'public-key', id: device.credentialId, transports: ['internal'] }]);
    const { client } = await answer(device);
    assert.equal(client.sessions[0].user.id, user.id);
  });

  it('is asked for at once where a sign-in is created with the identifier and the strategy', async () => {
    const { device, emailAddress } = await stage.newOwner();
    const browser = await stage.open();
    const created = await browser.call('POST', '/client/sign_ins', { strategy, identifier: emailAddress });
    const credential = device.sign(nonceOf(created));
    const path = `/client/sign_ins/${created.response.id}/attempt_first_factor`;
    assert.equal((await browser.call('POST', path, { strategy, public_key_credential: credential })).response.status, 'complete');
  });

  it('is no way in for who has none', async () => {
    const emailAddress = 'nobody@example.com';
    await addUser(api, { emailAddress, password }, time);
    const browser = await stage.open();
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress });
    assert.ok(!response.supported_first_factors.some((factor: { strategy: string }) => factor.strategy === strategy));
    const prepared = await browser.call('POST', `/client/sign_ins/${response.id}/prepare_first_factor`, { strategy });
    assert.deepEqual(refusal(prepared), [400, 'strategy_for_user_invalid']);
  });

  const forgeries: [title: string, Forgery][] = [
    ['for another page', { origin: 'http://elsewhere.localhost:4000' }],
    ['for a page on another port', { origin: 'http://localhost:1' }],
    ['for another domain', { rpId: 'elsewhere.localhost' }],
    ['to another challenge', { challenge: 'A'.repeat(43) }],
    ['that is one of a registration', { type: 'webauthn.create' }],
    ['by a device that does not know its holder', { isUserVerified: false }],
    ['in the name of somebody else', { userHandle: Buffer.from('user_2ZZZZZZZZZZZZZZZZZZZZZZZZZZ').toString('base64url') }],
    ['with another signature', { signature: Buffer.from('signature').toString('base64url') }],
  ];
  for (const [title, forgery] of forgeries) {
    it(`refuses an answer ${title}, counts it, and uses up the challenge`, async () => {
      const { user, device, emailAddress } = await stage.newOwner();
      for (const identifier of [undefined, emailAddress]) {
        const before = await stage.failuresOf(user.id);
        const { browser, path, answer } = await stage.begin(identifier);
        assert.deepEqual(refusal(await answer(device, forgery)), [400, 'passkey_authentication_failure']);
        assert.equal(await stage.failuresOf(user.id), before + 1);
        assert.equal((await browser.call('GET', path)).response.first_factor_verification.status, 'failed');
        assert.deepEqual(refusal(await answer(device)), [400, 'verification_failed']);
      }
    });
  }

  it('has to say whose it is where nobody was named, and need not where somebody was', async () => {
    const { device, emailAddress } = await stage.newOwner();
    const unnamed = await stage.begin();
    assert.deepEqual(refusal(await unnamed.answer(device, { userHandle: null })), [400, 'passkey_authentication_failure']);
    const named = await stage.begin(emailAddress);
    assert.equal((await named.answer(device, { userHandle: null })).response.status, 'complete');
  });

  it('is that of one person', async () => {
    const one = await stage.newOwner();
    const other = await stage.newOwner();
    const { answer } = await stage.begin(one.emailAddress);
    assert.deepEqual(refusal(await answer(other.device)), [404, 'passkey_not_registered']);
    assert.equal(await stage.failuresOf(one.user.id), 1, 'it was tried on this account');
    assert.equal(await stage.failuresOf(other.user.id), 0);
  });

  it('is unknown when nobody has registered it, or when it was removed', async () => {
    const { device, browser, sessionId, passkeyId, emailAddress } = await stage.newOwner();
    const unnamed = await stage.begin();
    const named = await stage.begin(emailAddress);
    assert.equal((await browser.call('DELETE', `/me/passkeys/${passkeyId}`, {}, { sessionId })).status, 200);
    assert.deepEqual(refusal(await unnamed.answer(device)), [404, 'passkey_not_registered']);
    assert.deepEqual(refusal(await named.answer(device)), [400, 'client_state_invalid'], 'begun under other terms');
  });

  it('asks for what is missing, and says what it cannot read, without using anything up', async () => {
    const { user, device, emailAddress } = await stage.newOwner();
    for (const identifier of [undefined, emailAddress]) {
      const { browser, path, attempt, nonce } = await stage.begin(identifier);
      const missing = await browser.call('POST', `${path}/attempt_first_factor`, { strategy });
      assert.deepEqual(refusal(missing), [422, 'form_param_missing']);
      const right = JSON.parse(device.sign(nonce));
      for (const malformed of [
        '',
        'x',
        'null',
        '[]',
        '{}',
        JSON.stringify({ ...right, rawId: 'other' }),
        JSON.stringify({ ...right, response: {} }),
      ]) {
        const answer = await attempt(malformed);
        assert.deepEqual(refusal(answer), [422, malformed ? 'passkey_invalid_public_key_credential' : 'form_param_nil'], malformed);
        assert.equal(answer.errors[0]?.meta?.['param_name'], 'public_key_credential');
      }
      assert.equal(await stage.failuresOf(user.id), 0);
      assert.equal((await attempt(JSON.stringify(right))).response.status, 'complete');
    }
  });

  it('answers once', async () => {
    const { device } = await stage.newOwner();
    const { attempt, nonce } = await stage.begin();
    const credential = device.sign(nonce);
    assert.equal((await attempt(credential)).status, 200);
    assert.deepEqual(refusal(await attempt(credential)), [400, 'verification_already_verified']);
  });

  it('answers once, also when the same answer comes several times at once', async () => {
    const { device, user } = await stage.newOwner();
    const { attempt, nonce } = await stage.begin();
    const credential = device.sign(nonce);
    const answers = await Promise.all(Array.from({ length: 6 }, () => attempt(credential)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    const sessions = await api.database.selectFrom('sessions').select('id').where('user_id', '=', user.id).execute();
    assert.equal(sessions.length, 2, 'the one of the registration, and one');
  });

  it('answers the attempt that has asked, and no other', async () => {
    const { device, emailAddress } = await stage.newOwner();
    for (const identifier of [undefined, emailAddress]) {
      const asked = await stage.begin(identifier);
      const other = await stage.begin(identifier);
      assert.deepEqual(refusal(await other.attempt(device.sign(asked.nonce))), [400, 'passkey_authentication_failure']);
      const stranger = await stage.open();
      const form = { strategy, public_key_credential: device.sign(asked.nonce) };
      assert.deepEqual(refusal(await stranger.call('POST', `${asked.path}/attempt_first_factor`, form)), [404, 'resource_not_found']);
      assert.equal((await asked.answer(device)).response.status, 'complete');
    }
  });

  it('answers the newest request of an attempt', async () => {
    const { device, emailAddress } = await stage.newOwner();
    const { nonce, prepare, attempt } = await stage.begin(emailAddress);
    const newer = nonceOf(await prepare());
    assert.notEqual(newer, nonce);
    assert.deepEqual(refusal(await attempt(device.sign(nonce))), [400, 'passkey_authentication_failure']);
    const newest = nonceOf(await prepare());
    assert.equal((await attempt(device.sign(newest))).response.status, 'complete');
  });

  it('answers for ten minutes', async () => {
    const { device, user } = await stage.newOwner();
    const { answer, browser, path } = await stage.begin();
    time += 600_000;
    assert.deepEqual(refusal(await answer(device)), [400, 'verification_expired']);
    const { first_factor_verification: verification } = (await browser.call('GET', path)).response;
    assert.deepEqual([verification.status, verification.nonce], ['expired', undefined]);
    assert.equal(await stage.failuresOf(user.id), 0);
  });

  it('is not taken for a code, nor a code for it', async () => {
    const { device, emailAddress } = await stage.newOwner();
    const { browser, path, nonce, attempt } = await stage.begin(emailAddress);
    await browser.call('POST', `${path}/prepare_first_factor`, { strategy: 'email_code' });
    assert.deepEqual(refusal(await attempt(device.sign(nonce))), [400, 'verification_strategy_invalid']);
    const unnamed = await stage.begin();
    const code = await unnamed.browser.call('POST', `${unnamed.path}/attempt_first_factor`, { strategy: 'email_code', code: '424242' });
    assert.deepEqual(refusal(code), [400, 'strategy_for_user_invalid']);
  });

  it('is refused when its signatures are counted backwards, or twice the same', async () => {
    const { device } = await stage.newOwner();
    const sign = async (counter: number) => (await stage.begin()).answer(device, { counter });
    assert.equal((await sign(7)).status, 200);
    assert.deepEqual(refusal(await sign(7)), [400, 'passkey_authentication_failure']);
    assert.deepEqual(refusal(await sign(3)), [400, 'passkey_authentication_failure']);
    assert.deepEqual(refusal(await sign(0)), [400, 'passkey_authentication_failure']);
    assert.equal((await sign(8)).status, 200);
  });

  it('of a device that does not count, as those of password managers, works again and again', async () => {
    const { device } = await stage.newOwner();
    for (let time = 0; time < 3; time++) assert.equal((await (await stage.begin()).answer(device, { counter: 0 })).status, 200);
  });

  it('is closed while the account is locked, and wrong answers lock it', async () => {
    const { device, user, emailAddress } = await stage.newOwner();
    for (let failures = 1; failures <= 10; failures++) {
      const { answer } = await stage.begin(failures % 2 ? undefined : emailAddress);
      const { codes } = await answer(device, { isUserVerified: false });
      assert.deepEqual(codes, ['passkey_authentication_failure', ...(failures < 8 ? [] : ['account_lockout_warning'])]);
    }
    assert.deepEqual(refusal(await (await stage.begin()).answer(device)), [403, 'user_locked']);
    time += 3600_000;
    assert.equal((await (await stage.begin()).answer(device)).status, 200);
    assert.equal(await stage.failuresOf(user.id), 0);
  });

  it('does not sign in who is banned', async () => {
    const { device, user } = await stage.newOwner();
    const { answer } = await stage.begin();
    await api.database.updateTable('users').set({ banned: true }).where('id', '=', user.id).execute();
    assert.deepEqual(refusal(await answer(device)), [403, 'user_banned']);
  });

  it('satisfies the second factor, and can take the place of one', async () => {
    const { user, device, emailAddress } = await stage.newOwner();
    await addAuthenticator(api, user.id);
    assert.equal((await (await stage.begin()).answer(device)).response.status, 'complete');

    const browser = await stage.open();
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    assert.equal(response.status, 'needs_second_factor');
    assert.deepEqual(
      response.supported_second_factors.map((factor: { strategy: string }) => factor.strategy),
      ['totp', strategy],
    );
    const path = `/client/sign_ins/${response.id}`;
    const prepared = await browser.call('POST', `${path}/prepare_second_factor`, { strategy });
    const credential = device.sign(nonceOf(prepared, 'second_factor'));
    const done = await browser.call('POST', `${path}/attempt_second_factor`, { strategy, public_key_credential: credential });
    assert.deepEqual([done.response.status, done.client.sessions[0].factor_verification_age], ['complete', [0, 0]]);
    assert.equal(done.client.last_authentication_strategy, 'password');
  });

  it('alone is no second factor that a password would ask for', async () => {
    const { emailAddress } = await stage.newOwner();
    const browser = await stage.open();
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    assert.equal(response.status, 'complete');
  });

  it('has no use on a page that has no name, which is told what to do', async () => {
    const browser = await createFrontendClient(api);
    const created = await browser.call('POST', '/client/sign_ins', { strategy });
    assert.deepEqual(refusal(created), [400, 'passkey_invalid_rpID_or_domain']);
    assert.match(created.errors[0]?.long_message ?? '', /http:\/\/localhost/);
  });

  it('is for the domain on which it was made', async () => {
    const { device, emailAddress } = await stage.newOwner();
    const origin = namedOrigin(api).replace('localhost', 'other.localhost');
    const browser = await createFrontendClient(api, { origin });
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress });
    const named = await browser.call('POST', `/client/sign_ins/${response.id}/prepare_first_factor`, { strategy });
    assert.deepEqual(refusal(named), [400, 'no_passkeys_found_for_user']);
    const unnamed = await browser.call('POST', '/client/sign_ins', { strategy });
    const form = { strategy, public_key_credential: device.sign(nonceOf(unnamed), { origin }) };
    const answer = await browser.call('POST', `/client/sign_ins/${unnamed.response.id}/attempt_first_factor`, form);
    assert.deepEqual(refusal(answer), [400, 'passkey_authentication_failure']);
  });
});

describe('a passkey where it does not satisfy the second factor', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi({ instance: { attributes, passkey: { satisfies_second_factor: false } } });
  });
  after(() => api.stop());

  it('is followed by that factor, and takes nobody’s place', async () => {
    const stage = createStage(api, Date.now);
    const { user, device } = await stage.newOwner();
    const plain = await (await stage.begin()).answer(device);
    assert.deepEqual(plain.client.sessions[0].factor_verification_age, [0, -1]);
    const secret = await addAuthenticator(api, user.id);
    const { browser, path, answer } = await stage.begin();
    const { response, client } = await answer(device);
    assert.deepEqual([response.status, client.sessions], ['needs_second_factor', []]);
    assert.deepEqual(response.supported_second_factors, [{ strategy: 'totp', primary: null }]);
    assert.equal(client.sign_in.id, response.id);
    const form = { strategy: 'totp', code: appCode(secret, Date.now()) };
    const done = await browser.call('POST', `${path}/attempt_second_factor`, form);
    assert.deepEqual([done.response.status, done.client.last_authentication_strategy], ['complete', strategy]);
  });
});

describe('a passkey where nobody may learn who has an account', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi({ instance: { attributes, enumeration_protection: true } });
  });
  after(() => api.stop());

  it('is not listed for an identifier, and signs in who gives no name', async () => {
    const stage = createStage(api, Date.now);
    const { device, emailAddress, user } = await stage.newOwner();
    const browser = await stage.open();
    const strategies = async (identifier: string) => {
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier });
      const prepared = await browser.call('POST', `/client/sign_ins/${response.id}/prepare_first_factor`, { strategy });
      return [response.supported_first_factors.map((factor: { strategy: string }) => factor.strategy), refusal(prepared)];
    };
    assert.deepEqual(await strategies(emailAddress), await strategies('nobody@example.com'));
    const { client } = await (await stage.begin()).answer(device);
    assert.equal(client.sessions[0].user.id, user.id);
  });
});

describe('reverification by a passkey', () => {
  let api: TestApi;
  let time = Date.now();
  before(async () => {
    api = await startApi({ now: () => time, instance: { attributes, reverification: true } });
  });
  after(() => api.stop());

  it('allows what only the person themselves may do', async () => {
    const stage = createStage(api, () => time);
    const { browser, sessionId, device, user } = await stage.newOwner();
    time += 660_000;
    const create = () => browser.call('POST', '/me/passkeys', {}, { sessionId });
    assert.deepEqual(refusal(await create()), [403, 'session_reverification_required']);
    const path = `/client/sessions/${sessionId}/verify`;
    await browser.call('POST', path, { level: 'first_factor' });
    const prove = async (step: string) => {
      const nonce = nonceOf(await browser.call('POST', `${path}/prepare_${step}`, { strategy }), step);
      const form = { strategy, public_key_credential: device.sign(nonce) };
      const answer = await browser.call('POST', `${path}/attempt_${step}`, form);
      assert.equal(refusal(await browser.call('POST', `${path}/attempt_${step}`, form))[1], 'invalid_action_for_session_reverification');
      return answer.response;
    };
    const proved = await prove('first_factor');
    assert.deepEqual([proved.status, proved.session.factor_verification_age], ['complete', [0, -1]]);
    assert.equal((await create()).status, 200);

    await addAuthenticator(api, user.id);
    time += 660_000;
    assert.deepEqual(refusal(await create()), [403, 'session_reverification_required']);
    await browser.call('POST', path, { level: 'second_factor' });
    const again = await prove('second_factor');
    assert.deepEqual([again.status, again.session.factor_verification_age], ['complete', [11, 0]]);
    assert.equal((await create()).status, 200);
  });
});
