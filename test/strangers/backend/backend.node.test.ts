/** Clerk's official backend package against the local API: what it sends and expects is not ours to choose. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createClerkClient } from '@clerk/backend';
import type { ClerkClient } from '@clerk/backend';
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
