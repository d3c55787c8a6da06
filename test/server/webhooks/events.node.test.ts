import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { inTransaction } from '../../../demo/server/store/database.ts';
import { updateUser } from '../../../demo/server/store/write-users.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { otherCode } from '../../support/users.ts';
import { signingSecret, startWebhookReceiver } from '../../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../support/webhook-receiver.ts';

const password = 'quiet-marble-lantern';
const userAgent = 'test-of-webhooks/1.0';

describe('events of webhooks', () => {
  let receiver: WebhookReceiver;
  let api: TestApi;
  let call: BackendCall;
  let count = 0;

  before(async () => {
    receiver = await startWebhookReceiver();
    api = await startApi({
      webhookSigningSecrets: signingSecret(),
      instance: {
        single_session_mode: false,
        attributes: { authenticator_app: { enabled: true }, backup_code: { enabled: true } },
        lockout: { max_attempts: 3 },
        webhooks: [{ url: receiver.url }],
      },
    });
    call = createBackendClient(api);
  });
  after(async () => {
    await api.stop();
    await receiver.stop();
  });
  beforeEach(() => takeEvents());

  const newAddress = () => `person-${++count}+clerk_test@example.com`;

  let taken = 0;
  /** The events that were written since the last look, in their order. */
  async function takeEvents(): Promise<any[]> {
    const rows = await api.database
      .selectFrom('webhook_deliveries')
      .innerJoin('webhook_events', 'webhook_events.id', 'webhook_deliveries.event_id')
      .select(['webhook_deliveries.id', 'type', 'body'])
      .where('webhook_deliveries.id', '>', taken)
      .orderBy('webhook_deliveries.id')
      .execute();
    taken = rows.at(-1)?.id ?? taken;
    return rows.map(({ type, body }) => {
      const event = JSON.parse(body) as { type: string };
      assert.equal(event.type, type);
      return event;
    });
  }
  const takeTypes = async () => (await takeEvents()).map(({ type }) => type as string);

  /** A user with all three kinds of metadata, known already. */
  async function newUser(values: Record<string, unknown> = {}) {
    const emailAddress = newAddress();
    const { status, body } = await call('POST', '/users', {
      body: {
        email_address: [emailAddress],
        password,
        public_metadata: { role: 'shopper' },
        private_metadata: { stripeId: '12356' },
        unsafe_metadata: { theme: 'dark' },
        ...values,
      },
    });
    assert.equal(status, 200);
    await takeEvents();
    return { id: body.id as string, emailAddress };
  }

  async function signIn(emailAddress: string): Promise<{ browser: FrontendClient; sessionId: string }> {
    const browser = await createFrontendClient(api);
    const { status, response } = await browser.call(
      'POST',
      '/client/sign_ins',
      { identifier: emailAddress, password },
      { headers: { 'user-agent': userAgent } },
    );
    assert.equal(status, 200);
    return { browser, sessionId: response.created_session_id };
  }

  describe('of users', () => {
    it('carry the whole user, with the request behind it', async () => {
      const emailAddress = newAddress();
      const start = Date.now();
      const { body: user } = await call('POST', '/users', {
        body: { email_address: [emailAddress], password, private_metadata: { stripeId: '12356' } },
        headers: { 'user-agent': userAgent },
      });
      const [event, ...others] = await takeEvents();
      assert.deepEqual(others, []);
      const { timestamp, instance_id, ...rest } = event;
      assert.ok(timestamp >= start && timestamp <= Date.now());
      assert.match(instance_id, /^ins_\w{27}$/);
      assert.deepEqual(rest, {
        object: 'event',
        type: 'user.created',
        event_attributes: { http_request: { client_ip: '127.0.0.1', user_agent: userAgent } },
        data: user,
      });
      assert.deepEqual(event.data.private_metadata, { stripeId: '12356' });
    });

    for (const [name, method, path, body] of [
      ['PATCH /users/{id}', 'PATCH', '', { first_name: 'Ann', public_metadata: { role: 'admin' }, unsafe_metadata: {} }],
      ['an empty PATCH /users/{id}', 'PATCH', '', {}],
      ['PATCH /users/{id}/metadata', 'PATCH', '/metadata', { public_metadata: { role: null }, private_metadata: { a: 1 } }],
      ['PUT /users/{id}/metadata', 'PUT', '/metadata', { unsafe_metadata: null }],
      ['a ban', 'POST', '/ban', undefined],
      ['its end', 'POST', '/unban', undefined],
      ['a lock', 'POST', '/lock', undefined],
      ['its end', 'POST', '/unlock', undefined],
    ] as const) {
      it(`is one user.updated for ${name}, with the user of the answer`, async () => {
        const { id } = await newUser();
        const answer = await call(method, `/users/${id}${path}`, { body });
        assert.equal(answer.status, 200);
        const [event, ...others] = await takeEvents();
        assert.deepEqual(others, []);
        assert.equal(event.type, 'user.updated');
        // The time that a lock has left is counted from the moment of the look.
        const { lockout_expires_in_seconds: left, ...data } = event.data;
        const { lockout_expires_in_seconds: leftLater, ...user } = answer.body;
        assert.deepEqual(data, user);
        assert.equal(left === null, leftLater === null);
      });
    }

    it('is one user.updated for second factors that a backend sets or takes away, and none where there are none', async () => {
      const { id } = await newUser();
      const setUp = { totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', backup_codes: ['first-code', 'other-code'] };
      assert.equal((await call('PATCH', `/users/${id}`, { body: setUp })).status, 200);
      for (const isEnabled of [true, false]) {
        const [event, ...others] = await takeEvents();
        assert.deepEqual(others, []);
        assert.equal(event.type, 'user.updated');
        assert.deepEqual([event.data.totp_enabled, event.data.backup_code_enabled], [isEnabled, isEnabled]);
        assert.equal((await call('DELETE', `/users/${id}/mfa`)).status, 200);
      }
      assert.deepEqual(await takeTypes(), []);
    });

    it('is one user.updated for what users change themselves, private metadata included', async () => {
      const { id, emailAddress } = await newUser();
      const { browser, sessionId } = await signIn(emailAddress);
      await takeEvents();
      for (const [path, apiVersion] of [
        ['/me/metadata', '2025-11-10'],
        ['/me', '2025-11-10'],
      ] as const) {
        const { status, response } = await browser.call(
          'PATCH',
          path,
          { unsafe_metadata: '{"birthday":"11-30-1969"}' },
          { sessionId, apiVersion, headers: { 'user-agent': userAgent } },
        );
        assert.equal(status, 200);
        const [event, ...others] = await takeEvents();
        assert.deepEqual(others, []);
        assert.equal(event.type, 'user.updated');
        assert.deepEqual(event.data.unsafe_metadata, response.unsafe_metadata);
        assert.deepEqual(event.data.private_metadata, { stripeId: '12356' });
        assert.deepEqual(event.data, (await call('GET', `/users/${id}`)).body);
        assert.deepEqual(event.event_attributes.http_request, { client_ip: '127.0.0.1', user_agent: userAgent });
      }
    });

    it('is user.created once for a sign-up, whatever it takes, and session.created', async () => {
      const browser = await createFrontendClient(api);
      const { response: signUp } = await browser.call('POST', '/client/sign_ups', {
        email_address: newAddress(),
        password,
        unsafe_metadata: '{"plan":"free"}',
        strategy: 'email_code',
      });
      const path = `/client/sign_ups/${signUp.id}/attempt_verification`;
      await browser.call('POST', path, { strategy: 'email_code', code: otherCode('424242') });
      assert.deepEqual(await takeTypes(), []);
      const { response } = await browser.call('POST', path, { strategy: 'email_code', code: '424242' });
      assert.equal(response.status, 'complete');
      const [created, session, ...others] = await takeEvents();
      assert.deepEqual(others, []);
      assert.deepEqual([created.type, session.type], ['user.created', 'session.created']);
      assert.deepEqual(created.data.unsafe_metadata, { plan: 'free' });
      assert.ok(created.data.last_sign_in_at >= created.data.created_at);
      assert.deepEqual(created.data, (await call('GET', `/users/${response.created_user_id}`)).body);
      assert.deepEqual(session.data.user, created.data);
    });

    it('is user.updated where a sign-in has proved an address', async () => {
      const { emailAddress } = await newUser({ email_address_identification_status: ['reserved'] });
      const browser = await createFrontendClient(api);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, strategy: 'email_code' });
      const path = `/client/sign_ins/${response.id}/attempt_first_factor`;
      assert.equal((await browser.call('POST', path, { strategy: 'email_code', code: '424242' })).response.status, 'complete');
      const [updated, session] = await takeEvents();
      assert.deepEqual([updated.type, session.type], ['user.updated', 'session.created']);
      assert.equal(updated.data.email_addresses[0].verification.status, 'verified');
    });

    it('is user.deleted with what is left to say, after the end of the sessions', async () => {
      const { id, emailAddress } = await newUser({ external_id: 'ext-1' });
      const { sessionId } = await signIn(emailAddress);
      const { body: user } = await call('GET', `/users/${id}`);
      await takeEvents();
      assert.equal((await call('DELETE', `/users/${id}`)).status, 200);
      const [removed, deleted, ...others] = await takeEvents();
      assert.deepEqual(others, []);
      assert.deepEqual([removed.type, removed.data.id, removed.data.status], ['session.removed', sessionId, 'removed']);
      assert.deepEqual(removed.data.user, user);
      assert.equal(deleted.type, 'user.deleted');
      assert.deepEqual(deleted.data, { object: 'user', id, deleted: true, external_id: 'ext-1' });
    });

    it('is the same for users who delete themselves', async () => {
      const { id, emailAddress } = await newUser();
      const { browser, sessionId } = await signIn(emailAddress);
      await takeEvents();
      assert.equal((await browser.call('DELETE', '/me', {}, { sessionId })).status, 200);
      const [removed, deleted, ...others] = await takeEvents();
      assert.deepEqual(others, []);
      assert.deepEqual([removed.type, removed.data.user.id], ['session.removed', id]);
      assert.deepEqual([deleted.type, deleted.data], ['user.deleted', { object: 'user', id, deleted: true }]);
    });

    it('has what each of many writers at once has written, and the last one has it all', async () => {
      const { id } = await newUser();
      const keys = Array.from({ length: 30 }, (_item, index) => `key${index}`);
      await Promise.all(keys.map((key) => call('PATCH', `/users/${id}/metadata`, { body: { unsafe_metadata: { [key]: 1 } } })));
      const events = await takeEvents();
      const sizes = events.map(({ data }) => Object.keys(data.unsafe_metadata).length);
      // The theme was there before.
      assert.deepEqual(
        sizes,
        keys.map((_key, index) => index + 2),
      );
      assert.deepEqual(events.at(-1).data, (await call('GET', `/users/${id}`)).body);
    });
  });

  describe('of sessions', () => {
    it('tell of a sign-in by session.created alone: the person is the same as before', async () => {
      const { id, emailAddress } = await newUser();
      const { sessionId } = await signIn(emailAddress);
      const [event, ...others] = await takeEvents();
      assert.deepEqual(others, []);
      assert.equal(event.type, 'session.created');
      const { user, ...session } = event.data;
      assert.deepEqual(session, (await call('GET', `/sessions/${sessionId}`)).body);
      assert.deepEqual(user, (await call('GET', `/users/${id}`)).body);
      assert.deepEqual(event.event_attributes.http_request, { client_ip: '127.0.0.1', user_agent: userAgent });
    });

    for (const [type, name, end] of [
      ['session.ended', 'an end', ({ browser, sessionId }) => browser.call('POST', `/client/sessions/${sessionId}/end`)],
      ['session.removed', 'a sign-out', ({ browser, sessionId }) => browser.call('POST', `/client/sessions/${sessionId}/remove`)],
      ['session.removed', 'a sign-out of all', ({ browser }) => browser.call('DELETE', '/client/sessions')],
      ['session.removed', 'a client that goes', ({ browser }) => browser.call('DELETE', '/client')],
      [
        'session.revoked',
        'its user',
        ({ browser, sessionId }) => browser.call('POST', `/me/sessions/${sessionId}/revoke`, {}, { sessionId }),
      ],
      ['session.revoked', 'a backend', ({ sessionId }) => call('POST', `/sessions/${sessionId}/revoke`)],
    ] as [string, string, (person: { browser: FrontendClient; sessionId: string }) => Promise<{ status: number }>][]) {
      it(`are ${type} by ${name}`, async () => {
        const { id, emailAddress } = await newUser();
        const person = await signIn(emailAddress);
        await takeEvents();
        assert.equal((await end(person)).status, 200);
        const [event, ...others] = await takeEvents();
        assert.deepEqual(others, []);
        assert.equal(event.type, type);
        assert.deepEqual([event.data.id, `session.${event.data.status}`, event.data.user.id], [person.sessionId, type, id]);
        // The second time nothing changes.
        await end(person);
        assert.deepEqual(await takeTypes(), []);
      });
    }

    it('are one for each session that a ban has ended, beside user.updated', async () => {
      const { id, emailAddress } = await newUser();
      const people = [await signIn(emailAddress), await signIn(emailAddress)];
      await takeEvents();
      await call('POST', `/users/${id}/ban`);
      const [updated, ...sessions] = await takeEvents();
      assert.deepEqual([updated.type, updated.data.banned], ['user.updated', true]);
      assert.deepEqual(sessions.map(({ data }) => data.id).sort(), people.map(({ sessionId }) => sessionId).sort());
      for (const { type, data } of sessions) assert.deepEqual([type, data.user], ['session.revoked', updated.data]);
    });

    it('are none for reads, touches and tokens', async () => {
      const { emailAddress } = await newUser();
      const { browser, sessionId } = await signIn(emailAddress);
      await takeEvents();
      for (const path of ['touch', 'tokens'])
        assert.equal((await browser.call('POST', `/client/sessions/${sessionId}/${path}`)).status, 200);
      assert.equal((await browser.call('GET', '/me', {}, { sessionId })).status, 200);
      assert.deepEqual(await takeTypes(), []);
    });
  });

  describe('that are none', () => {
    it('are those of what is refused', async () => {
      const { id, emailAddress } = await newUser();
      const { browser, sessionId } = await signIn(emailAddress);
      const stranger = await createFrontendClient(api);
      await takeEvents();
      const large = { text: 'x'.repeat(8192) };
      const wrong = () => stranger.call('POST', '/client/sign_ins', { identifier: emailAddress, password: 'wrong-wrong-wrong' });
      const refused: Promise<{ status: number }>[] = [
        call('PATCH', `/users/${id}/metadata`, { body: { public_metadata: { a: 1 }, private_metadata: large } }),
        call('PUT', `/users/${id}/metadata`, { body: { unsafe_metadata: { a: 1 }, public_metadata: large } }),
        call('PATCH', `/users/${id}`, { body: { first_name: 'Ann', unsafe_metadata: large } }),
        call('PATCH', '/users/user_unknown/metadata', { body: { public_metadata: {} } }),
        call('POST', '/users', { body: { email_address: [emailAddress], password } }),
        call('DELETE', '/users/user_unknown'),
        call('POST', '/sessions/sess_unknown/revoke'),
        browser.call('PATCH', '/me/metadata', { unsafe_metadata: JSON.stringify(large) }, { sessionId }),
        browser.call('PATCH', '/me', { public_metadata: '{}' }, { sessionId }),
        stranger.call('DELETE', '/me', {}, { sessionId }),
      ];
      for (const { status } of await Promise.all(refused)) assert.ok(status >= 400 && status < 500, String(status));
      // The third one locks the account, which is a state of attempts, not of the person.
      for (const status of [422, 422, 422, 403]) assert.equal((await wrong()).status, status);
      assert.deepEqual(await takeTypes(), []);
    });

    it('are those of a transaction that is rolled back', async () => {
      const { id } = await newUser();
      const failure = new Error('no');
      await assert.rejects(
        inTransaction(api.database, async (transaction) => {
          await updateUser(transaction, id, { first_name: 'Ann' }, Date.now());
          throw failure;
        }),
        failure,
      );
      assert.deepEqual(await takeTypes(), []);
    });
  });
});

