/** `clerk.sessions`, `clerk.clients` and the keys and templates of tokens. */
import assert from 'node:assert/strict';
import { verifyToken } from '@clerk/backend';
import { createClient } from '../../../../demo/server/store/clients.ts';
import { createFrontendClient } from '../../../support/frontend-client.ts';
import { addressOf, password, refusal } from './stage.ts';
import type { Rows, Stage } from './stage.ts';

const startSession = async ({ clerk, create }: Stage) => clerk.sessions.createSession({ userId: (await create()).id });

export const sessions: Rows = {
  'sessions.createSession': async ({ clerk, create }) => {
    const { id: userId } = await create();
    const session = await clerk.sessions.createSession({ userId });
    assert.deepEqual([session.userId, session.status], [userId, 'active']);
    assert.deepEqual(await refusal(clerk.sessions.createSession({ userId: 'user_unknown' })), [404, 'resource_not_found']);
  },

  'sessions.getSession': async (stage) => {
    const { id } = await startSession(stage);
    assert.equal((await stage.clerk.sessions.getSession(id)).id, id);
    assert.deepEqual(await refusal(stage.clerk.sessions.getSession('sess_unknown')), [404, 'resource_not_found']);
  },

  'sessions.getSessionList': async (stage) => {
    const { clerk } = stage;
    const { id, userId, clientId } = await startSession(stage);
    for (const filter of [{ userId }, { clientId }, { userId, status: 'active' as const }]) {
      const list = await clerk.sessions.getSessionList(filter);
      assert.deepEqual([list.totalCount, list.data.map((session) => session.id)], [1, [id]]);
    }
    assert.equal((await clerk.sessions.getSessionList({ userId, status: 'revoked' })).totalCount, 0);
  },

  'sessions.revokeSession': async (stage) => {
    const { id } = await startSession(stage);
    assert.equal((await stage.clerk.sessions.revokeSession(id)).status, 'revoked');
    assert.deepEqual(await refusal(stage.clerk.sessions.getToken(id)), [401, 'authentication_invalid']);
  },

  // Hosted, it is gone from this version on too: tokens are verified without a request.
  'sessions.verifySession': async (stage) => {
    const { id } = await startSession(stage);
    const { jwt } = await stage.clerk.sessions.getToken(id);
    assert.deepEqual(await refusal(stage.clerk.sessions.verifySession(id, jwt)), [410, 'gone']);
  },

  'sessions.getToken': async (stage) => {
    const { api, clerk } = stage;
    const session = await startSession(stage);
    const { jwt } = await clerk.sessions.getToken(session.id);
    const options = { secretKey: api.secretKey, apiUrl: api.backendUrl };
    const claims = await verifyToken(jwt, options);
    assert.deepEqual([claims.sub, claims.sid, claims.exp - claims.iat], [session.userId, session.id, 60]);
    const [header, , signature] = jwt.split('.');
    const forged = `${header}.${Buffer.from(JSON.stringify({ ...claims, sub: 'user_other' })).toString('base64url')}.${signature}`;
    await assert.rejects(verifyToken(forged, options));
  },

  'sessions.refreshSession': async (stage) => {
    const { id } = await startSession(stage);
    const { jwt } = await stage.clerk.sessions.getToken(id);
    const refreshed = stage.clerk.sessions.refreshSession(id, {
      format: 'token',
      expired_token: jwt,
      refresh_token: 'unknown',
      request_origin: stage.api.url,
    });
    assert.deepEqual(await refusal(refreshed), [401, 'refresh_token_invalid']);
  },

  'clients.getClient': async (stage) => {
    const session = await startSession(stage);
    const client = await stage.clerk.clients.getClient(session.clientId);
    assert.deepEqual([client.id, client.sessionIds, client.sessions[0]?.id], [session.clientId, [session.id], session.id]);
  },

  // Hosted, it is gone too.
  'clients.getClientList': async ({ clerk }) => assert.deepEqual(await refusal(clerk.clients.getClientList()), [410, 'gone']),

  'clients.verifyClient': async ({ api, clerk }) => {
    // As a browser of a production instance has it in a cookie.
    const { client, secret } = await createClient(api.database, 'cookie', Date.now());
    assert.equal((await clerk.clients.verifyClient(secret)).id, client.id);
    assert.deepEqual(await refusal(clerk.clients.verifyClient('unknown')), [404, 'resource_not_found']);
  },

  'clients.getHandshakePayload': async ({ api, clerk, create }) => {
    const user = await create();
    const browser = await createFrontendClient(api);
    await browser.call('POST', '/client/sign_ins', { identifier: addressOf(user), password });
    const query = new URLSearchParams({ redirect_url: `${api.url}/page`, format: 'nonce', __clerk_db_jwt: browser.devBrowser });
    const { headers } = await fetch(`${api.url}/v1/client/handshake?${query}`, { redirect: 'manual' });
    const nonce = new URL(headers.get('location') ?? '').searchParams.get('__clerk_handshake_nonce') ?? '';
    const { directives } = await clerk.clients.getHandshakePayload({ nonce });
    assert.ok(directives.some((line) => line.startsWith('__session=eyJ')));
    assert.deepEqual(await refusal(clerk.clients.getHandshakePayload({ nonce })), [404, 'resource_not_found']);
  },

  'jwks.getJwks': async ({ clerk }) => {
    const { keys = [] } = await clerk.jwks.getJwks();
    assert.deepEqual(
      keys.map(({ kty, alg, use }) => [kty, alg, use]),
      [['RSA', 'RS256', 'sig']],
    );
  },

  'jwtTemplates.create': async ({ clerk }) => {
    const claims = { aud: 'authenticated', snake_case: { camelCase: '{{user.id}}' } };
    const created = await clerk.jwtTemplates.create({ name: 'supabase', claims, lifetime: 120 });
    assert.deepEqual(
      [created.name, created.claims, created.lifetime, created.allowedClockSkew, created.customSigningKey, created.signingAlgorithm],
      ['supabase', claims, 120, 5, false, 'RS256'],
    );
    const reserved = clerk.jwtTemplates.create({ name: 'refused', claims: { sub: 'me' } });
    assert.deepEqual(await refusal(reserved), [400, 'jwt_template_reserved_claim', 'claims']);
  },

  'jwtTemplates.get': async ({ clerk }) => {
    const created = await clerk.jwtTemplates.create({ name: 'got', claims: {} });
    assert.deepEqual(await clerk.jwtTemplates.get(created.id), created);
  },

  'jwtTemplates.list': async ({ clerk }) => {
    const created = await clerk.jwtTemplates.create({ name: 'listed', claims: {} });
    const { data, totalCount } = await clerk.jwtTemplates.list({ limit: 100 });
    assert.equal(data.length, totalCount);
    assert.ok(data.some(({ id }) => id === created.id));
    assert.ok(data.some(({ name }) => name === 'session token'));
  },

  'jwtTemplates.update': async ({ clerk }) => {
    const { id } = await clerk.jwtTemplates.create({ name: 'former', claims: { a: 1 } });
    const updated = await clerk.jwtTemplates.update({ templateId: id, name: 'present', claims: {}, allowedClockSkew: 0 });
    assert.deepEqual([updated.name, updated.claims, updated.lifetime, updated.allowedClockSkew], ['present', {}, 60, 0]);
  },

  'jwtTemplates.delete': async ({ clerk }) => {
    const { id } = await clerk.jwtTemplates.create({ name: 'deleted', claims: {} });
    assert.equal((await clerk.jwtTemplates.delete(id)).deleted, true);
    assert.deepEqual(await refusal(clerk.jwtTemplates.get(id)), [404, 'resource_not_found']);
  },
};
