/** Languages on the built files: what a person with one script tag sees, what the browser fetches for it, and what docs/localization.md shows. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, jane, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';
import { readRecipes } from '../support/recipes.ts';
import type { FindCode } from '../support/recipes.ts';
import { nonce } from '../support/page-policy.ts';
import { serveStrictSite, strictTag } from '../support/strict-page.ts';

describe('languages', () => {
  let api: TestApi;
  let site: Site;
  let find: FindCode;
  let body = '';
  let language = '';

  before(async () => {
    find = await readRecipes('docs/localization.md');
    api = await startApi();
    site = await serveStrictSite(api, () => ({ language, body }));
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const tag = (attributes = '') => strictTag(api, attributes);

  /** Opens a page with a sign-in card; `titles` are all that its title ever said. */
  async function open(pageLanguage: string, content: string) {
    language = pageLanguage;
    body = content;
    const result = await visit();
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
    return { ...result, titles, texts };
  }

  /** The script tag of the document, for this server. */
  const documentedTag = () =>
    find('Another language than that of the page', 'html')
      .replace('YOUR_PUBLISHABLE_KEY', api.publishableKey)
      .replace('https://YOUR_FRONTEND_API_URL', api.url)
      .replace('<script', `<script nonce="${nonce}"`);

  it('are that of the page, without a word of English before, and others when load() says so', async () => {
    const [, documented = ''] = /lang="([^"]+)"/.exec(find('Languages', 'html')) ?? [];
    const { context, page, titles, texts, complaints } = await open(documented, `${tag()}<clerk-sign-in></clerk-sign-in>`);
    assert.equal(titles?.at(0), 'Wird geladen …');
    assert.match(titles?.at(-1) ?? '', /anmelden$/);
    assert.equal(titles?.length, 2);
    assert.deepEqual(texts, ['localization', 'locale-de']);
    // What comes in further files says it as well.
    await page.locator('input[name=identifier]').fill('jane+clerk_test@example.com');
    await page.getByRole('button', { name: 'Weiter', exact: true }).click();
    await page.getByRole('link', { name: 'Andere Methode verwenden' }).click();
    await page.getByRole('link', { name: 'Zurück' }).waitFor();
    const run = (heading: string) => page.evaluate(`(async () => {${find(heading, 'js')}})()`);
    await run('Another language later');
    await page.getByRole('link', { name: 'Retour' }).click();
    await run('Texts of your own');
    await page.locator('input[name=password]').fill(`not ${jane.password}`);
    await page.getByRole('button', { name: 'Los geht’s' }).click();
    await page.getByText('Das war nicht Ihr Passwort.').waitFor();
    await page.getByRole('link', { name: 'Andere Methode verwenden' }).waitFor();
    await page.reload();
    await page.locator('input[name=identifier]').waitFor();
    await run('Texts of your own');
    await page.getByRole('heading', { name: /^Willkommen bei \w+/ }).waitFor();
    assert.deepEqual(complaints, ['Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)']);
    await context.close();
  });

  it('are that of the script tag before that of the page, and Arabic is mirrored', async () => {
    const { context, page, texts } = await open('en', `${tag('data-clerk-localization="ar"')}<clerk-sign-in></clerk-sign-in>`);
    assert.deepEqual(texts, ['localization', 'locale-ar']);
    assert.equal(await page.locator('.cl-card').evaluate((card) => getComputedStyle(card).direction), 'rtl');
    await context.close();
  });

  it('are English, without a file, where nobody has asked for another language, and where there is no such one', async () => {
    for (const [pageLanguage, script, files] of [
      ['en-GB', tag(), []],
      ['sv', tag(), ['localization']],
      ['de', documentedTag(), []],
    ] as const) {
      const { context, titles, texts } = await open(pageLanguage, `${script}<clerk-sign-in></clerk-sign-in>`);
      assert.match(titles?.at(-1) ?? '', /^Sign in/);
      assert.deepEqual(texts, files);
      await context.close();
    }
  });

  it('are texts by Clerk’s keys where load() is given them, above those of their language', async () => {
    const load = `Clerk.load({ localization: { locale: 'fr-FR', signIn: { start: { title: 'Chez {{applicationName}}' } } } })`;
    const { context, page, titles, texts } = await open(
      'en',
      `<div id="card"></div>${tag()}<script nonce="${nonce}">${load}.then(() => Clerk.mountSignIn(document.getElementById('card')))</script>`,
    );
    assert.match(titles?.at(-1) ?? '', /^Chez /);
    assert.deepEqual(texts.sort(), ['locale-fr', 'localization']);
    await page.getByRole('button', { name: 'Continuer', exact: true }).waitFor();
    await context.close();
  });
});
