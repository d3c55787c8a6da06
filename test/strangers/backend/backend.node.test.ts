/** Clerk's official backend package against the local API: what it sends and expects is not ours to choose. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createClerkClient, verifyToken } from '@clerk/backend';
import type { ClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';
import { cookieSuffix } from '../../../src/rules/publishable-key.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';

/** The demo person of `demo/instance.json`. */
const jane = { emailAddress: 'jane+clerk_test@example.com', password: 'violet-harbour-lantern' };

describe('@clerk/backend', () => {
  let api: TestApi;
  let clerk: ClerkClient;
  before(async () => {
    api = await startApi();
    clerk = createClerkClient({
      secretKey: api.secretKey,
      publishableKey: api.publishableKey,
      apiUrl: api.backendUrl,
      // Tests speak to nobody but the local API.
      telemetry: { disabled: true },
    });
  });
  after(() => api.stop());

  let count = 0;
  const create = (more: Parameters<ClerkClient['users']['createUser']>[0] = {}) =>
    clerk.users.createUser({ emailAddress: [`sdk${count++}@example.com`], password: 'copper-lantern-meadow', ...more });

  const refusal = async (work: Promise<unknown>) => {
    try {
      await work;
    } catch (error) {
      assert.ok(isClerkAPIResponseError(error), String(error));
      assert.match(error.clerkTraceId ?? '', /^[0-9a-f]{32}$/);
      return [error.status, error.errors[0]?.code, error.errors[0]?.meta?.paramName].filter((part) => part !== undefined);
    }
    return assert.fail('It was not refused.');
  };

  describe('users', () => {
    it('creates and gets a user', async () => {
      const created = await create({
        externalId: 'sdk-1',
        firstName: 'Grace',
        lastName: 'Hopper',
        publicMetadata: { role: 'admin' },
        privateMetadata: { stripeId: '12356' },
        unsafeMetadata: { birthday: '11-30-1969' },
        createdAt: new Date(1_600_000_000_000),
      });
      const user = await clerk.users.getUser(created.id);
      assert.equal(user.fullName, 'Grace Hopper');
      assert.equal(user.externalId, 'sdk-1');
      assert.match(user.primaryEmailAddress?.emailAddress ?? '', /^sdk\d+@example\.com$/);
      assert.equal(user.primaryEmailAddress?.verification?.status, 'verified');
      assert.deepEqual(
        [user.publicMetadata, user.privateMetadata, user.unsafeMetadata],
        [{ role: 'admin' }, { stripeId: '12356' }, { birthday: '11-30-1969' }],
      );
      assert.deepEqual([user.passwordEnabled, user.banned, user.locked, user.createdAt], [true, false, false, 1_600_000_000_000]);
      assert.match(user.imageUrl, /^http:\/\/127\.0\.0\.1:/);
    });

    it('lists and counts', async () => {
      const user = await create();
      const address = user.primaryEmailAddress?.emailAddress ?? '';
      const list = await clerk.users.getUserList({ emailAddress: [address], limit: 5 });
      assert.deepEqual([list.totalCount, list.data.map(({ id }) => id)], [1, [user.id]]);
      const sorted = await clerk.users.getUserList({ orderBy: '+created_at', limit: 500 });
      assert.equal(sorted.data.length, sorted.totalCount);
      assert.equal(await clerk.users.getCount(), sorted.totalCount);
      assert.equal(await clerk.users.getCount({ query: address }), 1);
      assert.equal((await clerk.users.getUserList({ userId: ['user_unknown'] })).totalCount, 0);
    });

    it('updates, which leaves metadata to the endpoint of its own', async () => {
      const { id } = await create({ publicMetadata: { a: 1 } });
      const user = await clerk.users.updateUser(id, { firstName: 'Ann', publicMetadata: { b: 2 } });
      assert.deepEqual([user.firstName, user.publicMetadata], ['Ann', { b: 2 }]);
    });

    it('merges metadata of each kind', async () => {
      const { id } = await create({ publicMetadata: { a: 1 }, privateMetadata: { a: 1 }, unsafeMetadata: { a: { b: 1, c: 2 } } });
      await clerk.users.updateUserMetadata(id, { publicMetadata: { role: 'shopper' } });
      await clerk.users.updateUserMetadata(id, { privateMetadata: { stripeId: '12356' } });
      const user = await clerk.users.updateUserMetadata(id, { unsafeMetadata: { a: { b: null }, birthday: '11-30-1969' } });
      assert.deepEqual(user.publicMetadata, { a: 1, role: 'shopper' });
      assert.deepEqual(user.privateMetadata, { a: 1, stripeId: '12356' });
      assert.deepEqual(user.unsafeMetadata, { a: { c: 2 }, birthday: '11-30-1969' });
    });

    it('replaces metadata', async () => {
      const { id } = await create({ publicMetadata: { a: 1 }, privateMetadata: { a: 1 } });
      const user = await clerk.users.replaceUserMetadata(id, { publicMetadata: { b: { c: null } } });
      assert.deepEqual([user.publicMetadata, user.privateMetadata], [{ b: { c: null } }, { a: 1 }]);
    });

    it('bans, unbans, locks, unlocks and deletes', async () => {
      const { id } = await create();
      assert.equal((await clerk.users.banUser(id)).banned, true);
      assert.equal((await clerk.users.unbanUser(id)).banned, false);
      assert.equal((await clerk.users.lockUser(id)).locked, true);
      assert.equal((await clerk.users.unlockUser(id)).locked, false);
      assert.equal((await clerk.users.deleteUser(id)).id, id);
      assert.deepEqual(await refusal(clerk.users.getUser(id)), [404, 'resource_not_found']);
    });

    it('verifies passwords', async () => {
      const { id } = await create();
      assert.deepEqual(await clerk.users.verifyPassword({ userId: id, password: 'copper-lantern-meadow' }), { verified: true });
      assert.deepEqual(await refusal(clerk.users.verifyPassword({ userId: id, password: 'wrong' })), [422, 'incorrect_password']);
    });

    it('understands refusals', async () => {
      const user = await create();
      const address = user.primaryEmailAddress?.emailAddress ?? '';
      assert.deepEqual(await refusal(create({ emailAddress: [address] })), [422, 'form_identifier_exists', 'email_address']);
      assert.deepEqual(await refusal(create({ password: 'password1' })), [422, 'form_password_pwned', 'password']);
      const large = { publicMetadata: { a: 'x'.repeat(9000) } };
      assert.deepEqual(await refusal(clerk.users.updateUserMetadata(user.id, large)), [
        422,
        'form_param_exceeds_allowed_size',
        'public_metadata',
      ]);
      const stranger = createClerkClient({ secretKey: 'sk_test_someone_elses_key', apiUrl: api.backendUrl, telemetry: { disabled: true } });
      assert.deepEqual(await refusal(stranger.users.getCount()), [401, 'clerk_key_invalid']);
    });
  });

  describe('sessions and clients', () => {
    it('lists, gets and revokes sessions', async () => {
      const { id: userId } = await create();
      const session = await clerk.sessions.createSession({ userId });
      assert.equal((await clerk.sessions.getSession(session.id)).status, 'active');
      const list = await clerk.sessions.getSessionList({ userId });
      assert.deepEqual([list.totalCount, list.data[0]?.id], [1, session.id]);
      assert.equal((await clerk.clients.getClient(session.clientId)).sessions[0]?.id, session.id);
      assert.equal((await clerk.sessions.revokeSession(session.id)).status, 'revoked');
      assert.equal((await clerk.sessions.getSessionList({ userId, status: 'active' })).totalCount, 0);
    });

    it('mints tokens that verifyToken() accepts with the keys it fetches', async () => {
      const { id: userId } = await create();
      const session = await clerk.sessions.createSession({ userId });
      const { jwt } = await clerk.sessions.getToken(session.id);
      const claims = await verifyToken(jwt, { secretKey: api.secretKey, apiUrl: api.backendUrl });
      assert.deepEqual([claims.sub, claims.sid], [userId, session.id]);
      const [header, payload, signature] = jwt.split('.');
      const forged = `${header}.${Buffer.from(JSON.stringify({ ...claims, sub: 'user_other' })).toString('base64url')}.${signature}`;
      assert.ok(payload);
      await assert.rejects(verifyToken(forged, { secretKey: api.secretKey, apiUrl: api.backendUrl }));
    });

    it('gets testing tokens', async () => {
      const { token } = await clerk.testingTokens.createTestingToken();
      assert.match(token, /^\d{10}-c_/);
    });
  });

  describe('authenticateRequest()', () => {
    const page = 'http://127.0.0.1:9/account';
    let browser: FrontendClient;
    let token: string;
    let userId: string;
    let suffix: string;

    before(async () => {
      suffix = await cookieSuffix(api.publishableKey);
      browser = await createFrontendClient(api);
      const signIn = await browser.call('POST', '/client/sign_ins', {
        strategy: 'password',
        identifier: jane.emailAddress,
        password: jane.password,
      });
      assert.equal(signIn.response.status, 'complete', JSON.stringify(signIn.body));
      const session = signIn.client.sessions[0];
      userId = session.user.id;
      token = session.last_active_token.jwt;
    });

    const authenticate = (request: Request) =>
      clerk.authenticateRequest(request, { proxyUrl: api.url, authorizedParties: [api.url, new URL(page).origin] });
    const both = (name: string, value: string | number) => `${name}=${value}; ${name}_${suffix}=${value}`;
    const open = (url: string, cookies: string[]) =>
      new Request(url, { headers: { accept: 'text/html', 'sec-fetch-dest': 'document', cookie: cookies.join('; ') } });

    it('takes the token of a sign-in as a bearer', async () => {
      const state = await authenticate(new Request(page, { headers: { authorization: `Bearer ${token}` } }));
      assert.equal(state.status, 'signed-in', String(state.reason));
      assert.equal(state.toAuth()?.userId, userId);
    });

    it('takes the cookies of a browser that is signed in', async () => {
      const uat = Number(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).iat);
      const state = await authenticate(
        open(page, [both('__session', token), both('__client_uat', uat), both('__clerk_db_jwt', browser.devBrowser)]),
      );
      assert.equal(state.status, 'signed-in', String(state.reason));
    });

    it('calls a stranger signed out', async () => {
      const state = await authenticate(open(page, [both('__clerk_db_jwt', browser.devBrowser)]));
      assert.deepEqual([state.status, state.reason], ['signed-out', 'session-token-and-uat-missing']);
    });

    it('gets a lost token back by a handshake through both APIs', async () => {
      const asked = await authenticate(open(page, [both('__clerk_db_jwt', browser.devBrowser), both('__client_uat', 1)]));
      assert.deepEqual([asked.status, asked.reason], ['handshake', 'client-uat-but-no-session-token']);
      const handshakeUrl = asked.headers.get('location') ?? '';
      assert.ok(handshakeUrl.startsWith(`${api.url}/v1/client/handshake?`), handshakeUrl);

      const answer = await fetch(handshakeUrl, { redirect: 'manual' });
      assert.equal(answer.status, 307);
      const back = answer.headers.get('location') ?? '';
      assert.ok(back.startsWith(page) && back.includes('__clerk_handshake_nonce='), back);
      assert.doesNotMatch(back, /eyJ/, 'no token in an address');

      const resolved = await authenticate(open(back, [both('__clerk_db_jwt', browser.devBrowser), both('__client_uat', 1)]));
      const lines = resolved.headers.getSetCookie();
      assert.ok(
        lines.some((line) => line.startsWith('__session=eyJ')),
        lines.join('\n'),
      );
      const cookies = lines.map((line) => line.split(';')[0] ?? '').filter((pair) => !pair.endsWith('='));
      const state = await authenticate(open(page, cookies));
      assert.equal(state.status, 'signed-in', String(state.reason));
      assert.equal(state.toAuth()?.userId, userId);

      // The nonce has worked once.
      const again = await authenticate(open(back, [both('__clerk_db_jwt', browser.devBrowser), both('__client_uat', 1)]));
      assert.ok(!again.headers.getSetCookie().some((line) => line.startsWith('__session=eyJ')));
    });
  });
});
