/** Signing in with providers by the cards: there and back with the page, in a popup and from a dialog, and what becomes of an attempt. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { TestApi } from '../support/api.ts';
import { appCode } from '../support/authenticator-app.ts';
import { closeBrowser, jane, testCode, visit } from '../support/journey.ts';
import type { Site, Visit } from '../support/journey.ts';
import { startProviderSite } from '../support/provider-site.ts';
import { addAuthenticator } from '../support/second-factors.ts';
import { addUser } from '../support/users.ts';
import { accessibilityProblems } from '../support/whole-page.ts';

describe('providers', () => {
  let api: TestApi;
  let site: Site;
  let count = 0;

  before(async () => {
    ({ api, site } = await startProviderSite());
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const provider = (page: Page, name = 'Google') => page.getByRole('button', { name: `Continue with ${name}` });
  /** At the development provider, somebody by an address that is typed; it tells no family name. */
  const type = async (page: Page, email: string, isVerified = true) => {
    await page.getByRole('heading', { name: /^Sign in with / }).waitFor();
    await page.getByLabel('Another email address').fill(email);
    await page.getByLabel('It is verified').setChecked(isVerified);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
  };
  const newAddress = () => `caller${++count}+clerk_test@example.com`;
  /** Somebody who has an account here, by the address that the provider will tell. */
  const member = async () => {
    const emailAddress = newAddress();
    await addUser(api, { emailAddress, password: jane.password });
    return emailAddress;
  };
  const done = async (page: Page, email: string) => {
    await page.waitForURL(`${site.url}/done`);
    await page.getByText(`Signed in as ${email}`).waitFor();
  };
  const enter = async (path: string, email: string): Promise<Visit> => {
    const visited = await visit();
    const { page } = visited;
    await page.goto(site.url + path);
    await provider(page).click();
    await type(page, email);
    return visited;
  };
  /** Refuses, comes back to the card, which says so, and loads the page again, where it does not. */
  const refuse = async (page: Page) => {
    const card = page.url();
    await provider(page).click();
    await page.getByRole('button', { name: 'Refuse access' }).click();
    await page.getByRole('alert').getByText('You have not allowed access').waitFor();
    assert.equal(page.url(), card);
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.reload();
    await provider(page).waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  };
  const leave = async (page: Page, path = '/') => {
    await page.evaluate(`void Clerk.signOut({ redirectUrl: '${path}' })`);
    await provider(page).waitFor();
  };
  const finish = async ({ context, complaints }: Visit) => {
    assert.deepEqual(complaints, []);
    await context.close();
  };

  it('sign in whoever is let in by them, and say so the next time', async () => {
    const email = await member();
    const visited = await visit();
    const { page } = visited;
    await page.goto(`${site.url}/`);
    await refuse(page);
    await provider(page).click();
    await type(page, email);
    await done(page, email);
    await leave(page);
    await provider(page)
      .and(page.getByRole('button', { name: 'Last used' }))
      .waitFor();
    assert.equal(await page.getByText('Last used').count(), 1);
    assert.deepEqual(await accessibilityProblems(page), []);
    await finish(visited);
  });

  it('sign in whoever has an account and set out to sign up', async () => {
    const email = await member();
    const visited = await visit();
    const { page } = visited;
    await page.goto(`${site.url}/up`);
    await refuse(page);
    await provider(page).click();
    await type(page, email);
    await done(page, email);
    await finish(visited);
  });

  it('make an account of somebody new, who set out to sign in', async () => {
    const visited = await visit();
    const { page } = visited;
    await page.goto(site.url);
    await provider(page).press('Enter');
    await page.getByRole('button', { name: 'Ada Byron' }).press('Enter');
    await done(page, 'ada+clerk_test@example.com');
    await finish(visited);
  });

  it('leave a sign-up that asks for what is missing, and keep what the page has asked', async () => {
    const visited = await visit();
    const { page } = visited;
    const email = newAddress();
    await page.goto(`${site.url}/up`);
    await page.getByLabel('Colour').fill('blue');
    await provider(page).click();
    await type(page, email, false);
    await page.getByRole('textbox', { name: /^Enter verification code/ }).fill(testCode);
    await page.getByRole('heading', { name: 'Fill in missing fields' }).waitFor();
    assert.equal(new URL(page.url()).hash, '#/continue');
    // Whoever loads the page again goes on there.
    await page.reload();
    await page.getByLabel('Last name').fill('Byron');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await done(page, email);
    assert.deepEqual(await page.evaluate('[Clerk.user.lastName, Clerk.user.unsafeMetadata]'), ['Byron', { colour: 'blue' }]);
    await finish(visited);
  });

  it('are asked in a popup', async () => {
    const email = await member();
    const visited = await visit();
    const { page, context } = visited;
    await page.goto(`${site.url}/popup`);
    const ask = async (name?: string) => (await Promise.all([context.waitForEvent('page'), provider(page, name).click()]))[0];
    // Whoever closes it finds the card as it was.
    const closed = await ask();
    await closed.getByRole('heading', { name: 'Sign in with Google' }).waitFor();
    await closed.close();
    await page.locator('clerk-sign-in:not(:state(busy))').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
    const popup = await ask();
    await type(popup, email);
    await done(page, email);
    assert.equal(popup.isClosed(), true);
    await leave(page, '/popup');
    // Somebody new, who has to add something here.
    const second = await ask('GitHub');
    await type(second, newAddress());
    await page.getByLabel('Last name').waitFor();
    assert.equal(second.isClosed(), true);
    await finish(visited);
  });

  it('are asked with the page where the browser opens no popup', async () => {
    const email = await member();
    const visited = await visit();
    const { page } = visited;
    await page.addInitScript('window.open = () => null');
    await page.goto(`${site.url}/popup`);
    await provider(page).click();
    await type(page, email);
    await done(page, email);
    await finish(visited);
  });

  it('come back to the card from a dialog', async () => {
    const email = newAddress();
    const visited = await visit();
    const { page } = visited;
    await page.goto(`${site.url}/dialog`);
    await page.waitForFunction('window.Clerk?.loaded');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Continue with Google' }).click();
    await type(page, email);
    await page.getByLabel('Last name').fill('Byron');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await done(page, email);
    await finish(visited);
  });

  it('stay in the dialog with a popup, and leave the second step to the card', async () => {
    const email = newAddress();
    const { id } = await addUser(api, { emailAddress: email, password: jane.password });
    const secret = await addAuthenticator(api, id);
    const visited = await visit();
    const { page, context } = visited;
    await page.goto(`${site.url}/window`);
    await page.waitForFunction('window.Clerk?.loaded');
    await page.getByRole('button', { name: 'Open' }).click();
    const dialog = page.getByRole('dialog');
    const [popup] = await Promise.all([context.waitForEvent('page'), provider(page).click()]);
    await type(popup, email);
    await dialog.getByRole('heading', { name: 'Two-step verification' }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await dialog.getByRole('textbox', { name: /^Enter verification code/ }).fill(appCode(secret, Date.now()));
    await done(page, email);
    await finish(visited);
  });

  it('come back to a page that calls handleRedirectCallback()', async () => {
    const email = await member();
    const visited = await visit();
    const { page } = visited;
    const set = async () => {
      await page.goto(`${site.url}/own`);
      await page.waitForFunction('window.Clerk?.loaded');
      await page.getByRole('button', { name: 'Google' }).click();
    };
    await set();
    await type(page, email);
    await done(page, email);
    await page.evaluate(`void Clerk.signOut({ redirectUrl: '/own' })`);
    await page.waitForURL(`${site.url}/own`);
    // Somebody new, who has something to add: at the card.
    await set();
    const other = newAddress();
    await type(page, other);
    await page.getByLabel('Last name').fill('Byron');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await done(page, other);
    await finish(visited);
  });

  it('connect accounts of whoever is signed in, also of somebody else there', async () => {
    const email = await member();
    const visited = await enter('/', email);
    const { page } = visited;
    await done(page, email);
    const go = async (call: string, person: string) => {
      await page.evaluate(`${call}.then(({ verification }) => void location.assign(verification.externalVerificationRedirectURL))`);
      await page.getByRole('button', { name: person }).click();
      await done(page, email);
    };
    const accounts = () =>
      page.evaluate(
        `Clerk.user.externalAccounts.map(({ provider, emailAddress, verification }) => [provider, emailAddress, verification.status])`,
      );
    const google = ['google', email, 'verified'];
    const github = ['github', 'kofi+clerk_test@example.com', 'verified'];
    const account = `Clerk.user.externalAccounts.find(({ provider }) => provider === 'github')`;
    await go(`Clerk.user.createExternalAccount({ strategy: 'oauth_github', redirectUrl: '/done' })`, 'Kofi');
    assert.deepEqual(await accounts(), [google, github]);
    await go(`${account}.reauthorize({ redirectUrl: '/done' })`, 'Kofi');
    assert.deepEqual(await accounts(), [google, github]);
    // Somebody else's does not take the place of the one that is connected.
    await go(`${account}.reauthorize({ redirectUrl: '/done' })`, 'Jane');
    assert.deepEqual(await accounts(), [google, github]);
    await page.evaluate(`${account}.destroy()`);
    assert.deepEqual(await accounts(), [google]);
    await finish(visited);
  });

  it('are believed once, and in the browser that has set out', async () => {
    const email = await member();
    const visited = await visit();
    const { page, requests } = visited;
    await page.goto(site.url);
    await provider(page).click();
    await type(page, email);
    await done(page, email);
    const used = requests.find(({ url }) => url.pathname === '/v1/oauth_callback')!.url.href;
    const refused = async (where: Page, url: string) => {
      const answer = await where.goto(url);
      assert.equal(answer?.status(), 400);
      await where.getByRole('heading', { name: 'Invalid answer of the provider' }).waitFor();
      assert.deepEqual(await accessibilityProblems(where), []);
    };
    await refused(page, used);

    // The answer of one browser, in another.
    await page.goto(`${site.url}/done`);
    await page.waitForFunction('window.Clerk?.loaded');
    await leave(page);
    await page.route('**/v1/oauth_callback**', (route) => route.abort());
    const asked = page.waitForRequest('**/v1/oauth_callback**');
    await provider(page).click();
    await type(page, email);
    const stolen = (await asked).url();
    const other = await visit();
    await other.page.goto(site.url);
    await provider(other.page).waitFor();
    await refused(other.page, stolen);
    await other.page.goto(`${site.url}/done`);
    await other.page.waitForFunction('window.Clerk?.loaded');
    assert.equal(await other.page.evaluate('Clerk.user'), null);
    await page.unrouteAll();
    await refused(page, stolen);
    await other.context.close();
    await visited.context.close();
  });
});
