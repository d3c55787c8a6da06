/** Who calls, as Clerk's backend package finds it out for the server of a site, in a production instance: cookies of one domain say it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ClerkClient } from '@clerk/backend';
import { cookieSuffix } from '../../../src/rules/publishable-key.ts';
import { CookieBrowser, pageOrigin, startProductionApi } from '../../support/production.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';
import { addUser } from '../../support/users.ts';
import { password, refusal } from './methods/stage.ts';
import { SiteVisitor } from './site.ts';

const page = `${pageOrigin}/account?tab=1`;

describe('@clerk/backend and a production instance', () => {
  let api: Awaited<ReturnType<typeof startProductionApi>>;
  let clerk: ClerkClient;
  let suffix: string;
  let count = 0;
  /** Milliseconds by which the API's clock is ahead of everybody's. */
  let ahead = 0;
  before(async () => {
    api = await startProductionApi({ now: () => Date.now() + ahead });
    clerk = createOfficialBackend(api);
    suffix = await cookieSuffix(api.publishableKey);
  });
  after(() => api.stop());

  /** What the Frontend API and the site both see, since it is on the domain that they share. */
  const isShared = (name: string) => /^__client_uat|^__clerk_handshake/.test(name);

  /** A browser, and what the site has of it. The test moves what a real one would send to both. */
  const newBrowser = () => {
    const browser = new CookieBrowser(api.address);
    const visitor: SiteVisitor = new SiteVisitor({
      clerk,
      frontendApi: `${api.address}/v1/`,
      proxyUrl: api.address,
      authorizedParties: [pageOrigin],
      visitFrontendApi: async (url) => {
        const { headers } = await browser.call('GET', url.slice(api.address.length));
        share();
        return headers.get('location') ?? '';
      },
    });
    const share = () => {
      for (const [name, value] of browser.cookies) if (isShared(name)) visitor.cookies.set(name, value);
    };
    return { browser, visitor, share };
  };

  const signIn = async ({ clock = 0 } = {}) => {
    ahead = clock;
    const emailAddress = `visitor${count++}@example.com`;
    const user = await addUser(api, { emailAddress, password }, Date.now() + ahead);
    const person = newBrowser();
    const sessionId = await person.browser.signIn(emailAddress, password);
    person.share();
    return { ...person, userId: user.id, sessionId };
  };

  const tokenOf = async ({ browser, sessionId }: Pick<Awaited<ReturnType<typeof signIn>>, 'browser' | 'sessionId'>): Promise<string> =>
    (await browser.call('POST', `/v1/client/sessions/${sessionId}/tokens`)).body.jwt;

  it('calls a stranger signed out without asking anybody', async () => {
    const { state, reasons } = await newBrowser().visitor.visit(page);
    assert.deepEqual([state.status, state.reason, reasons], ['signed-out', 'session-token-and-uat-missing', []]);
  });

  it('gets the token by a handshake, whose answer comes in a cookie and goes with the page', async () => {
    const { visitor, userId } = await signIn();
    const { state, reasons, url } = await visitor.visit(page);
    assert.deepEqual([state.status, state.toAuth()?.userId, url], ['signed-in', userId, page]);
    assert.deepEqual(reasons, ['client-uat-but-no-session-token']);
    assert.equal(
      [...visitor.cookies.keys()].some((name) => name.startsWith('__clerk_handshake')),
      false,
    );
    const lines = state.headers.getSetCookie();
    const refresh = lines.find((line) => line.startsWith(`__refresh_${suffix}=`)) ?? '';
    assert.match(refresh, /^[\w-]+=[\w-]{20}; Path=\/; Max-Age=34560000; HttpOnly; Secure; SameSite=Lax$/);
    assert.deepEqual((await visitor.visit(page)).reasons, []);
  });

  it('has an expired token renewed without sending the browser round, or else sends it', async () => {
    const person = await signIn({ clock: -120_000 });
    const { visitor, userId } = person;
    const expired = await tokenOf(person);
    ahead = 0;
    await visitor.visit(page);
    const expire = () => {
      for (const name of ['__session', `__session_${suffix}`]) visitor.cookies.set(name, expired);
    };
    expire();
    const renewed = await visitor.visit(page);
    assert.deepEqual([renewed.state.status, renewed.state.toAuth()?.userId, renewed.reasons], ['signed-in', userId, []]);
    assert.match(renewed.state.headers.getSetCookie().join('\n'), /^__session=eyJ[^\n]+; Secure; SameSite=Lax$/m);
    expire();
    visitor.cookies.delete(`__refresh_${suffix}`);
    const { state, reasons } = await visitor.visit(page);
    assert.deepEqual([state.status, state.toAuth()?.userId], ['signed-in', userId]);
    assert.match(reasons.join(), /^session-token-expired-refresh-[\w-]+$/);
  });

  it('does not forgive a clock', async () => {
    const person = await signIn({ clock: 60_000 });
    const token = await tokenOf(person);
    ahead = 0;
    const state = await person.visitor.ask(page, { authorization: `Bearer ${token}` });
    assert.notEqual(state.status, 'signed-in');
  });

  it('calls who has signed out so', async () => {
    const { browser, visitor, share } = await signIn();
    assert.equal((await visitor.visit(page)).state.status, 'signed-in');
    await browser.call('DELETE', '/v1/client/sessions');
    share();
    // As Clerk's script does when it hears of it.
    for (const name of ['__session', `__session_${suffix}`]) visitor.cookies.delete(name);
    const { state, reasons } = await visitor.visit(page);
    assert.deepEqual([state.status, reasons], ['signed-out', []]);
  });

  it('says whose the credential of a browser is', async () => {
    const { browser, sessionId } = await signIn();
    const client = await clerk.clients.verifyClient(browser.cookies.get('__client') ?? '');
    assert.deepEqual(client.sessionIds, [sessionId]);
  });

  it('makes no sessions and no testing tokens for backends', async () => {
    const { userId } = await signIn();
    assert.deepEqual(await refusal(clerk.sessions.createSession({ userId })), [403, 'feature_not_enabled']);
    assert.deepEqual(await refusal(clerk.testingTokens.createTestingToken()), [403, 'feature_not_enabled']);
    assert.equal((await clerk.instance.get()).environmentType, 'production');
  });
});
