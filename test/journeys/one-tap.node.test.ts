/** Google with an application of the instance's own: in a page that pins every file, and by the token of Google's own script. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, serveSite, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';
import { startOtherProvider } from '../support/other-provider.ts';
import type { OtherProvider } from '../support/other-provider.ts';

const clientId = 'one-tap.apps.test';

describe('Google with an application of the instance’s own', () => {
  let provider: OtherProvider;
  let api: TestApi;
  let site: Site;

  before(async () => {
    provider = await startOtherProvider();
    api = await startApi({
      instance: {
        users: [],
        attributes: { first_name: { enabled: true }, last_name: { enabled: true, required: true } },
        social: [{ strategy: 'oauth_google', client_id: clientId, issuer: provider.issuer }],
      },
    });
    const core = await readFile(new URL('../../dist/clerk.browser.js', import.meta.url));
    const integrity = `sha384-${createHash('sha384').update(core).digest('base64')}`;
    site = await serveSite((path) => ({
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">
        <script async crossorigin="anonymous" integrity="${integrity}" data-clerk-publishable-key="${api.publishableKey}"
          data-clerk-sign-in-url="/" data-clerk-sign-up-url="/up" src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>
        </head><body>${
          path === '/done'
            ? '<clerk-show when="signed-in">Signed in as <clerk-text field="user.primaryEmailAddress"></clerk-text></clerk-show>'
            : `<clerk-sign-${path === '/up' ? 'up' : 'in'} fallback-redirect-url="/done" sign-up-fallback-redirect-url="/done">`
        }</body></html>`,
    }));
  });

  after(async () => {
    await closeBrowser();
    await Promise.all([site.stop(), api.stop(), provider.stop()]);
  });

  it('has its button, its icon and its way there and back in a page that pins every file', async () => {
    provider.person = { sub: 'grace', email: 'grace@example.com', email_verified: true, given_name: 'Grace', family_name: 'Hopper' };
    const { context, page, requests, complaints } = await visit();
    await page.goto(site.url);
    await page.locator('.cl-providerIcon__google svg').waitFor();
    await page.getByRole('button', { name: 'Continue with Google' }).click();
    await page.waitForURL(`${site.url}/done`);
    await page.getByText('Signed in as grace@example.com').waitFor();
    const hosts = new Set(requests.filter(({ url }) => url.protocol === 'http:').map(({ url }) => url.origin));
    assert.deepEqual([...hosts].sort(), [site.url, api.url, provider.issuer].sort());
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('signs in whom its script names, signs up whom nobody knows, and takes a token once', async () => {
    const known = { sub: 'mary', email: 'mary@example.com', email_verified: true, given_name: 'Mary', family_name: 'Somerville' };
    const sign = (claims: object) => provider.sign({ ...claims, aud: clientId, jti: crypto.randomUUID() });
    const { context, page } = await visit();
    const loaded = () => page.waitForFunction('window.Clerk?.loaded');
    /** Hands the token in, and follows what comes of it. */
    const tap = async (token: string) => {
      const attempt = `Clerk.authenticateWithGoogleOneTap({ token: '${token}', legalAccepted: true })`;
      const where = { signInFallbackRedirectUrl: '/done', signUpFallbackRedirectUrl: '/done' };
      await page.evaluate(`${attempt}.then((attempt) => void Clerk.handleGoogleOneTapCallback(attempt, ${JSON.stringify(where)}))`);
    };
    const done = async (email: string) => {
      await page.waitForURL(`${site.url}/done`);
      await page.getByText(`Signed in as ${email}`).waitFor();
    };

    await page.goto(site.url);
    await loaded();
    await tap(await sign(known));
    await done(known.email);
    await page.evaluate(`void Clerk.signOut({ redirectUrl: '/' })`);
    await page.waitForURL(`${site.url}/`);
    await loaded();
    const token = await sign(known);
    await tap(token);
    await done(known.email);
    assert.equal(await page.evaluate('Clerk.client.lastAuthenticationStrategy'), 'oauth_google');
    await page.evaluate(`void Clerk.signOut({ redirectUrl: '/' })`);
    await page.waitForURL(`${site.url}/`);
    await loaded();
    const refusal = (text: string) =>
      page.evaluate(`Clerk.authenticateWithGoogleOneTap({ token: '${text}' }).catch(({ status, errors }) => [status, errors[0].code])`);
    assert.deepEqual(await refusal(token), [400, 'verification_already_verified']);
    assert.deepEqual(await refusal('no.token.atall'), [422, 'form_param_value_invalid']);

    // Somebody who has to add something here, in the card.
    await tap(await sign({ sub: 'nell', email: 'nell@example.com', email_verified: true, given_name: 'Nell' }));
    await page.getByLabel('Last name').fill('Wright');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await done('nell@example.com');
    await context.close();
  });
});
