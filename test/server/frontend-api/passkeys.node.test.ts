import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { Forgery } from '../../support/passkey-device.ts';
import { addPasskey, createPasskeyDevice, namedOrigin, withPasskeys } from '../../support/passkeys.ts';
import { refusal } from '../../support/second-factor-suite.ts';
import { addUser } from '../../support/users.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';

const password = 'violet-harbour-lantern';

describe('passkeys of the signed-in user', () => {
  let api: TestApi;
  let origin: string;
  let time = Date.now();
  let count = 0;
  before(async () => {
    api = await startApi({ now: () => time, instance: { ...withPasskeys, application_name: 'Shop' } });
    origin = namedOrigin(api);
  });
  after(() => api.stop());

  const newPerson = async ({ origin: from = origin, userAgent = '' } = {}) => {
    const emailAddress = `person-${++count}@example.com`;
    const user = await addUser(api, { emailAddress, password, first_name: 'Ann', last_name: 'Example' }, time);
    const browser = await createFrontendClient(api, { origin: from });
    const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    const sessionId = response.created_session_id as string;
    const call = (method: string, path = '', form: Record<string, string> = {}) =>
      browser.call(method, `/me/passkeys${path}`, form, { sessionId, ...(userAgent && { headers: { 'user-agent': userAgent } }) });
    const verify = (id: string, credential: string) =>
      call('POST', `/${id}/attempt_verification`, { strategy: 'passkey', public_key_credential: credential });
    const device = createPasskeyDevice(from);
    return { user, emailAddress, browser, sessionId, call, verify, device, add: () => addPasskey(browser, { sessionId, device }) };
  };

  const shownOf = async (userId: string) => (await createBackendClient(api)('GET', `/users/${userId}`)).body.passkeys;

  it('are registered with what the browser needs to make one', async () => {
    const { user, emailAddress, call, verify, device } = await newPerson();
    const { response, client } = await call('POST');
    assert.match(response.id, /^idn_\w{27}$/);
    const { nonce, ...verification } = response.verification;
    assert.deepEqual(
      [verification.object, verification.status, verification.strategy, verification.expire_at],
      ['verification_passkey', 'unverified', 'passkey', time + 600_000],
    );
    const { challenge, ...options } = JSON.parse(nonce);
    assert.match(challenge, /^[\w-]{43}$/);
    assert.deepEqual(options, {
      rp: { id: 'localhost', name: 'Shop' },
      user: { id: Buffer.from(user.id).toString('base64url'), name: emailAddress, displayName: 'Ann Example' },
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
      timeout: 600_000,
      excludeCredentials: [],
      authenticatorSelection: { requireResidentKey: true, residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
    });
    assert.deepEqual(client.sessions[0].user.passkeys, [], 'it is none yet');
    const verified = await verify(response.id, device.register(nonce));
    assert.equal(verified.status, 200, JSON.stringify(verified.body));
    assert.equal(verified.response.verification.status, 'verified');
    const [shown] = verified.client.sessions[0].user.passkeys;
    assert.deepEqual(shown, verified.response);
    assert.deepEqual((await call('GET', `/${response.id}`)).response, shown);
  });

  it('are made once for each device, which is told what it has', async () => {
    const { call, device, add } = await newPerson();
    await add();
    const { response } = await call('POST');
    assert.deepEqual(JSON.parse(response.verification.nonce).excludeCredentials, [
      { type: 'public-key', id: device.credentialId, transports: ['internal'] },
    ]);
  });

  it('are called like the device that they are made on', async () => {
    const userAgent =
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
    const { call } = await newPerson({ userAgent });
    assert.equal((await call('POST')).response.name, 'Chrome on Macintosh');
  });

  const forgeries: [title: string, Forgery][] = [
    ['for another page', { origin: 'http://elsewhere.localhost:4000' }],
    ['for another domain', { rpId: 'elsewhere.localhost' }],
    ['to another challenge', { challenge: 'A'.repeat(43) }],
    ['that is one of a sign-in', { type: 'webauthn.get' }],
    ['by a device that does not know its holder', { isUserVerified: false }],
  ];
  for (const [title, forgery] of forgeries) {
    it(`refuse an answer ${title}, and use up its challenge`, async () => {
      const { user, call, verify, device } = await newPerson();
      const { response } = await call('POST');
      const { nonce } = response.verification;
      assert.deepEqual(refusal(await verify(response.id, device.register(nonce, forgery))), [400, 'passkey_invalid_verification']);
      assert.deepEqual(refusal(await verify(response.id, device.register(nonce))), [400, 'verification_failed']);
      assert.deepEqual(await shownOf(user.id), []);
    });
  }

  it('refuse what is not a credential', async () => {
    const { call, verify } = await newPerson();
    const { response } = await call('POST');
    for (const text of ['x', '{}', '[]']) {
      const answer = await verify(response.id, text);
      assert.deepEqual(refusal(answer), [422, 'passkey_invalid_public_key_credential']);
      assert.equal(answer.errors[0]?.meta?.['param_name'], 'public_key_credential');
    }
    const missing = await call('POST', `/${response.id}/attempt_verification`, { strategy: 'passkey' });
    assert.deepEqual(refusal(missing), [422, 'form_param_missing']);
    const other = await call('POST', `/${response.id}/attempt_verification`, { strategy: 'email_code', public_key_credential: '{}' });
    assert.deepEqual(refusal(other), [422, 'form_param_value_invalid']);
  });

  it('are verified once, also by several answers at once, and within ten minutes', async () => {
    const { user, call, verify, device } = await newPerson();
    const { response } = await call('POST');
    const credential = device.register(response.verification.nonce);
    const answers = await Promise.all(Array.from({ length: 5 }, () => verify(response.id, credential)));
    assert.deepEqual(answers.map(refusal).sort(), [[200], ...Array<unknown>(4).fill([400, 'verification_already_verified'])]);
    assert.equal((await shownOf(user.id)).length, 1);
    const late = (await call('POST')).response;
    time += 600_000;
    assert.deepEqual(refusal(await verify(late.id, device.register(late.verification.nonce))), [400, 'verification_expired']);
  });

  it('take the place of one that was not finished', async () => {
    const { call, verify, device } = await newPerson();
    const first = (await call('POST')).response;
    const second = (await call('POST')).response;
    assert.deepEqual(refusal(await verify(first.id, device.register(first.verification.nonce))), [404, 'resource_not_found']);
    assert.deepEqual(refusal(await verify(second.id, device.register(first.verification.nonce))), [400, 'passkey_invalid_verification']);
  });

  it('are of one person: nobody registers that of another, nor reads, renames, verifies or deletes it', async () => {
    const owner = await newPerson();
    const { passkeyId, device } = await owner.add();
    const other = await newPerson();
    const { response } = await other.call('POST');
    const same = other.device.register(response.verification.nonce, { credentialId: device.credentialId });
    assert.deepEqual(refusal(await other.verify(response.id, same)), [400, 'passkey_invalid_verification']);
    const pending = (await owner.call('POST')).response;
    for (const answer of [
      await other.call('GET', `/${passkeyId}`),
      await other.call('PATCH', `/${passkeyId}`, { name: 'Mine' }),
      await other.call('DELETE', `/${passkeyId}`),
      await other.verify(pending.id, other.device.register(pending.verification.nonce)),
    ]) {
      assert.deepEqual(refusal(answer), [404, 'resource_not_found']);
    }
    assert.equal((await owner.call('GET', `/${passkeyId}`)).status, 200);
  });

  it('are ten at the most, however many are made at once', async () => {
    const { user, add, call, browser, sessionId } = await newPerson();
    for (let number = 1; number <= 10; number++) await add();
    assert.deepEqual(refusal(await call('POST')), [403, 'passkey_quota_exceeded']);
    const shown = await shownOf(user.id);
    assert.equal(shown.length, 10);
    assert.equal((await call('DELETE', `/${shown[0].id}`)).status, 200);
    const attempts = await Promise.allSettled(
      Array.from({ length: 4 }, () => addPasskey(browser, { sessionId, device: createPasskeyDevice(origin) })),
    );
    assert.ok(attempts.some(({ status }) => status === 'rejected'));
    assert.ok((await shownOf(user.id)).length <= 10);
  });

  it('take names', async () => {
    const { call, add } = await newPerson();
    const { passkeyId } = await add();
    const renamed = await call('PATCH', `/${passkeyId}`, { name: '  My telephone ' });
    assert.equal(renamed.response.name, 'My telephone');
    assert.equal(renamed.client.sessions[0].user.passkeys[0].name, 'My telephone');
    for (const [form, code] of [
      [{}, 'form_param_missing'],
      [{ name: ' ' }, 'form_param_nil'],
      [{ name: 'a\nb' }, 'form_param_format_invalid'],
      [{ name: 'x'.repeat(257) }, 'form_param_max_length_exceeded'],
    ] as [Record<string, string>, string][]) {
      const answer = await call('PATCH', `/${passkeyId}`, form);
      assert.deepEqual([...refusal(answer), answer.errors[0]?.meta?.['param_name']], [422, code, 'name']);
    }
    const { response } = await call('POST');
    assert.deepEqual(refusal(await call('PATCH', `/${response.id}`, { name: 'x' })), [422, 'passkey_identification_not_verified']);
  });

  it('are deleted', async () => {
    const { user, call, add } = await newPerson();
    const { passkeyId } = await add();
    const { response, client } = await call('DELETE', `/${passkeyId}`);
    assert.deepEqual(response, { object: 'passkey', id: passkeyId, deleted: true });
    assert.deepEqual(client.sessions[0].user.passkeys, []);
    assert.deepEqual(await shownOf(user.id), []);
    assert.deepEqual(refusal(await call('DELETE', `/${passkeyId}`)), [404, 'resource_not_found']);
  });

  it('are made by whoever is signed in, on pages that have a name', async () => {
    const stranger = await createFrontendClient(api, { origin });
    assert.equal((await stranger.call('POST', '/me/passkeys')).status, 401);
    for (const origin of [api.url, 'http://[::1]:4000']) {
      const { call } = await newPerson({ origin });
      const answer = await call('POST');
      assert.deepEqual(refusal(answer), [400, 'passkey_invalid_rpID_or_domain']);
      assert.match(answer.errors[0]?.long_message ?? '', /http:\/\/localhost/);
    }
  });

  it('make a user that has changed, whose half-done sign-ins are over', async () => {
    const { user, emailAddress, add, call } = await newPerson();
    const read = async () => (await createBackendClient(api)('GET', `/users/${user.id}`)).body;
    let before = (await read()).updated_at;
    const assertNewer = async () => {
      const { updated_at: now } = await read();
      assert.ok(now > before);
      before = now;
    };
    const begin = async () => {
      const browser = await createFrontendClient(api);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress });
      return async () => (await browser.call('GET', `/client/sign_ins/${response.id}`)).response.status;
    };
    const first = await begin();
    const { passkeyId } = await add();
    await assertNewer();
    assert.equal(await first(), 'abandoned');
    await call('PATCH', `/${passkeyId}`, { name: 'Other' });
    await assertNewer();
    const second = await begin();
    await call('DELETE', `/${passkeyId}`);
    await assertNewer();
    assert.equal(await second(), 'abandoned');
  });

  it('are read and taken away by a backend', async () => {
    const { user, add } = await newPerson();
    const { passkeyId } = await add();
    const { body: whole } = await createBackendClient(api)('GET', `/users/${user.id}`);
    const [shown] = whole.passkeys;
    assert.deepEqual([shown.object, shown.id, shown.name, shown.last_used_at], ['passkey', passkeyId, 'Passkey', time]);
    assert.deepEqual(shown.verification, {
      object: 'verification_passkey',
      status: 'verified',
      strategy: 'passkey',
      attempts: null,
      expire_at: time,
    });
    const backend = createOfficialBackend(api);
    const other = await newPerson();
    const remove = (userId: string) => backend.users.deleteUserPasskey({ userId, passkeyIdentificationId: passkeyId });
    await assert.rejects(remove(other.user.id), { status: 404 });
    assert.equal((await remove(user.id)).deleted, true);
    assert.deepEqual(await shownOf(user.id), []);
    await assert.rejects(remove(user.id), { status: 404 });
  });

  it('keep public keys, and all else that judges them, to the server', async () => {
    const { user, add, call } = await newPerson();
    const { passkeyId, device } = await add();
    const { public_key: key } = await api.database
      .selectFrom('passkeys')
      .select('public_key')
      .where('id', '=', passkeyId)
      .executeTakeFirstOrThrow();
    const { body } = await call('GET', `/${passkeyId}`);
    const shown = JSON.stringify([body, await shownOf(user.id)]);
    assert.ok(!shown.includes(device.credentialId));
    assert.ok(!shown.includes(key?.toString('base64url') ?? ''));
    assert.deepEqual(Object.keys(body.response).sort(), [
      'created_at',
      'id',
      'last_used_at',
      'name',
      'object',
      'updated_at',
      'verification',
    ]);
  });
});

