/** Languages on the built files: what a person with one script tag sees, and what the browser fetches for it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, serveSite, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';
import { watchViolations } from '../support/strict-page.ts';

describe('languages', () => {
  let api: TestApi;
  let site: Site;
  let body = '';
  let language = '';
  const nonce = 'bGFuZ3VhZ2Vz';

  before(async () => {
    api = await startApi();
    const policy =
      `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'none'; connect-src ${api.url}; img-src data: ${api.url}; ` +
      `require-trusted-types-for 'script'; trusted-types lit-html`;
    site = await serveSite(() => ({
      body: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`,
      headers: { 'content-security-policy': policy },
    }));
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const tag = (attributes = '') =>
    `<script nonce="${nonce}" ${attributes} data-clerk-publishable-key="${api.publishableKey}" src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>`;

  /** Opens a page with a sign-in card; `titles` are all that its title ever said. */
  async function open(pageLanguage: string, content: string) {
    language = pageLanguage;
    body = content;
    const result = await visit();
    const violations = await watchViolations(result.context);
    await result.page.addInitScript(() => {
      const titles = ((globalThis as { titles?: string[] }).titles = []) as string[];
      new MutationObserver(() => {
        const title = document.querySelector('.cl-headerTitle')?.textContent;
        if (title && titles.at(-1) !== title) titles.push(title);
      }).observe(document, { childList: true, subtree: true, characterData: true });
    });
    await result.page.goto(site.url);
    await result.page.locator('input[name=identifier]').waitFor();
    const titles = await result.page.evaluate(() => (globalThis as { titles?: string[] }).titles);
    const texts = result.requests.flatMap(
      ({ url }) => /\/((?:locale|localization)[\w-]*?)-[0-9A-F]{10}\.js$/.exec(url.pathname)?.[1] ?? [],
    );
    return { ...result, titles, texts, violations };
  }

  it('are that of the page, without a word of English before', async () => {
    const { context, page, titles, texts, violations, complaints } = await open('de-CH', `${tag()}<clerk-sign-in></clerk-sign-in>`);
    assert.equal(titles?.at(0), 'Wird geladen …');
    assert.match(titles?.at(-1) ?? '', /anmelden$/);
    assert.equal(titles?.length, 2);
    assert.deepEqual(texts, ['localization', 'locale-de']);
    // What comes in further files says it as well.
    await page.locator('input[name=identifier]').fill('jane+clerk_test@example.com');
    await page.getByRole('button', { name: 'Weiter', exact: true }).click();
    await page.getByRole('link', { name: 'Andere Methode verwenden' }).click();
    await page.getByRole('link', { name: 'Zurück' }).waitFor();
    assert.deepEqual([violations, complaints], [[], []]);
    await context.close();
  });

  it('are that of the script tag before that of the page, and Arabic is mirrored', async () => {
    const { context, page, texts, violations } = await open('en', `${tag('data-clerk-localization="ar"')}<clerk-sign-in></clerk-sign-in>`);
    assert.deepEqual(texts, ['localization', 'locale-ar']);
    assert.equal(await page.locator('.cl-card').evaluate((card) => getComputedStyle(card).direction), 'rtl');
    assert.deepEqual(violations, []);
    await context.close();
  });

  it('are English, without a file, where nobody has asked for another language, and where there is no such one', async () => {
    for (const [pageLanguage, attributes, files] of [
      ['en-GB', '', []],
      ['sv', '', ['localization']],
      ['de', 'data-clerk-localization="en"', []],
    ] as const) {
      const { context, titles, texts } = await open(pageLanguage, `${tag(attributes)}<clerk-sign-in></clerk-sign-in>`);
      assert.match(titles?.at(-1) ?? '', /^Sign in/);
      assert.deepEqual(texts, files);
      await context.close();
    }
  });

  it('are texts by Clerk’s keys where load() is given them, above those of their language', async () => {
    const load = `Clerk.load({ localization: { locale: 'fr-FR', signIn: { start: { title: 'Chez {{applicationName}}' } } } })`;
    const { context, page, titles, texts, violations } = await open(
      'en',
      `<div id="card"></div>${tag()}<script nonce="${nonce}">${load}.then(() => Clerk.mountSignIn(document.getElementById('card')))</script>`,
    );
    assert.match(titles?.at(-1) ?? '', /^Chez /);
    assert.deepEqual(texts.sort(), ['locale-fr', 'localization']);
    await page.getByRole('button', { name: 'Continuer', exact: true }).waitFor();
    assert.deepEqual(violations, []);
    await context.close();
  });
});
