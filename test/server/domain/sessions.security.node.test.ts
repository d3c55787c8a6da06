import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { endSessionsOfUser, sessionLifetime, sessionPatience, startSession } from '../../../demo/server/domain/sessions.ts';
import { sessionTokenClaims } from '../../../demo/server/domain/session-token.ts';
import { readSettings } from '../../../demo/server/settings.ts';
import type { Session } from '../../../demo/server/store/sessions.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { addUser } from '../../support/users.ts';

const password = 'quiet-marble-lantern';

describe('N13: sessions', () => {
  let api: TestApi;
  let time = Date.now();
  let browser: FrontendClient;
  let emailAddress: string;
  let userId: string;
  let sessionId: string;
  let count = 0;

  before(async () => {
    api = await startApi({ instance: { session_token: { claims: {} } }, now: () => time });
  });
  after(() => api.stop());
  beforeEach(async () => {
    time += 60_000;
    emailAddress = `person${count++}@example.com`;
    userId = (await addUser(api, { emailAddress, password }, time)).id;
    browser = await createFrontendClient(api);
    sessionId = await signIn(browser);
  });

  const signIn = async (some: FrontendClient): Promise<string> => {
    const { response } = await some.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    return response.created_session_id;
  };
  const readClient = async () => (await browser.call('GET', '/client')).response;
  const readSession = () => api.database.selectFrom('sessions').selectAll().where('id', '=', sessionId).executeTakeFirstOrThrow();
  const set = (values: Partial<Omit<Session, 'actor'>>) =>
    api.database.updateTable('sessions').set(values).where('id', '=', sessionId).execute();

  it('start with all that a sign-in says', async () => {
    const client = await readClient();
    const [session] = client.sessions;
    assert.equal(client.last_active_session_id, sessionId);
    assert.equal(client.last_authentication_strategy, 'password');
    assert.ok(client.updated_at >= time);
    assert.deepEqual([session.status, session.expire_at, session.abandon_at], ['active', time + sessionLifetime, time + sessionPatience]);
    assert.deepEqual(session.factor_verification_age, [0, -1]);
    assert.equal(session.user.last_sign_in_at, time);
    assert.equal(session.user.last_active_at % (24 * 3600_000), 0);
    assert.equal(session.public_user_data.identifier, emailAddress);
    const row = await readSession();
    assert.deepEqual([row.ip_address, typeof row.user_agent], ['127.0.0.1', 'string']);
  });

  it('end after seven days, whoever looks', async () => {
    time += 7 * 24 * 3600_000 - 1;
    assert.equal((await readClient()).sessions.length, 1);
    time += 1;
    const client = await readClient();
    assert.deepEqual([client.sessions, client.last_active_session_id], [[], null]);
    assert.equal((await browser.call('GET', `/client/sessions/${sessionId}`)).response.status, 'expired');
    for (const path of [`/client/sessions/${sessionId}/tokens`, `/client/sessions/${sessionId}/touch`]) {
      assert.equal((await browser.call('POST', path)).status, 401, path);
    }
    assert.equal((await browser.call('GET', '/me', {}, { sessionId })).status, 401);
  });

  it('are abandoned when nobody uses them', async () => {
    await set({ abandon_at: time + 1_000 });
    assert.equal((await readClient()).sessions.length, 1);
    time += 1_000;
    assert.equal((await readClient()).sessions.length, 0);
    assert.equal((await browser.call('GET', `/client/sessions/${sessionId}`)).response.status, 'abandoned');
    assert.equal((await browser.call('POST', `/client/sessions/${sessionId}/touch`)).status, 401);
  });

  it('are kept by a touch, which changes the session and not the time of authentication', async () => {
    const before = await readClient();
    const { updated_at: updatedAt } = before.sessions[0];
    time += 24 * 3600_000;
    const { response, client } = await browser.call('POST', `/client/sessions/${sessionId}/touch`, {
      active_organization_id: '',
      intent: 'focus',
    });
    assert.ok(response.updated_at > updatedAt);
    assert.deepEqual([response.last_active_at, response.abandon_at], [time, time + sessionPatience]);
    assert.equal(response.expire_at, before.sessions[0].expire_at);
    assert.equal(client.updated_at, before.updated_at);
    assert.equal(client.sessions[0].user.last_active_at, time - (time % (24 * 3600_000)));
    assert.ok(client.sessions[0].user.updated_at > before.sessions[0].user.updated_at);
  });

  it('let updated_at grow with two touches in one millisecond', async () => {
    const first = await browser.call('POST', `/client/sessions/${sessionId}/touch`);
    const second = await browser.call('POST', `/client/sessions/${sessionId}/touch`);
    assert.ok(second.response.updated_at > first.response.updated_at);
  });

  it('know no organisations', async () => {
    assert.equal((await browser.call('POST', `/client/sessions/${sessionId}/touch`, { active_organization_id: 'org_1' })).status, 404);
    assert.equal((await browser.call('POST', `/client/sessions/${sessionId}/tokens`, { organization_id: 'org_1' })).status, 404);
  });

  for (const [action, status] of [
    ['end', 'ended'],
    ['remove', 'removed'],
  ] as const) {
    it(`are ${status} by ${action}, once and for all`, async () => {
      const before = await readClient();
      const { response, client } = await browser.call('POST', `/client/sessions/${sessionId}/${action}`);
      assert.deepEqual([response.status, response.last_active_token], [status, null]);
      assert.deepEqual([client.sessions, client.last_active_session_id], [[], null]);
      assert.ok(client.updated_at > before.updated_at);
      const again = await browser.call('POST', `/client/sessions/${sessionId}/remove`);
      assert.deepEqual([again.status, again.response.status, again.client.updated_at], [200, status, client.updated_at]);
      assert.equal((await browser.call('POST', `/client/sessions/${sessionId}/tokens`)).status, 401);
    });
  }

  it('are listed with their devices, and revoked from another one', async () => {
    const phone = await createFrontendClient(api);
    time += 1_000;
    const onPhone = await signIn(phone);
    const list = await browser.call('GET', '/me/sessions/active', {}, { sessionId });
    assert.deepEqual(
      list.body.map(({ id }: { id: string }) => id),
      [onPhone, sessionId],
    );
    assert.deepEqual([list.body[0].user, list.body[0].latest_activity.ip_address], [null, '127.0.0.1']);
    assert.ok(!JSON.stringify(list.body).includes('jwt'));

    const { response } = await browser.call('POST', `/me/sessions/${onPhone}/revoke`, {}, { sessionId });
    assert.equal(response.status, 'revoked');
    assert.equal((await phone.call('GET', '/me', {}, { sessionId: onPhone })).status, 401);
    assert.equal((await phone.call('GET', '/client')).response.last_active_session_id, null);
    assert.equal((await browser.call('GET', '/me/sessions/active', {}, { sessionId })).body.length, 1);
    const all = await browser.call('GET', '/me/sessions', {}, { sessionId });
    assert.deepEqual(
      all.body.map(({ status }: { status: string }) => status),
      ['revoked', 'active'],
    );
  });

  it('of a user end everywhere but in one place', async () => {
    const phone = await createFrontendClient(api);
    const onPhone = await signIn(phone);
    await endSessionsOfUser(api.database, userId, { exceptSessionId: sessionId, now: time, status: 'revoked' });
    assert.equal((await readClient()).sessions.length, 1);
    assert.equal((await phone.call('GET', `/client/sessions/${onPhone}`)).response.status, 'revoked');
  });

  for (const [singleSessionMode, statuses] of [
    [true, ['active', 'replaced']],
    [false, ['active', 'active']],
  ] as const) {
    it(`of one client are ${singleSessionMode ? 'replaced by a newer one' : 'several'}, as the instance is set`, async () => {
      const { id: clientId } = await readClient();
      const context = { now: () => time, settings: readSettings({ single_session_mode: singleSessionMode }, 'development') };
      const newSession = { clientId, userId, strategy: 'email_code', address: '127.0.0.1', userAgent: undefined };
      const newest = await startSession(context, api.database, newSession);
      const all = await api.database.selectFrom('sessions').select('status').where('client_id', '=', clientId).orderBy('status').execute();
      assert.deepEqual(
        all.map(({ status }) => status),
        statuses,
      );
      const client = await readClient();
      assert.deepEqual([client.last_active_session_id, client.last_authentication_strategy], [newest, 'email_code']);
      await browser.call('POST', `/client/sessions/${newest}/remove`);
      assert.equal((await readClient()).last_active_session_id, singleSessionMode ? null : sessionId);
    });
  }

  it('that start on one client at once leave one in single-session mode, and nobody waits for ever', async () => {
    const { id: clientId } = await readClient();
    const context = { now: () => time, settings: readSettings({}, 'development') };
    const start = () =>
      api.database
        .transaction()
        .execute((transaction) =>
          startSession(context, transaction, { clientId, userId, strategy: 'password', address: '', userAgent: undefined }),
        );
    const end = () =>
      api.database
        .transaction()
        .execute((transaction) => endSessionsOfUser(transaction, userId, { exceptSessionId: 'none', now: time, status: 'revoked' }));
    // As many as the pool has connections: they wait for one another in the database, and nobody for a connection.
    await Promise.all(Array.from({ length: 10 }, (_item, index) => (index % 4 === 3 ? end() : start())));
    const newest = await start();
    const active = await api.database
      .selectFrom('sessions')
      .select('id')
      .where('client_id', '=', clientId)
      .where('status', '=', 'active')
      .execute();
    assert.deepEqual(active, [{ id: newest }]);
    assert.equal((await readClient()).last_active_session_id, newest);
  });

  describe('tokens', () => {
    it('say who, where from and until when', async () => {
      const origin = 'http://localhost:3000';
      time += 125_000;
      const { body } = await browser.call('POST', `/client/sessions/${sessionId}/tokens`, { organization_id: '' }, { headers: { origin } });
      const { kid, oiat, ...header } = decodeProtectedHeader(body.jwt);
      assert.match(kid ?? '', /^ins_/);
      assert.equal(typeof oiat, 'number');
      assert.deepEqual(header, { alg: 'RS256', typ: 'JWT', cat: 'cl_B7d4PD111AAA' });
      const { jti, ...claims } = decodeJwt(body.jwt);
      assert.match(jti ?? '', /^[\w-]{20}$/);
      const iat = Math.floor(time / 1000);
      assert.deepEqual(claims, {
        v: 2,
        iss: `https://${new URL(api.url).host}`,
        sub: userId,
        sid: sessionId,
        iat,
        nbf: iat - 10,
        exp: iat + 60,
        azp: origin,
        sts: 'active',
        fva: [2, -1],
      });
    });

    it('are never older than the last authentication of the client', async () => {
      const { updated_at: updatedAt } = await readClient();
      await api.database
        .updateTable('clients')
        .set({ updated_at: updatedAt + 30_000 })
        .execute();
      const { body } = await browser.call('POST', `/client/sessions/${sessionId}/tokens`);
      assert.equal(decodeJwt(body.jwt).iat, Math.floor((updatedAt + 30_000) / 1000));
      const client = await readClient();
      const iat = decodeJwt(client.sessions[0].last_active_token.jwt).iat ?? 0;
      assert.ok(iat >= Math.floor(client.updated_at / 1000));
    });

    it('name the page also where browsers send no Origin', async () => {
      const url = `${api.url}/v1/client?__clerk_db_jwt=${browser.devBrowser}`;
      const azp = async (headers: Record<string, string>) => {
        const body = (await (await fetch(url, { headers })).json()) as { response: { sessions: { last_active_token: { jwt: string } }[] } };
        return decodeJwt(body.response.sessions[0]?.last_active_token.jwt ?? '').azp;
      };
      assert.equal(await azp({ referer: `${api.url}/account?x=1` }), api.url);
      assert.equal(await azp({ 'sec-fetch-site': 'same-origin' }), api.url);
      assert.equal(await azp({ referer: 'https://evil.test/' }), undefined);
      assert.equal(await azp({ origin: 'https://evil.test' }), undefined);
    });

    it('are verified by the published keys', async () => {
      const { createLocalJWKSet, jwtVerify } = await import('jose');
      const keys = (await (await fetch(`${api.url}/.well-known/jwks.json`)).json()) as Parameters<typeof createLocalJWKSet>[0];
      const { body } = await browser.call('POST', `/client/sessions/${sessionId}/tokens`);
      const { payload } = await jwtVerify(body.jwt, createLocalJWKSet(keys), { currentDate: new Date(time) });
      assert.equal(payload.sid, sessionId);
    });
  });
});

describe('sessionTokenClaims()', () => {
  const session = {
    id: 'sess_1',
    user_id: 'user_1',
    status: 'active',
    first_factor_verified_at: 0,
    second_factor_verified_at: null,
  } as Session;

  it('has no azp where the page is not known', () => {
    const claims = sessionTokenClaims({ session, client: { updated_at: 0 }, origin: undefined }, { issuer: 'https://x.test', now: 1_500 });
    assert.ok(!('azp' in claims));
    assert.equal(claims['iat'], 1);
  });

  it('is made with a new id each time', () => {
    const make = () => sessionTokenClaims({ session, client: { updated_at: 0 }, origin: undefined }, { issuer: 'x', now: 0 })['jti'];
    assert.equal(new Set(Array.from({ length: 100 }, make)).size, 100);
  });
});