describe('the users of the settings file', () => {
  it('are told of at the first start, caused by no request', async () => {
    const receiver = await startWebhookReceiver();
    const api = await startApi({ webhookSigningSecrets: signingSecret(), instance: { webhooks: [{ url: receiver.url }] } });
    try {
      await receiver.until(({ length }) => length >= 1);
      const [{ event } = assert.fail()] = receiver.received;
      assert.equal(event.type, 'user.created');
      assert.equal(event.data.first_name, 'Jane');
      assert.deepEqual(event.event_attributes.http_request, { client_ip: '', user_agent: '' });
    } finally {
      await api.stop();
      await receiver.stop();
    }
  });
});

describe('endpoints', () => {
  it('get what they ask for, each by itself, and what nobody asks for is not written', async () => {
    const one = await startWebhookReceiver();
    const other = await startWebhookReceiver();
    const api = await startApi({
      webhookSigningSecrets: signingSecret(),
      instance: {
        users: [],
        webhooks: [
          { url: `${one.url}/a`, events: ['user.created', 'user.deleted'] },
          { url: `${other.url}/b`, events: ['user.deleted', 'session.pending'] },
        ],
      },
    });
    try {
      const call = createBackendClient(api);
      // One that does not answer holds up neither its own later events nor the other endpoint.
      one.answer = () => undefined;
      const { body: user } = await call('POST', '/users', {
        body: { email_address: ['ann@example.com'], skip_password_requirement: true },
      });
      await call('PATCH', `/users/${user.id}/metadata`, { body: { private_metadata: { a: 1 } } });
      await call('POST', '/sessions', { body: { user_id: user.id } });
      await one.until(({ length }) => length === 1);
      one.answer = (_webhook, response) => void response.writeHead(204).end();
      await call('DELETE', `/users/${user.id}`);
      await one.until(({ length }) => length === 2);
      await other.until(({ length }) => length === 1);
      assert.deepEqual(
        one.received.map(({ path, event }) => [path, event.type]),
        [
          ['/a', 'user.created'],
          ['/a', 'user.deleted'],
        ],
      );
      assert.deepEqual(
        other.received.map(({ path, event }) => [path, event.type]),
        [['/b', 'user.deleted']],
      );
      assert.equal(other.received[0]?.headers['svix-id'], one.received[1]?.headers['svix-id'], 'one event, one id');
      const { types } = await api.database
        .selectFrom('webhook_events')
        .select((eb) => eb.fn.agg<string[]>('array_agg', ['type']).as('types'))
        .executeTakeFirstOrThrow();
      assert.deepEqual(types.sort(), ['user.created', 'user.deleted']);
    } finally {
      await one.stop();
      await api.stop();
      await other.stop();
    }
  });

  it('cost nothing where there are none', async () => {
    const api = await startApi();
    try {
      const call = createBackendClient(api);
      const { body: user } = await call('POST', '/users', {
        body: { email_address: ['ann@example.com'], skip_password_requirement: true },
      });
      await call('DELETE', `/users/${user.id}`);
      assert.deepEqual(await api.database.selectFrom('webhook_events').selectAll().execute(), []);
    } finally {
      await api.stop();
    }
  });
});
