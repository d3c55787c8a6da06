/** The demo's backend page: public metadata arrives in the page, private metadata never does. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { closeBrowser, signInWithPassword, visit } from '../support/journey.ts';
import { serveUnderStrictPolicy } from '../support/strict-page.ts';
import { accessibilityProblems } from '../support/whole-page.ts';

const canary = 'cus_canary-8231';

describe('the backend page', () => {
  let api: TestApi;
  before(async () => void (api = await startApi()));
  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  const backend = () => createBackendClient(api);
  const role = (page: Page, text: string) => page.locator('#role', { hasText: text }).waitFor();
  /** Playwright's pages all believe to have the focus, so bringing one to the front tells it nothing. */
  const lookAt = (page: Page) => page.evaluate("void window.dispatchEvent(new Event('focus'))");
  const opened = async () => {
    const visitor = await visit();
    await visitor.page.goto(`${api.url}/backend.html`);
    await signInWithPassword(visitor.page);
    await visitor.page.locator('#backend-sees', { hasText: 'userId' }).waitFor();
    return visitor;
  };

  /** Every text that a server sends to the pages of a profile. */
  function recordAnswers(context: BrowserContext): () => Promise<string[]> {
    const answers: Promise<string>[] = [];
    context.on('response', (response) => {
      answers.push(
        response
          .text()
          .catch(() => '')
          .then((text) => JSON.stringify(response.headers()) + text),
      );
    });
    return () => Promise.all(answers);
  }

  it('shows the role that the backend gives, here and in another tab', async () => {
    const { context, page, complaints } = await opened();
    await role(page, 'shopper');
    const other = await context.newPage();
    await other.goto(`${api.url}/backend.html`);
    await role(other, 'shopper');
    await page.getByRole('button', { name: 'Seller' }).click();
    await role(page, 'seller');
    await page.getByText('Only sellers see this paragraph.').waitFor();
    // From the token too, which is new.
    await page.locator('#backend-sees', { hasText: /"sessionClaims": \{\s+"metadata": \{\s+"role": "seller"/ }).waitFor();
    await lookAt(other);
    await role(other, 'seller');
    await other.getByText('Only sellers see this paragraph.').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('lets nobody make themselves an admin; the secret key does, and the page learns of it when it is looked at again', async () => {
    const { context, page } = await opened();
    await page.getByRole('button', { name: 'Admin' }).click();
    await page.getByText('The backend says no: only somebody with the secret key makes you admin.').waitFor();
    assert.equal(await page.getByText('Only admins see this paragraph.').isVisible(), false);
    const id = await page.locator('#user-id').textContent();
    await backend()('PATCH', `/users/${id}/metadata`, { body: { public_metadata: { role: 'admin' } } });
    await lookAt(page);
    await role(page, 'admin');
    await page.getByText('Only admins see this paragraph.').waitFor();
    await context.close();
  });

  it('stores what is private, and it is nowhere: page, storages, console, answers, log', async () => {
    const { context, page, complaints, logs } = await visit();
    const recorded = recordAnswers(context);
    await page.goto(`${api.url}/backend.html`);
    await signInWithPassword(page);
    await page.locator('#backend-sees', { hasText: 'userId' }).waitFor();
    await page.locator('#stripe-id').fill(canary);
    await page.getByRole('button', { name: 'Store it' }).click();
    await page.getByText('Stored. Now look for it below.').waitFor();
    await page.getByText('The backend says: stored, 1 key.').waitFor();
    const id = await page.locator('#user-id').textContent();
    assert.deepEqual((await backend()('GET', `/users/${id}`)).body.private_metadata, { stripeId: canary });

    await page.reload();
    await page.getByText('The backend says: stored, 1 key.').waitFor();
    await page.evaluate('Clerk.user.reload()');
    const kept = (await page.evaluate(`(async () => JSON.stringify([
      document.documentElement.outerHTML,
      [...document.querySelectorAll('input')].map(({ value }) => value),
      Object.entries(localStorage), Object.entries(sessionStorage), document.cookie,
      await indexedDB.databases(), await caches.keys(), location.href, history.state,
      Clerk.client, Clerk.user, await Clerk.session.getToken(),
    ]))()`)) as string;
    const token = (await page.evaluate('Clerk.session.getToken()')) as string;
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const answers = await recorded();
    assert.ok(answers.length > 10);
    for (const text of [kept, claims, ...answers, ...complaints, ...logs, ...api.log]) {
      assert.ok(!text.includes(canary), text.slice(0, 200));
      assert.ok(!text.includes('private_metadata'), text.slice(0, 200));
    }
    assert.ok(!kept.includes('sk_test_') && answers.every((text) => !text.includes(api.secretKey)));

    // The page's own search says so too, and finds what is public.
    await page.locator('#word').fill(canary);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.locator('#found li').first().waitFor();
    const found = await page.locator('#found li').allTextContents();
    assert.equal(found.length, 6);
    assert.deepEqual(
      found.filter((text) => !text.endsWith('not there')),
      [],
    );
    await page.locator('#word').fill('public');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.locator('#found li', { hasText: /answers of Clerk\d+ times?/ }).waitFor();

    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('The backend says: nothing is stored.').waitFor();
    await context.close();
  });

  it('says what went wrong, and works again', async () => {
    const { context, page } = await opened();
    await page.locator('#stripe-id').fill('no spaces, please');
    await page.locator('#stripe-id').evaluate((input: HTMLInputElement) => (input.pattern = '.*'));
    await page.getByRole('button', { name: 'Store it' }).click();
    await page.getByText('Use 1 to 64 letters, digits, _ and -.').waitFor();
    assert.equal(await page.locator('#stripe-id').inputValue(), 'no spaces, please');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Seller' }).click();
    await page.locator('#role-answer', { hasText: /./ }).waitFor();
    await context.setOffline(false);
    await page.getByRole('button', { name: 'Seller' }).click();
    await page.getByText('The backend has made you a seller.').waitFor();
    await context.close();
  });

  it('is accessible, signed out and signed in', async () => {
    const { context, page } = await visit();
    await page.goto(`${api.url}/backend.html`);
    await page.locator('input[name=identifier]').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await signInWithPassword(page);
    await page.locator('#backend-sees', { hasText: 'userId' }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await context.close();
  });

  it('works under the strict policy', async () => {
    const { context, page, complaints } = await serveUnderStrictPolicy(api, 'backend.html');
    await signInWithPassword(page);
    await page.locator('#backend-sees', { hasText: 'userId' }).waitFor();
    await page.getByRole('button', { name: 'Shopper' }).click();
    await page.getByText('The backend has made you a shopper.').waitFor();
    await page.locator('#word').fill('shopper');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.locator('#found li').first().waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