describe('an instance without passkeys', () => {
  it('makes none, lists none and signs nobody in by one', async () => {
    const api = await startApi({ instance: {} });
    try {
      const emailAddress = 'person@example.com';
      await addUser(api, { emailAddress, password });
      const browser = await createFrontendClient(api, { origin: namedOrigin(api) });
      const unnamed = await browser.call('POST', '/client/sign_ins', { strategy: 'passkey' });
      assert.deepEqual(refusal(unnamed), [400, 'strategy_for_user_invalid']);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      const created = await browser.call('POST', '/me/passkeys', {}, { sessionId: response.created_session_id });
      assert.deepEqual(refusal(created), [403, 'feature_not_enabled']);
      const { body } = await browser.call('GET', '/environment');
      assert.equal(body.user_settings.attributes.passkey.enabled, false);
      assert.deepEqual(Object.values(body.user_settings.passkey_settings), [false, false, false]);
    } finally {
      await api.stop();
    }
  });
});

describe('passkeys of a domain', () => {
  it('work on all pages within it, and on no other', async () => {
    const hosts = ['http://app.example.test', 'http://shop.example.test', 'http://example.test.elsewhere.test'];
    const [one = '', two = '', foreign = ''] = hosts;
    const instance = { ...withPasskeys, passkey: { domain: 'example.test', allow_autofill: false }, allowed_origins: hosts };
    const api = await startApi({ instance });
    try {
      const emailAddress = 'person@example.com';
      await addUser(api, { emailAddress, password });
      const browser = await createFrontendClient(api, { origin: one });
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
      const device = createPasskeyDevice(one);
      await addPasskey(browser, { sessionId: response.created_session_id, device });
      const signIn = async (origin: string) => {
        const browser = await createFrontendClient(api, { origin });
        const { response } = await browser.call('POST', '/client/sign_ins', { strategy: 'passkey' });
        const { nonce } = response.first_factor_verification;
        const form = { strategy: 'passkey', public_key_credential: device.sign(nonce, { origin }) };
        const answer = await browser.call('POST', `/client/sign_ins/${response.id}/attempt_first_factor`, form);
        return [JSON.parse(nonce).rpId, ...refusal(answer)];
      };
      assert.deepEqual(await signIn(two), ['example.test', 200]);
      assert.deepEqual(await signIn(foreign), ['example.test.elsewhere.test', 400, 'passkey_authentication_failure']);
      const { body } = await browser.call('GET', '/environment');
      assert.deepEqual(body.user_settings.passkey_settings, {
        allow_autofill: false,
        show_sign_in_button: true,
        satisfies_second_factor: true,
      });
      assert.deepEqual(
        [body.user_settings.attributes.passkey.first_factors, body.user_settings.attributes.passkey.verifications],
        [['passkey'], ['passkey']],
      );
    } finally {
      await api.stop();
    }
  });
});
