/** Who calls, as Clerk's backend package finds it out for the server of a site, in a test instance. */
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { createClerkClient } from '@clerk/backend';
import type { ClerkClient } from '@clerk/backend';
import { cookieSuffix } from '../../../src/rules/publishable-key.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';
import { addUser } from '../../support/users.ts';
import { password, refusal } from './methods/stage.ts';
import { SiteVisitor } from './site.ts';

const page = 'http://localhost:3000/account?tab=1';
const { origin } = new URL(page);

describe('authenticateRequest() in a test instance', () => {
  let api: TestApi;
  let clerk: ClerkClient;
  let suffix: string;
  let count = 0;
  /** Milliseconds by which the API's clock is ahead of everybody's. */
  let ahead = 0;
  before(async () => {
    api = await startApi({ now: () => Date.now() + ahead });
    clerk = createOfficialBackend(api);
    suffix = await cookieSuffix(api.publishableKey);
  });
  after(() => api.stop());

  /** Somebody who has signed in on a page of the site, by the API's clock; their browser comes without cookies of the site. */
  const signIn = async ({ clock = 0 } = {}) => {
    ahead = clock;
    const emailAddress = `visitor${count++}@example.com`;
    const user = await addUser(api, { emailAddress, password }, Date.now() + ahead);
    const browser = await createFrontendClient(api, { origin });
    const { client } = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
    const [session] = client.sessions;
    const visitor = new SiteVisitor({ clerk, frontendApi: `${api.url}/v1/`, proxyUrl: api.url, authorizedParties: [origin] });
    return { browser, visitor, userId: user.id, sessionId: session.id as string, token: session.last_active_token.jwt as string };
  };
  /** The same, with all cookies that the site has after its first visit. */
  const arrive = async (options?: Parameters<typeof signIn>[0]) => {
    const person = await signIn(options);
    const { visitor, browser } = person;
    visitor.cookies.set('__clerk_db_jwt', browser.devBrowser).set('__client_uat', '1');
    await visitor.visit(page);
    return person;
  };
  /** The same, with the token of the sign-in, which has expired meanwhile. */
  const arriveLate = async () => {
    const person = await signIn({ clock: -120_000 });
    const { visitor, browser, token } = person;
    ahead = 0;
    visitor.cookies.set('__clerk_db_jwt', browser.devBrowser).set('__client_uat', '1');
    await visitor.visit(page);
    setToken(visitor, token);
    return person;
  };
  /** The newest token of a session, made for pages of the site. */
  const newToken = async ({ browser, sessionId }: { browser: FrontendClient; sessionId: string }): Promise<string> =>
    (await browser.call('POST', `/client/sessions/${sessionId}/tokens`)).body.jwt;
  const sessionToken = ({ cookies }: SiteVisitor) => cookies.get('__session') ?? '';
  const setToken = ({ cookies }: SiteVisitor, token: string) => {
    for (const name of ['__session', `__session_${suffix}`]) cookies.set(name, token);
  };
  const refreshCookie = () => `__refresh_${suffix}`;
  const byBearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const anonymous = async () => (await signIn()).visitor;

  it('takes the token of a sign-in as a bearer, and no other', async () => {
    const { visitor, token, userId, sessionId } = await signIn();
    const auth = (await visitor.ask(page, byBearer(token))).toAuth();
    assert.deepEqual([auth?.userId, auth?.sessionId, auth?.sessionStatus], [userId, sessionId, 'active']);
    const state = await visitor.ask(page, byBearer(`${token.slice(0, -8)}AAAAAAAA`));
    assert.deepEqual([state.status, state.reason], ['signed-out', 'token-invalid-signature']);
  });

  it('makes a browser known that comes for the first time, and calls it signed out', async () => {
    const { state, reasons, url } = await (await anonymous()).visit(page);
    assert.deepEqual([state.status, state.reason, url], ['signed-out', 'session-token-and-uat-missing', page]);
    assert.equal(reasons[0], 'dev-browser-missing');
  });

  it('signs in who comes from another host with the credential in the address, and takes it out of there', async () => {
    const { browser, visitor, userId } = await signIn();
    const { state, reasons, url } = await visitor.visit(`${page}&__clerk_db_jwt=${browser.devBrowser}`);
    assert.deepEqual([state.status, state.toAuth()?.userId, url], ['signed-in', userId, page]);
    assert.equal(reasons[0], 'dev-browser-sync');
    assert.equal(visitor.cookies.get('__clerk_db_jwt'), browser.devBrowser);
  });

  it('gets a lost token back by a handshake through both APIs, whose nonce works once', async () => {
    const { browser, visitor, userId } = await signIn();
    visitor.cookies.set('__clerk_db_jwt', browser.devBrowser).set('__client_uat', '1');
    const asked = await visitor.ask(page);
    assert.deepEqual([asked.status, asked.reason], ['handshake', 'client-uat-but-no-session-token']);
    const { headers } = await fetch(asked.headers.get('location') ?? '', { redirect: 'manual' });
    const back = headers.get('location') ?? '';
    assert.match(back, /^http:\/\/localhost:3000\/account\?tab=1&__clerk_handshake_nonce=/);
    assert.doesNotMatch(back, /eyJ/, 'no token in an address');
    const { state } = await visitor.visit(back);
    assert.deepEqual([state.status, state.toAuth()?.userId], ['signed-in', userId]);
    const again = await (await anonymous()).ask(back);
    assert.equal(
      again.headers.getSetCookie().some((line) => line.startsWith('__session=eyJ')),
      false,
    );
  });

  it('takes the answer to a handshake as a signed token too', async () => {
    const { browser, visitor, userId } = await signIn();
    const query = new URLSearchParams({ redirect_url: page, __clerk_db_jwt: browser.devBrowser });
    const { headers } = await fetch(`${api.url}/v1/client/handshake?${query}`, { redirect: 'manual' });
    const back = headers.get('location') ?? '';
    assert.match(back, /__clerk_handshake=eyJ/);
    const { state, url } = await visitor.visit(back);
    assert.deepEqual([state.status, state.toAuth()?.userId, url], ['signed-in', userId, page]);
  });

  it('has an expired token renewed without sending the browser round', async () => {
    const { visitor, userId, sessionId } = await arriveLate();
    const expired = sessionToken(visitor);
    const { state, reasons } = await visitor.visit(page);
    assert.deepEqual([state.status, state.toAuth()?.userId, reasons], ['signed-in', userId, []]);
    assert.notEqual(sessionToken(visitor), expired);
    assert.equal(visitor.cookies.get(`__session_${suffix}`), sessionToken(visitor));
    const claims = state.toAuth()?.sessionClaims;
    assert.deepEqual([claims?.sid, claims?.azp], [sessionId, origin]);
    // With the new one the next request is not sent round either.
    assert.deepEqual((await visitor.visit(page)).reasons, []);
  });

  it('sends round who has an expired token and no refresh token, and scripts nowhere', async () => {
    const { visitor, userId } = await arriveLate();
    visitor.cookies.delete(refreshCookie());
    const script = await visitor.ask(page, { accept: '*/*' });
    assert.deepEqual([script.status, script.headers.get('location')], ['signed-out', null]);
    const { state, reasons } = await visitor.visit(page);
    assert.deepEqual([state.status, state.toAuth()?.userId], ['signed-in', userId]);
    assert.match(reasons[0] ?? '', /^session-token-expired-refresh-/);
  });

  it('renews nothing with the tokens of somebody else, for another site, or after the session', async () => {
    const { visitor, sessionId } = await arriveLate();
    const other = await arriveLate();
    const good = {
      expired_token: sessionToken(visitor),
      refresh_token: visitor.cookies.get(refreshCookie()) ?? '',
      request_origin: origin,
      format: 'token' as const,
    };
    const refresh = (more: Partial<typeof good>, id = sessionId) => refusal(clerk.sessions.refreshSession(id, { ...good, ...more }));
    assert.match((await clerk.sessions.refreshSession(sessionId, good)).jwt, /^eyJ/);
    assert.deepEqual(await refresh({ refresh_token: other.visitor.cookies.get(refreshCookie()) ?? '' }), [401, 'refresh_token_invalid']);
    assert.deepEqual(await refresh({ refresh_token: 'short' }), [401, 'refresh_token_invalid']);
    assert.deepEqual(await refresh({ expired_token: sessionToken(other.visitor) }), [401, 'expired_token_invalid']);
    assert.deepEqual(await refresh({ expired_token: `${good.expired_token.slice(0, -8)}AAAAAAAA` }), [401, 'expired_token_invalid']);
    const { jwt: ofTemplate } = await clerk.sessions.getToken(sessionId, 'demo');
    assert.deepEqual(await refresh({ expired_token: ofTemplate }), [401, 'expired_token_invalid']);
    assert.deepEqual(await refresh({ request_origin: 'https://evil.test' }), [401, 'authentication_invalid']);
    assert.deepEqual(await refresh({}, other.sessionId), [401, 'refresh_token_invalid']);
    await clerk.sessions.revokeSession(sessionId);
    assert.deepEqual(await refresh({}), [401, 'authentication_invalid']);
    const { state, reasons } = await visitor.visit(page);
    assert.equal(state.status, 'signed-out');
    assert.match(reasons[0] ?? '', /^session-token-expired-refresh-/);
    assert.equal(visitor.cookies.has('__session') || visitor.cookies.has(refreshCookie()), false, 'the handshake has taken them away');
  });

  it('calls a forged token signed out, and one that was made for another site', async () => {
    const { visitor } = await arrive();
    const token = sessionToken(visitor);
    setToken(visitor, `${token.slice(0, -8)}AAAAAAAA`);
    const forged = await visitor.ask(page);
    assert.deepEqual([forged.status, forged.reason], ['signed-out', 'token-invalid-signature']);
    setToken(visitor, token);
    const elsewhere = await visitor.with({ authorizedParties: ['https://www.example.com'] }).ask(page);
    assert.deepEqual([elsewhere.status, elsewhere.reason], ['signed-out', 'token-invalid-authorized-parties']);
  });

  it('forgives clocks that differ a little, and a token from the future sends browsers round', async () => {
    const little = await arrive({ clock: 3000 });
    assert.equal((await little.visitor.ask(page)).status, 'signed-in');
    const { visitor } = await arrive();
    const { token } = await signIn({ clock: 60_000 });
    ahead = 0;
    setToken(visitor, token);
    const state = await visitor.ask(page);
    assert.deepEqual([state.status, state.reason], ['handshake', 'session-token-nbf']);
    assert.equal((await visitor.with({ clockSkewInMs: 120_000 }).ask(page)).status, 'signed-in');
  });

  it('needs no network with the public key at hand', async () => {
    const { visitor, userId } = await arrive();
    const { keys } = (await (await fetch(`${api.url}/.well-known/jwks.json`)).json()) as { keys: Record<string, string>[] };
    const jwtKey = String(createPublicKey({ key: keys[0] ?? {}, format: 'jwk' }).export({ type: 'spki', format: 'pem' }));
    // Nobody listens there.
    const offline = createClerkClient({
      publishableKey: api.publishableKey,
      secretKey: 'sk_test_of_nobody',
      jwtKey,
      apiUrl: 'http://127.0.0.1:9',
      telemetry: { disabled: true },
    });
    const state = await visitor.with({ clerk: offline }).ask(page);
    assert.deepEqual([state.status, state.toAuth()?.userId], ['signed-in', userId]);
  });

  it('knows how long ago the factors were proved', async () => {
    const person = await arrive();
    const { visitor, sessionId } = person;
    const auth = (await visitor.ask(page)).toAuth();
    assert.deepEqual(auth?.factorVerificationAge, [0, -1]);
    assert.equal(auth?.has({ reverification: 'strict' }), true);
    await api.database
      .updateTable('sessions')
      .set({ first_factor_verified_at: Date.now() - 20 * 60_000 })
      .where('id', '=', sessionId)
      .execute();
    const later = (await visitor.ask(page, byBearer(await newToken(person)))).toAuth();
    assert.deepEqual(later?.factorVerificationAge, [20, -1]);
    assert.equal(later?.has({ reverification: 'strict' }), false);
  });

  it('calls who has something to do first signed out, unless the site wants them', async () => {
    const person = await arrive();
    const { visitor, userId, sessionId } = person;
    await api.database
      .updateTable('sessions')
      .set({ tasks: ['setup-mfa'] })
      .where('id', '=', sessionId)
      .execute();
    const state = await visitor.ask(page, byBearer(await newToken(person)));
    assert.equal(state.toAuth()?.userId, null);
    const wanted = state.toAuth({ treatPendingAsSignedOut: false });
    assert.deepEqual([wanted?.userId, wanted?.sessionStatus], [userId, 'pending']);
  });

  it('calls who has signed out so, from the next page on', async () => {
    const { visitor, browser, sessionId } = await arrive();
    await browser.call('POST', `/client/sessions/${sessionId}/end`);
    visitor.cookies.delete('__session');
    visitor.cookies.delete(`__session_${suffix}`);
    const { state, reasons } = await visitor.visit(page);
    assert.deepEqual([state.status, reasons[0]], ['signed-out', 'client-uat-but-no-session-token']);
    assert.deepEqual((await visitor.visit(page)).reasons, []);
  });
});
