import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createPublishableKey } from '../../../src/rules/publishable-key.ts';
import { isTestingToken } from '../../../demo/server/domain/testing-tokens.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient, refusals } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';

const day = 24 * 3600_000;

describe('/v1/sessions', () => {
  let api: TestApi;
  let call: BackendCall;
  let userId: string;
  let now = Date.UTC(2026, 0, 1);
  before(async () => {
    api = await startApi({ now: () => now });
    call = createBackendClient(api);
    userId = (await call('GET', '/users')).body[0].id;
  });
  after(() => api.stop());

  const start = async () => (await call('POST', '/sessions', { body: { user_id: userId } })).body;

  it('creates a session in a test instance', async () => {
    const session = await start();
    assert.deepEqual(session, {
      object: 'session',
      id: session.id,
      client_id: session.client_id,
      user_id: userId,
      status: 'active',
      last_active_organization_id: null,
      last_active_at: now,
      expire_at: now + 7 * day,
      abandon_at: now + 30 * day,
      actor: null,
      tasks: null,
      created_at: now,
      updated_at: now,
    });
    assert.match(session.id, /^sess_/);
    assert.deepEqual((await call('GET', `/sessions/${session.id}`)).body, session);
    assert.equal((await call('GET', `/users/${userId}`)).body.last_sign_in_at, now);
  });

  it('names what is missing or unknown', async () => {
    assert.deepEqual(refusals(await call('POST', '/sessions', { body: {} })), ['form_param_missing user_id']);
    assert.equal((await call('POST', '/sessions', { body: { user_id: 'user_unknown' } })).status, 404);
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/revoke'],
      ['POST', '/tokens'],
    ] as const) {
      assert.equal((await call(method, `/sessions/sess_unknown${path}`)).status, 404, path);
    }
  });

  it('lists by user, client and status, plain or with the number of all', async () => {
    const session = await start();
    const plain = (await call('GET', `/sessions?client_id=${session.client_id}`)).body;
    assert.deepEqual(plain, [session]);
    const page = (await call('GET', `/sessions?user_id=${userId}&paginated=true&limit=1&status=active`)).body;
    assert.equal(page.data.length, 1);
    assert.ok(page.total_count >= 2);
    assert.deepEqual((await call('GET', `/sessions?user_id=${userId}&status=revoked`)).body, []);
  });

  it('revokes once and for all', async () => {
    const session = await start();
    const client = (await call('GET', `/clients/${session.client_id}`)).body;
    assert.equal(client.last_active_session_id, session.id);
    now += 1_000;
    for (let time = 0; time < 2; time++) {
      const { status, body } = await call('POST', `/sessions/${session.id}/revoke`);
      assert.deepEqual([status, body.status], [200, 'revoked']);
    }
    const after = (await call('GET', `/clients/${session.client_id}`)).body;
    assert.equal(after.last_active_session_id, null);
    assert.ok(after.updated_at > client.updated_at);
    const token = await call('POST', `/sessions/${session.id}/tokens`);
    assert.deepEqual([token.status, ...refusals(token)], [401, 'authentication_invalid']);
  });

  it('mints tokens that its keys verify, for as long as asked', async () => {
    const session = await start();
    const claimsOf = async (body?: object) => {
      const answer = await call('POST', `/sessions/${session.id}/tokens`, { body });
      assert.equal(answer.body.object, 'token');
      const [, payload = ''] = (answer.body.jwt as string).split('.');
      return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, number | string>;
    };
    const claims = await claimsOf();
    assert.deepEqual(
      [claims['sub'], claims['sid'], claims['sts'], claims['iss']],
      [userId, session.id, 'active', `https://${new URL(api.url).host}`],
    );
    assert.equal(Number(claims['exp']) - Number(claims['iat']), 60);
    const longer = await claimsOf({ expires_in_seconds: 3600 });
    assert.equal(Number(longer['exp']) - Number(longer['iat']), 3600);
    const refused = await call('POST', `/sessions/${session.id}/tokens`, { body: { expires_in_seconds: 29 } });
    assert.deepEqual(refusals(refused), ['form_param_value_invalid expires_in_seconds']);
  });

  it('calls a session expired once its time is over', async () => {
    const session = await start();
    now += 7 * day;
    assert.equal((await call('GET', `/sessions/${session.id}`)).body.status, 'expired');
    assert.ok((await call('GET', `/sessions?user_id=${userId}&status=expired`)).body.some(({ id }: { id: string }) => id === session.id));
    assert.ok(!(await call('GET', `/sessions?user_id=${userId}&status=active`)).body.some(({ id }: { id: string }) => id === session.id));
    assert.equal((await call('POST', `/sessions/${session.id}/revoke`)).body.status, 'expired');
  });

  it('answers refresh tokens that are none with 401, which SDKs answer with a handshake', async () => {
    const session = await start();
    const answer = await call('POST', `/sessions/${session.id}/refresh`, {
      body: { expired_token: 'x', refresh_token: 'y', request_origin: 'http://127.0.0.1' },
    });
    assert.equal(answer.status, 401);
  });

  describe('/v1/clients', () => {
    it('shows a client with its sessions', async () => {
      const session = await start();
      const { body } = await call('GET', `/clients/${session.client_id}`);
      assert.deepEqual([body.object, body.session_ids, body.sessions], ['client', [session.id], [session]]);
      assert.deepEqual([body.sign_in_id, body.sign_up_id], [null, null]);
      assert.equal((await call('GET', '/clients/client_unknown')).status, 404);
    });

    it('knows no unknown credential and no unknown nonce', async () => {
      assert.equal((await call('POST', '/clients/verify', { body: { token: 'guess' } })).status, 404);
      assert.deepEqual(refusals(await call('POST', '/clients/verify', { body: {} })), ['form_param_missing token']);
      assert.equal((await call('GET', '/clients/handshake_payload?nonce=guess')).status, 404);
      assert.deepEqual(refusals(await call('GET', '/clients/handshake_payload')), ['form_param_missing nonce']);
    });

    it('lists none', async () => {
      assert.equal((await call('GET', '/clients')).status, 410);
    });
  });

  it('serves the same public keys as the Frontend API, and no private part', async () => {
    const { body } = await call('GET', '/jwks');
    assert.deepEqual(body, await (await fetch(`${api.url}/.well-known/jwks.json`)).json());
    for (const key of body.keys) assert.deepEqual(Object.keys(key).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('issues testing tokens for an hour', async () => {
    const { body } = await call('POST', '/testing_tokens');
    assert.deepEqual([body.object, body.expires_at], ['testing_token', Math.floor(now / 1000) + 3600]);
    assert.equal(Number(body.token.split('-')[0]), body.expires_at);
    assert.equal(isTestingToken(body.token, Buffer.alloc(32), now), false, 'nobody else can make one');
  });
});

describe('a production instance', () => {
  it('lets no backend create sessions or testing tokens', async () => {
    const publishableKey = createPublishableKey({ instanceType: 'production', frontendApi: '127.0.0.1:4000' });
    const api = await startApi({ publishableKey });
    try {
      assert.match(api.secretKey, /^sk_live_/);
      const call = createBackendClient(api);
      assert.deepEqual((await call('GET', '/users')).body, [], 'and has no demo person');
      const body = { email_address: ['live@example.com'], password: 'copper-lantern-meadow' };
      const { id } = (await call('POST', '/users', { body })).body;
      assert.equal((await call('POST', '/sessions', { body: { user_id: id } })).status, 403);
      assert.equal((await call('POST', '/testing_tokens')).status, 403);
    } finally {
      await api.stop();
    }
  });
});
