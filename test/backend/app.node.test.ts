/** The demo's backend, as it runs with `npm start`: in front of the real Backend API. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createBackend } from '../../demo/backend/app.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { freePort } from '../support/free-port.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import { startProductionApi } from '../support/production.ts';
import { addUser, jane } from '../support/users.ts';

const canary = 'cus_canary-7316';

describe('the demo’s backend', () => {
  let api: TestApi;
  let token: string;
  let userId: string;

  before(async () => {
    api = await startApi();
    ({ token, userId } = await signIn(api.url));
  });
  after(() => api.stop());

  /** Signs the demo person in on a page of `origin`. */
  async function signIn(origin: string) {
    const browser = await createFrontendClient(api, { origin });
    const { client } = await browser.call('POST', '/client/sign_ins', { identifier: jane.emailAddress, password: jane.password });
    const session = client.sessions[0];
    return { token: session.last_active_token.jwt as string, userId: session.user.id as string };
  }

  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { authorization: `Bearer ${token}` },
  ) => {
    const answer = await fetch(`${api.url}/api${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) };
  };
  const stored = async (id = userId) => (await createBackendClient(api)('GET', `/users/${id}`)).body;

  it('knows the caller by a token of this very origin, and nobody by anything else', async () => {
    const { body } = await ask('GET', '/me');
    assert.deepEqual([body.userId, body.sessionClaims], [userId, { metadata: { role: 'shopper' } }]);
    const foreign = await signIn('http://127.0.0.1:9');
    const forged = `${token.slice(0, -8)}AAAAAAAA`;
    const strangers: Record<string, string>[] = [
      {},
      { cookie: `__session=${token}` },
      { authorization: token.slice(0, 20) },
      { authorization: 'Bearer nothing' },
      { authorization: `Bearer ${forged}` },
      { authorization: `Bearer ${foreign.token}` },
      { authorization: `Bearer ${api.secretKey}` },
    ];
    for (const headers of strangers) {
      const { status, body } = await ask('POST', '/role', { role: 'seller' }, headers);
      assert.deepEqual([status, Object.keys(body)], [401, ['message']], JSON.stringify(Object.keys(headers)));
    }
    assert.equal((await stored()).public_metadata.role, 'shopper');
  });

  it('gives the roles that are free, and no other', async () => {
    const given = await ask('POST', '/role', { role: 'seller' });
    assert.deepEqual([given.status, given.body], [200, { publicMetadata: { role: 'seller' } }]);
    for (const [role, status] of [
      ['admin', 403],
      ['emperor', 422],
      ['', 422],
      [['seller'], 422],
      [{ role: 'seller' }, 422],
      [null, 422],
    ]) {
      assert.equal((await ask('POST', '/role', { role })).status, status, JSON.stringify(role));
    }
    for (const body of ['', '{', '[]', '"seller"', 'null', '{"constructor":"seller"}'])
      assert.ok([400, 422].includes((await ask('POST', '/role', body)).status), body);
    assert.deepEqual((await stored()).public_metadata, { role: 'seller' });
  });

  it('writes for the caller, whoever the body speaks of', async () => {
    const other = await addUser(api, { emailAddress: 'other@example.com' });
    const body = { role: 'shopper', userId: other.id, user_id: other.id, privateMetadata: { stripeId: 'x' } };
    assert.equal((await ask('POST', '/role', body)).status, 200);
    assert.deepEqual((await stored(other.id)).public_metadata, {});
    assert.equal((await stored()).public_metadata.role, 'shopper');
    assert.equal((await stored()).private_metadata.stripeId, '12356');
  });

  it('stores what is private and never says it again', async () => {
    const answers = [await ask('POST', '/customer', { stripeId: canary })];
    assert.deepEqual([answers[0]!.status, answers[0]!.body], [200, { storedKeys: 1 }]);
    assert.deepEqual((await stored()).private_metadata, { stripeId: canary });
    answers.push(await ask('GET', '/me'), await ask('POST', '/role', { role: 'seller' }), await ask('POST', '/customer', { stripeId: '' }));
    assert.deepEqual(answers[1]!.body.privateMetadata, { storedKeys: 1 });
    for (const { text, headers } of answers) {
      assert.ok(!text.includes(canary));
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('access-control-allow-origin'), null);
    }
    assert.ok(!api.log.join('').includes(canary));
    assert.deepEqual((await ask('DELETE', '/customer')).body, { storedKeys: 0 });
    assert.deepEqual((await stored()).private_metadata, {});
  });

  it('refuses what is too long, and what is not there', async () => {
    assert.equal((await ask('POST', '/customer', { stripeId: 'x'.repeat(65) })).status, 422);
    assert.equal((await ask('POST', '/customer', { stripeId: 'x'.repeat(5_000) })).status, 413);
    assert.equal((await ask('GET', '/role')).status, 404);
    assert.equal((await ask('GET', '/nothing')).status, 404);
  });

  it('says that Clerk cannot be reached, and tells the reason to its own log only', async () => {
    const reported: unknown[] = [];
    const backend = createBackend({
      secretKey: api.secretKey,
      publishableKey: api.publishableKey,
      apiUrl: `http://127.0.0.1:${await freePort()}`,
      report: (error) => reported.push(error),
    });
    const answer = await backend.request(`${api.url}/api/me`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 502);
    assert.deepEqual(await answer.json(), { message: 'The backend could not reach Clerk. Try again.' });
    assert.equal(reported.length, 1);
  });

  it('is not there for production keys', async () => {
    const production = await startProductionApi();
    try {
      assert.equal((await fetch(`${production.address}/api/me`)).status, 404);
    } finally {
      await production.stop();
    }
  });
});
