/** The `appearance` option on the built files, under the strictest policy (security.md B3), and what docs/appearance.md shows. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';
import { readRecipes } from '../support/recipes.ts';
import { nonce } from '../support/page-policy.ts';
import { serveStrictSite, strictTag } from '../support/strict-page.ts';

describe('appearance', () => {
  let api: TestApi;
  let site: Site;
  let body = '';

  before(async () => {
    api = await startApi();
    site = await serveStrictSite(api, () => ({ body }));
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const tag = (attributes = '') => strictTag(api, attributes);
  const script = (code: string) => `<script nonce="${nonce}">${code}</script>`;

  /** Opens a page; `painted` are the backgrounds that cards ever had on the screen. */
  async function open(content: string, { failing = false, ...options }: BrowserContextOptions & { failing?: boolean } = {}) {
    body = content;
    const visitor = await visit(options);
    if (failing) await visitor.context.route('**/appearance-*.js*', (route) => route.abort());
    await visitor.page.addInitScript(`
      globalThis.painted = new Set();
      (function look() {
        for (const box of document.querySelectorAll('.cl-cardBox')) painted.add(getComputedStyle(box).backgroundColor);
        requestAnimationFrame(look);
      })();
    `);
    await visitor.page.goto(site.url);
    const files = () => visitor.requests.filter(({ url }) => /\/appearance-\w+\.js$/.test(url.pathname)).length;
    const painted = () => visitor.page.evaluate('[...painted]');
    return { ...visitor, files, painted };
  }

  const property = (page: Page, selector: string, name: string) =>
    page.locator(selector).evaluate((element, wanted) => getComputedStyle(element).getPropertyValue(wanted), name);
  const identifier = (page: Page, within = '') => page.locator(`${within} input[name=identifier]`).waitFor();

  it('dresses every card before it is seen, by `load()`, by `mountSignIn()` and in a dialog, and again when that changes', async () => {
    const { context, page, complaints, files, painted } = await open(
      `<div id="one"></div><div id="two"></div>${tag()}${script(`
        Clerk.load({ appearance: {
          variables: { colorBackground: '#1b2430', colorPrimary: '#ffd166' },
          elements: { formButtonPrimary: { textTransform: 'uppercase', '&:hover': { textDecoration: 'underline' } }, card: 'of-page' },
        } });
        Clerk.mountSignIn(document.getElementById('one'));
        Clerk.mountSignIn(document.getElementById('two'), { appearance: { variables: { colorPrimary: '#8ecae6' } } });
      `)}`,
    );
    await identifier(page, '#one');
    await identifier(page, '#two');
    const button = (within: string) => property(page, `${within} .cl-formButtonPrimary`, 'background-color');
    assert.equal(await button('#one'), 'rgb(255, 209, 102)');
    assert.equal(await button('#two'), 'rgb(142, 202, 230)');
    assert.equal(await property(page, '#two .cl-formButtonPrimary', 'text-transform'), 'uppercase');
    assert.equal(await page.locator('.cl-card.of-page').count(), 2);
    assert.equal(await property(page, '#one clerk-sign-in', 'color-scheme'), 'dark');
    await page.locator('#one .cl-formButtonPrimary').hover();
    assert.match(await property(page, '#one .cl-formButtonPrimary', 'text-decoration-line'), /underline/);
    await page.mouse.move(0, 0);
    await page.evaluate("Clerk.openSignIn({ appearance: { variables: { colorPrimary: '#caffbf' } } })");
    await identifier(page, 'dialog');
    assert.equal(await button('dialog'), 'rgb(202, 255, 191)');
    await page.keyboard.press('Escape');
    assert.deepEqual(await painted(), ['rgb(27, 36, 48)']);
    assert.equal(files(), 1);
    await page.evaluate(
      "Clerk.mountSignIn(document.getElementById('two'), { appearance: { variables: { colorBackground: '#fdfcf7', colorPrimary: '#0f5132' } } })",
    );
    await page.waitForFunction(
      () => getComputedStyle(document.querySelector('#two .cl-cardBox')!).backgroundColor === 'rgb(253, 252, 247)',
    );
    assert.equal(await property(page, '#two clerk-sign-in', 'color-scheme'), 'light');
    await page.evaluate("Clerk.__internal_updateProps({ appearance: { variables: { colorPrimary: '#b5838d' } } })");
    await page.waitForFunction(
      () => getComputedStyle(document.querySelector('#one .cl-formButtonPrimary')!).backgroundColor === 'rgb(181, 131, 141)',
    );
    assert.equal(await page.locator('.of-page').count(), 0);
    assert.equal(await page.locator('[style]').count(), 0, 'no style attribute');
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('is an attribute of the script tag; "auto" is light or dark as the person wants it, at once', async () => {
    const { context, page, painted } = await open(
      `${tag(`data-clerk-appearance='{"theme":"auto","options":{"helpPageUrl":"/help","elevation":"flush"}}'`)}<clerk-sign-in></clerk-sign-in>`,
      { colorScheme: 'dark' },
    );
    await identifier(page);
    assert.equal(await page.locator('.cl-footerPagesLink__help').getAttribute('href'), `${site.url}/help`);
    assert.deepEqual(await painted(), ['rgba(0, 0, 0, 0)']);
    assert.equal(await property(page, '.cl-footer', 'background-color'), 'rgba(0, 0, 0, 0)');
    assert.equal(await property(page, '.cl-headerTitle', 'color'), 'rgb(236, 236, 241)');
    await page.emulateMedia({ colorScheme: 'light' });
    assert.equal(await property(page, '.cl-headerTitle', 'color'), 'rgb(27, 27, 34)');
    await context.close();
  });

  it('lets layers of the page win over its own', async () => {
    const { context, page } = await open(
      `<clerk-sign-in></clerk-sign-in>${script(`
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('@layer clerk, utilities; @layer utilities { .round { border-radius: 20px } }');
        document.adoptedStyleSheets.push(sheet);
      `)}${tag()}${script("Clerk.load({ appearance: { cssLayerName: 'clerk', elements: { formButtonPrimary: 'round', formFieldInput: { borderRadius: 3 } } } })")}`,
    );
    await identifier(page);
    assert.equal(await property(page, '.cl-formButtonPrimary', 'border-radius'), '20px');
    assert.equal(await property(page, '.cl-formFieldInput__identifier', 'border-radius'), '3px');
    assert.notEqual(await property(page, '.cl-formButtonPrimary', 'background-color'), 'rgba(0, 0, 0, 0)');
    await context.close();
  });

  it('is what docs/appearance.md says', async () => {
    const find = await readRecipes('docs/appearance.md');
    const markup = find('Without JavaScript', 'html')
      .replace('YOUR_PUBLISHABLE_KEY', api.publishableKey)
      .replace('https://YOUR_FRONTEND_API_URL', api.url)
      .replace('async', `nonce="${nonce}"`);
    const tagless = await open(markup);
    await identifier(tagless.page);
    assert.equal(await property(tagless.page, '.cl-formButtonPrimary', 'background-color'), 'rgb(242, 193, 78)');
    assert.equal(await property(tagless.page, '.cl-card', 'padding'), '0px');
    assert.equal(await property(tagless.page, 'clerk-sign-in', 'color-scheme'), 'dark');
    await tagless.context.close();

    const { context, page, complaints } = await open(
      `<div id="card"></div><div id="other"></div>${tag()}${script(`
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(${JSON.stringify(find('Custom properties', 'css'))});
        document.adoptedStyleSheets.push(sheet);
        (async () => {
          Clerk.mountSignUp(document.getElementById('other'));
          await Clerk.load();
        })();
      `)}`,
    );
    const run = (code: string) => page.evaluate(`(async () => { ${code} })()`);
    await page.locator('#other .cl-formButtonPrimary').waitFor();
    assert.equal(await property(page, '#other .cl-formButtonPrimary', 'background-color'), 'rgb(15, 81, 50)');
    await run(find('The option', 'js'));
    await run(find('One card', 'js'));
    await identifier(page, '#card');
    assert.equal(await property(page, '#card clerk-sign-in', 'color-scheme'), 'dark');
    assert.equal(await property(page, '#card .cl-formButtonPrimary', 'text-transform'), 'uppercase');
    assert.equal(await page.locator('#card .cl-card.my-card .cl-formButtonPrimary').count(), 1);
    assert.equal(await page.locator('#card .cl-footerPagesLink__help').textContent(), 'Help');
    assert.equal(await property(page, '#other .cl-formButtonPrimary', 'background-color'), 'rgb(138, 45, 12)');
    await run(find('Elements', 'js'));
    await page.locator('#card .cl-formButtonPrimary.round').waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('costs a page without it nothing, and one whose network fails only the look', async () => {
    const plain = await open(`${tag()}<clerk-sign-in></clerk-sign-in>`);
    await identifier(plain.page);
    assert.equal(plain.files(), 0);
    await plain.context.close();
    const failed = await open(`${tag(`data-clerk-appearance='{"theme":"dark"}'`)}<clerk-sign-in></clerk-sign-in>`, { failing: true });
    await identifier(failed.page);
    assert.equal(failed.files(), 2, 'tried again, once');
    assert.deepEqual(await failed.painted(), ['rgb(255, 255, 255)']);
    await failed.context.close();
  });
});
