/** A server of somebody's own, with Clerk's backend package in front of its routes, and our script on its pages: a whole story in a browser. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { ClerkClient } from '@clerk/backend';
import type { BrowserContext } from 'playwright-core';
import { cookieSuffix } from '../../../src/rules/publishable-key.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';
import { closeBrowser, jane, signInAndArrive, visit } from '../../support/journey.ts';

describe('a server with @clerk/backend, and pages with our script', () => {
  let api: TestApi;
  let clerk: ClerkClient;
  let server: Server;
  let site: string;
  /** Milliseconds by which the API's clock is ahead of everybody's. */
  let ahead = 0;

  before(async () => {
    api = await startApi({ now: () => Date.now() + ahead });
    clerk = createOfficialBackend(api);
    server = createServer((request, response) => void answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // Another host name than the API's: cookies do not tell ports apart.
    site = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    await closeBrowser();
    server.closeAllConnections();
    await once(server.close(), 'close');
    await api.stop();
  });

  const page = (content: string) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Site</title>
    <link rel="icon" href="data:,"></head><body><script async crossorigin="anonymous" data-clerk-publishable-key="${api.publishableKey}"
    src="${api.url}/npm/@clerk/clerk-js@6/dist/clerk.browser.js"></script>${content}</body></html>`;

  /** Every page knows who calls; `/members` is for people who are signed in, and is written on the server. */
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = new Request(new URL(incoming.url ?? '/', site), {
      headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
    });
    const state = await clerk.authenticateRequest(request, { proxyUrl: api.url, authorizedParties: [site] });
    const headers = new Headers(state.headers);
    const send = (status: number, body: string) => {
      for (const [name, value] of headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
      outgoing.setHeader('set-cookie', headers.getSetCookie());
      outgoing.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body);
    };
    if (headers.has('location')) return send(307, '');
    const { userId } = state.toAuth() ?? { userId: null };
    if (new URL(request.url).pathname !== '/members')
      return send(200, page('<clerk-sign-in force-redirect-url="/members"></clerk-sign-in>'));
    if (userId === null) return send(401, page('<p>Members only.</p>'));
    const { firstName, privateMetadata } = await clerk.users.getUser(userId);
    return send(200, page(`<p>Welcome, ${firstName}. <output>${privateMetadata['stripeId'] === '12356'}</output></p>`));
  }

  const cookie = async (context: BrowserContext, name: string) =>
    (await context.cookies(site)).find((known) => known.name === name)?.value ?? '';

  it('lets in who has signed in on the page, and goes on when the token has expired', async () => {
    const { context, page: tab, requests } = await visit({ policy: false });
    const closed = await tab.goto(`${site}/members`);
    assert.equal(closed?.status(), 401);
    await tab.getByText('Members only.').waitFor();

    await tab.goto(`${site}/`);
    await signInAndArrive(tab, jane);
    await tab.getByText('Welcome, Jane.').waitFor();
    assert.equal(await tab.locator('output').textContent(), 'true', 'the server alone knows why');

    // A handshake gives the site what it renews tokens with.
    const suffix = await cookieSuffix(api.publishableKey);
    await context.clearCookies({ name: /^__session/ });
    assert.equal((await tab.goto(`${site}/members`))?.status(), 200);
    assert.match(await cookie(context, `__refresh_${suffix}`), /^[\w-]{20}$/);

    // As after a night: the page has had an old token ever since.
    await tab.goto('about:blank');
    const [session] = (await clerk.sessions.getSessionList({ userId: (await clerk.users.getUserList({ limit: 1 })).data[0]?.id ?? '' }))
      .data;
    assert.equal(session?.status, 'active');
    const expired = await expiredToken(session?.id ?? '', await cookie(context, '__clerk_db_jwt'));
    const old = [
      ['__session', expired],
      ['__client_uat', '1'],
    ] as const;
    await context.addCookies(old.flatMap(([name, value]) => [name, `${name}_${suffix}`].map((each) => ({ name: each, value, url: site }))));
    const before = requests.length;
    assert.equal((await tab.goto(`${site}/members`))?.status(), 200);
    await tab.getByText('Welcome, Jane.').waitFor();
    assert.notEqual(await cookie(context, '__session'), expired);
    const round = requests.slice(before).filter(({ url }) => url.pathname === '/v1/client/handshake');
    assert.deepEqual(round, [], 'it was not sent round for it');

    await tab.waitForFunction('window.Clerk');
    // The navigation would break off an answer that is waited for.
    await tab.evaluate("void Clerk.load().then(() => Clerk.signOut({ redirectUrl: '/' }))");
    await tab.waitForURL(`${site}/`);
    assert.equal((await tab.goto(`${site}/members`))?.status(), 401);
    await context.close();
  });

  /** A token of the session as it was two minutes ago. */
  async function expiredToken(sessionId: string, devBrowser: string): Promise<string> {
    const { client_id } = await api.database
      .selectFrom('sessions')
      .select('client_id')
      .where('id', '=', sessionId)
      .executeTakeFirstOrThrow();
    const { updated_at } = await api.database
      .selectFrom('clients')
      .select('updated_at')
      .where('id', '=', client_id)
      .executeTakeFirstOrThrow();
    const browser = await createFrontendClient(api, { origin: site });
    browser.devBrowser = devBrowser;
    ahead = -120_000;
    const lastChange = updated_at - 120_000;
    await api.database.updateTable('clients').set({ updated_at: lastChange }).where('id', '=', client_id).execute();
    const { body } = await browser.call('POST', `/client/sessions/${sessionId}/tokens`);
    await api.database.updateTable('clients').set({ updated_at }).where('id', '=', client_id).execute();
    ahead = 0;
    return body.jwt as string;
  }
});
