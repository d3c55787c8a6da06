/** A page that brings a Lit of its own (security.md B4): what its policy has to say, and what happens where it does not. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, serveSite, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';

/** An element of the page's own, with its copy of Lit. */
const source = `
  import { html, render } from 'lit';
  render(html\`<p id="own">The page’s own Lit.</p>\`, document.querySelector('main'));
`;

describe('B4: a second Lit on the page', () => {
  let api: TestApi;
  let site: Site;

  before(async () => {
    api = await startApi();
    const { outputFiles } = await build({
      stdin: { contents: source, resolveDir: fileURLToPath(new URL('../../', import.meta.url)) },
      bundle: true,
      format: 'iife',
      write: false,
    });
    const own = outputFiles[0]!.text.replaceAll('</', '<\\/');
    site = await serveSite(() => ({
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"></head><body>
        <main></main><script>${own}</script><clerk-sign-in></clerk-sign-in>
        <script data-clerk-publishable-key="${api.publishableKey}" src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script></body></html>`,
    }));
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  it("works beside ours where the policy has 'allow-duplicates'", async () => {
    const { context, page, complaints } = await visit({ policy: { more: { 'trusted-types': "'allow-duplicates'" } } });
    await page.goto(site.url);
    await page.locator('#own').waitFor();
    await page.locator('input[name=identifier]').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('keeps our elements from starting without it: one line says why, and nothing is half there', async () => {
    const { context, page, complaints, violations } = await visit();
    await page.goto(site.url);
    await page.locator('#own').waitFor();
    await page.locator('p[role=alert]', { hasText: 'could not be loaded' }).waitFor();
    assert.equal(await page.locator('clerk-sign-in input').count(), 0);
    // The core is whole: only its elements are missing.
    assert.equal(await page.evaluate('Clerk.load().then(() => Clerk.status)'), 'ready');
    const own = complaints.filter((text) => text.startsWith('clerk-lit: '));
    assert.equal(own.length, 1, complaints.join('\n'));
    assert.match(own[0]!, /^clerk-lit: <clerk-sign-in> could not be loaded\. TypeError: .*Policy.*"lit-html"/s);
    await assert.rejects(context.close(), { code: 'ERR_ASSERTION' });
    assert.ok(violations.length && violations.every((text) => text.startsWith('trusted-types')), violations.join('\n'));
  });
});
