/** The strictest policy (security.md B3): enforced, with Trusted Types, and not one violation. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, serveSite, signInWithPassword, testCode, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';
import { withSecondFactors } from '../support/second-factors.ts';
import { watchViolations } from '../support/strict-page.ts';

describe('under the strict policy', () => {
  let api: TestApi;
  let site: Site;

  before(async () => {
    api = await startApi({ instance: withSecondFactors });
    const nonce = 'c3RyaWN0LXBvbGljeQ';
    const html = (await readFile(new URL('../../demo/index.html', import.meta.url), 'utf8'))
      .replaceAll('YOUR_PUBLISHABLE_KEY', api.publishableKey)
      .replaceAll('https://YOUR_FRONTEND_API_URL', api.url)
      .replaceAll('<script', `<script nonce="${nonce}"`);
    const style = await readFile(new URL('../../demo/page-style.js', import.meta.url), 'utf8');
    const icon = await readFile(new URL('../../demo/favicon.svg', import.meta.url), 'utf8');
    const policy =
      `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'none'; connect-src ${api.url}; ` +
      `img-src ${api.url} 'self'; require-trusted-types-for 'script'; trusted-types lit-html`;
    site = await serveSite((path) => {
      if (path === '/') return { body: html, headers: { 'content-security-policy': policy } };
      if (path === '/page-style.js') return { body: style, type: 'text/javascript' };
      if (path === '/favicon.ico') return { body: icon, type: 'image/svg+xml' };
      return undefined;
    });
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const open = async (url: string) => {
    const result = await visit();
    const violations = await watchViolations(result.context);
    await result.page.goto(url);
    return { ...result, violations };
  };
  const field = (page: Page, name: string) => page.locator(`clerk-unsafe-field[name=${name}] :is(input, select)`);

  it('lets a copy of index.html with nonces sign in, save fields and sign out', async () => {
    const { context, page, violations, complaints } = await open(site.url);
    await signInWithPassword(page);
    await field(page, 'nickname').waitFor();
    await field(page, 'nickname').fill('Janey');
    await field(page, 'nickname').press('Tab');
    await page.locator('#unsafe-metadata', { hasText: 'Janey' }).waitFor();
    await page.locator('#show-token').click();
    await page.locator('#token', { hasText: '"sid"' }).waitFor();
    // A method that comes in a file of its own.
    assert.equal(await page.evaluate('Clerk.user.createTOTP().then(({ secret }) => secret.length)'), 32);
    await page.locator('#sign-out').click();
    await page.locator('input[name=identifier]').waitFor();
    assert.deepEqual(violations, []);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('holds on the hosted /sign-in and /sign-up pages, which cannot be framed', async () => {
    const { context, page, violations, complaints } = await open(`${api.url}/sign-up`);
    const answer = await fetch(`${api.url}/sign-in`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    for (const directive of [
      "default-src 'none'",
      "style-src 'none'",
      "'strict-dynamic'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types lit-html',
    ]) {
      assert.ok(policy.includes(directive), `${directive} in ${policy}`);
    }
    await page.locator('input[name=emailAddress]').fill('strict+clerk_test@example.com');
    await page.locator('input[name=password]').fill('willow-compass-marble');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByRole('textbox', { name: /^Enter verification code/ }).fill(testCode);
    await page.waitForURL(`${api.url}/`);
    await page.goto(`${api.url}/sign-in`);
    await page.getByText('strict+clerk_test@example.com').waitFor();
    assert.deepEqual(violations, []);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
