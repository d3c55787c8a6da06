/** Several tabs of one browser, and pages of another site than the API (users-asked.md 24 and 26). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, serveSite, signInWithPassword, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';

describe('tabs and sites', () => {
  let api: TestApi;
  let site: Site;
  /** The page by a name that is another site than the API's address. */
  let elsewhere: string;

  before(async () => {
    api = await startApi();
    site = await serveSite(() => ({
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"></head><body>
        <script crossorigin="anonymous" data-clerk-publishable-key="${api.publishableKey}"
          src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>
        <clerk-sign-in></clerk-sign-in><output></output>
        <script>
          Clerk.addListener(({ user }) => (document.querySelector('output').textContent = user ? user.id : String(user)));
          Clerk.load();
        </script></body></html>`,
    }));
    elsewhere = site.url.replace('127.0.0.1', 'localhost');
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  it('signs in on a page of another site, where the API cannot keep a cookie, and stays signed in', async () => {
    const { context, page, complaints } = await visit();
    await page.goto(elsewhere);
    await signInWithPassword(page);
    await page.locator('output', { hasText: /^user_/ }).waitFor();
    const cookies = await context.cookies();
    assert.deepEqual(
      cookies.filter(({ domain }) => domain === '127.0.0.1'),
      [],
    );
    await page.reload();
    await page.locator('output', { hasText: /^user_/ }).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('tells a tab that shows the card of a sign-in, and of the sign-out', async () => {
    const { context, page } = await visit();
    const other = await context.newPage();
    // Both at once, in a profile without a credential: they must come to have the same.
    await Promise.all([page, other].map((each) => each.goto(site.url)));
    await other.locator('input[name=identifier]').waitFor();
    await page.bringToFront();
    await signInWithPassword(page);
    await page.locator('output', { hasText: /^user_/ }).waitFor();
    await other.locator('output', { hasText: /^user_/ }).waitFor();
    assert.equal(await other.locator('input[name=identifier]').count(), 0);
    await page.evaluate('void Clerk.signOut()');
    await other.locator('output', { hasText: 'null' }).waitFor();
    await other.locator('input[name=identifier]').waitFor();
    await context.close();
  });

  it('shows a change that one tab saves in the others', async () => {
    const { context, page } = await visit();
    await page.goto(site.url);
    await signInWithPassword(page);
    await page.locator('output', { hasText: /^user_/ }).waitFor();
    const other = await context.newPage();
    await other.goto(site.url);
    await other.locator('output', { hasText: /^user_/ }).waitFor();
    await page.evaluate("Clerk.user.updateMetadata({ unsafeMetadata: { seen: 'everywhere' } })");
    await other.waitForFunction("Clerk.user.unsafeMetadata.seen === 'everywhere'");
    await context.close();
  });
});
