/** JWT templates and the tokens made from them, by Clerk's official backend package. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { verifyToken } from '@clerk/backend';
import type { ClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';

describe('@clerk/backend, jwtTemplates', () => {
  let api: TestApi;
  let clerk: ClerkClient;
  let userId: string;
  let sessionId: string;
  before(async () => {
    api = await startApi({
      instance: { session_token: { claims: { metadata: '{{user.public_metadata}}' } }, jwt_templates: [] },
    });
    clerk = createOfficialBackend(api);
    const user = await clerk.users.createUser({
      emailAddress: ['sdk@example.com'],
      skipPasswordRequirement: true,
      publicMetadata: { role: 'admin' },
    });
    userId = user.id;
    sessionId = (await clerk.sessions.createSession({ userId })).id;
  });
  after(() => api.stop());

  const refusal = async (work: Promise<unknown>) => {
    try {
      await work;
    } catch (error) {
      assert.ok(isClerkAPIResponseError(error), String(error));
      return [error.status, error.errors[0]?.code, error.errors[0]?.meta?.paramName].filter((part) => part !== undefined);
    }
    return assert.fail('It was not refused.');
  };

  it('creates, gets, lists, updates and deletes', async () => {
    const claims = { aud: 'authenticated', snake_case: { camelCase: '{{user.id}}' } };
    const created = await clerk.jwtTemplates.create({ name: 'supabase', claims, lifetime: 120 });
    assert.deepEqual(
      [created.name, created.claims, created.lifetime, created.allowedClockSkew, created.customSigningKey, created.signingAlgorithm],
      ['supabase', claims, 120, 5, false, 'RS256'],
    );
    assert.deepEqual(await clerk.jwtTemplates.get(created.id), created);
    const list = await clerk.jwtTemplates.list({ limit: 10 });
    assert.deepEqual([list.totalCount, list.data.map(({ name }) => name)], [2, ['supabase', 'session token']]);
    const updated = await clerk.jwtTemplates.update({ templateId: created.id, name: 'other', claims: {}, allowedClockSkew: 0 });
    assert.deepEqual([updated.name, updated.claims, updated.lifetime, updated.allowedClockSkew], ['other', {}, 120, 0]);
    assert.equal((await clerk.jwtTemplates.delete(created.id)).deleted, true);
    assert.deepEqual(await refusal(clerk.jwtTemplates.get(created.id)), [404, 'resource_not_found']);
  });

  it('understands refusals', async () => {
    const create = (claims: object) => clerk.jwtTemplates.create({ name: 'refused', claims });
    assert.deepEqual(await refusal(create({ sub: 'me' })), [400, 'jwt_template_reserved_claim', 'claims']);
    assert.deepEqual(await refusal(create({ a: '{{user.private_metadata.stripeId}}' })), [422, 'form_param_value_invalid', 'claims']);
    const ofSessionToken = (await clerk.jwtTemplates.list()).data.find(({ name }) => name === 'session token');
    assert.deepEqual(await refusal(clerk.jwtTemplates.delete(ofSessionToken?.id ?? '')), [403, 'session_token_jwt_template']);
    assert.deepEqual(await refusal(clerk.sessions.getToken(sessionId, 'nowhere')), [404, 'resource_not_found']);
  });

  it('gets tokens from a template, which verifyToken() accepts', async () => {
    await clerk.jwtTemplates.create({
      name: 'orders',
      claims: { role: "{{user.public_metadata.role || 'guest'}}", hello: 'Hi {{user.first_name}}' },
    });
    const { jwt } = await clerk.sessions.getToken(sessionId, 'orders');
    const claims = await verifyToken(jwt, { secretKey: api.secretKey, apiUrl: api.backendUrl });
    assert.deepEqual([claims.sub, claims['role'], claims['hello'], claims.sid], [userId, 'admin', 'Hi null', undefined]);
    const longer = await verifyToken((await clerk.sessions.getToken(sessionId, 'orders', 3600)).jwt, {
      secretKey: api.secretKey,
      apiUrl: api.backendUrl,
    });
    assert.equal(longer.exp - longer.iat, 3600);
  });

  it('reads custom claims of the session token as sessionClaims, and what a backend has just written', async () => {
    const authenticate = async () => {
      const { jwt } = await clerk.sessions.getToken(sessionId);
      const request = new Request('http://127.0.0.1:9/', { headers: { authorization: `Bearer ${jwt}` } });
      const state = await clerk.authenticateRequest(request, { proxyUrl: api.url });
      assert.equal(state.status, 'signed-in', String(state.reason));
      return state.toAuth()?.sessionClaims?.['metadata'];
    };
    assert.deepEqual(await authenticate(), { role: 'admin' });
    await clerk.users.updateUserMetadata(userId, { publicMetadata: { role: 'shopper' } });
    assert.deepEqual(await authenticate(), { role: 'shopper' });
  });

  it('takes no token from a template for a session', async () => {
    await clerk.jwtTemplates.create({ name: 'imitation', claims: { metadata: { role: 'admin' } } });
    const { jwt } = await clerk.sessions.getToken(sessionId, 'imitation');
    const request = new Request('http://127.0.0.1:9/', { headers: { authorization: `Bearer ${jwt}` } });
    const state = await clerk.authenticateRequest(request, { proxyUrl: api.url });
    assert.notEqual(state.status, 'signed-in');
  });
});
