/** Clerk's React packages on our script where something fails, and where people leave the page and come back to it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { everyWayIn } from '../../support/every-way-in.ts';
import { closeBrowser, visit } from '../../support/journey.ts';
import type { Site } from '../../support/journey.ts';
import { addUser, mailTo } from '../../support/users.ts';
import { serveApplication, shows, signIn, wrappers } from './site.ts';

const person = { emailAddress: 'react@example.com', password: 'violet-harbour-lantern' };

/** On the page: whether somebody is signed in. */
const isThere = () => Boolean((globalThis as unknown as { Clerk: { user?: object } }).Clerk.user);

for (const wrapper of wrappers) {
  describe(wrapper, () => {
    let api: TestApi;
    let site: Site;
    before(async () => {
      api = await startApi({ instance: { ...everyWayIn, client_trust: false, social: [{ strategy: 'oauth_google' as const }] } });
      await addUser(api, person);
      site = await serveApplication(wrapper, api);
    });
    after(async () => {
      await closeBrowser();
      await site.stop();
      await api.stop();
    });

    const open = async (path: string, options = {}) => {
      const visited = await visit({ policy: false });
      await visited.page.addInitScript(`globalThis.options = ${JSON.stringify(options)}`);
      const go = () => visited.page.goto(site.url + path);
      return { ...visited, go };
    };
    const at = (page: Page, path: string) => page.waitForURL((url) => url.origin === site.url && url.pathname === path);
    const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
    const unreachable = /net::ERR_FAILED/;

    it('<ClerkFailed> is drawn where the API cannot be reached', async () => {
      const { context, page, go } = await open('/');
      await context.route(`${api.url}/v1/**`, (route) => route.abort());
      await go();
      await shows(page, 'It has failed');
      assert.equal(await page.getByText('It has loaded').count(), 0);
      await context.close();
    });

    it('<ClerkDegraded> is drawn while only a part of it answers, and no longer', async () => {
      const { context, page, complaints, go } = await open('/guards');
      await context.route(`${api.url}/v1/environment*`, (route) => route.abort());
      await go();
      await shows(page, 'It works, but not as well');
      await shows(page, 'It has loaded');
      await shows(page, 'Nobody is there');
      await context.unroute(`${api.url}/v1/environment*`);
      await page.getByText('It works, but not as well').waitFor({ state: 'detached' });
      await shows(page, 'It has loaded');
      assert.deepEqual(
        complaints.filter((complaint) => !unreachable.test(complaint)),
        [],
      );
      await context.close();
    });

    it('signing out leads where the provider says', async () => {
      const { context, page, complaints, go } = await open('/', { afterSignOutUrl: '/guards' });
      await go();
      await signIn(page, person);
      await page.waitForFunction(isThere);
      await press(page, 'Leave');
      await at(page, '/guards');
      await shows(page, 'Nobody is there');
      assert.deepEqual(complaints, []);
      await context.close();
    });

    it('useEmailLink() waits until the link was opened', async () => {
      const { context, page, complaints, go } = await open('/link');
      await go();
      await press(page, 'Send');
      const link = /^http\S+$/m.exec((await mailTo(api, person.emailAddress)).text)?.[0] ?? '';
      await shows(page, 'sent');
      const other = await context.newPage();
      await other.goto(link);
      await at(other, '/verified');
      await shows(other, 'It was opened');
      await page.waitForFunction(isThere);
      await shows(page, 'complete, verified');
      assert.deepEqual(complaints, []);
      await context.close();
    });

    it('<AuthenticateWithRedirectCallback> finishes what was begun at a provider', async () => {
      // Who has no account yet is led on as after a sign-up.
      const { context, page, complaints, requests, go } = await open('/provider', { signUpFallbackRedirectUrl: '/guards' });
      await go();
      await press(page, 'Continue with Google');
      await page.getByRole('button', { name: /^Ada Byron/ }).click();
      await at(page, '/guards');
      await shows(page, 'Somebody is there');
      assert.ok(requests.some(({ url }) => url.origin === site.url && url.pathname === '/callback'));
      assert.match(String(await page.evaluate('Clerk.user.primaryEmailAddress.emailAddress')), /^ada/);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  });
}
