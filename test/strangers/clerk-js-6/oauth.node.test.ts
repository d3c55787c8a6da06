/** Over a provider in a real browser: the official script sets out, the development provider asks who it is, a popup reports back. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { closeBrowser, serveSite, visit } from '../../support/journey.ts';
import type { Site } from '../../support/journey.ts';
import { accessibilityProblems } from '../../support/whole-page.ts';
import { ask, hostedKey, load, serveOfficialPage } from '../official-page.ts';

describe('over the development provider', () => {
  let api: TestApi;
  let site: Site;
  before(async () => {
    api = await startApi({
      publishableKey: hostedKey,
      instance: { users: [], attributes: { first_name: { enabled: true } }, social: [{ strategy: 'oauth_google' }] },
    });
    site = await serveOfficialPage(() => api);
  });
  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  /** The address at the provider. */
  const beginSignIn = (page: Page) =>
    ask(
      page,
      async (clerk, back) => {
        const signIn = await clerk.client!.signIn.create({
          strategy: 'oauth_google',
          redirectUrl: `${back}/#callback`,
          actionCompleteRedirectUrl: back,
        });
        return String(signIn.firstFactorVerification.externalVerificationRedirectURL);
      },
      site.url,
    );

  it('somebody new signs up, and somebody who refuses does not', async () => {
    const { context, page, complaints } = await visit({ policy: false });
    await page.goto(site.url);
    await load({ page });
    const address = await beginSignIn(page);
    assert.equal(new URL(address).pathname, '/development-provider/auth');

    await page.goto(address);
    await page.getByRole('heading', { name: 'Sign in with Google' }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Refuse access' }).click();
    await page.waitForURL(/#callback$/);
    await load({ page });
    assert.equal(await ask(page, (clerk) => clerk.client!.signIn.firstFactorVerification.error?.code), 'oauth_access_denied');

    const again = await beginSignIn(page);
    await page.goto(again);
    await page.getByRole('button', { name: /Ada Byron/ }).press('Enter');
    await page.waitForURL(/#callback$/);
    await load({ page });
    // Once it is done the script may lead the page away, before or after it says so; hence another tab shows what came of it.
    await ask(page, (clerk) => clerk.handleRedirectCallback({}, () => Promise.resolve())).catch((error: unknown) => {
      assert.match(String(error), /most likely because of a navigation/);
    });
    const other = await context.newPage();
    await other.goto(site.url);
    await load({ page: other });
    const user = await ask(other, (clerk) => [clerk.user?.firstName, clerk.user?.verifiedExternalAccounts.map(({ provider }) => provider)]);
    assert.deepEqual(user, ['Ada', ['google']]);
    assert.deepEqual(
      complaints.filter((text) => /Content Security Policy/.test(text)),
      [],
    );
    await context.close();
  });

  it('a popup tells the page that has opened it, and no other', async () => {
    const opener = await serveSite(() => ({ body: '<!doctype html><title>Opener</title>' }));
    const { context, page } = await visit({ policy: false });
    try {
      const browser = await createFrontendClient(api);
      const call = (email: string) => browser.call('POST', '/client/sign_ups', { email_address: email, password: 'quiet-marble-lantern' });
      const { response } = await call('popup+clerk_test@example.com');
      await browser.call('POST', `/client/sign_ups/${response.id}/prepare_verification`, { strategy: 'email_code' });
      const path = `/client/sign_ups/${response.id}/attempt_verification`;
      const { response: done } = await browser.call('POST', path, { strategy: 'email_code', code: '424242' });
      await api.database
        .updateTable('clients')
        .set({ sign_up_id: response.id })
        .where('last_active_session_id', '=', done.created_session_id)
        .execute();

      await page.goto(opener.url);
      const messageOf = (address: string) =>
        page.evaluate<unknown>(`new Promise((resolve) => {
          addEventListener('message', ({ origin, data }) => resolve([origin, data]), { once: true });
          open(${JSON.stringify(address)}, 'popup');
        })`);
      const returnUrl = `${opener.url}/after`;
      const popup = `${api.url}/popup-callback?return_url=${encodeURIComponent(returnUrl)}`;
      assert.deepEqual(await messageOf(`${popup}&__clerk_db_jwt=${browser.devBrowser}`), [api.url, { session: done.created_session_id }]);
      assert.deepEqual(await messageOf(popup), [api.url, { return_url: returnUrl }]);
      const refused = await fetch(`${api.url}/popup-callback?return_url=${encodeURIComponent('https://evil.test/')}`);
      assert.equal(refused.status, 422);
      assert.ok(!(await refused.text()).includes('postMessage'));
    } finally {
      await context.close();
      await opener.stop();
    }
  });
});
