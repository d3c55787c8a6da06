/** The UI's files: a failed load says so and recovers, and a page that pins the core gets exactly the files of its release (B12). */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, jane, serveSite, testCode, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';

const core = new URL('../../dist/clerk.browser.js', import.meta.url);

describe('files of the UI', () => {
  let api: TestApi;
  let site: Site;
  let body = '';
  let integrity = '';

  before(async () => {
    api = await startApi({ instance: { preferred_sign_in_strategy: 'otp' } });
    site = await serveSite(() => ({
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`,
    }));
    integrity = `sha384-${createHash('sha384')
      .update(await readFile(core))
      .digest('base64')}`;
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const tag = (attributes = '') =>
    `<script ${attributes} data-clerk-publishable-key="${api.publishableKey}" src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>`;
  const pinned = () => tag(`crossorigin="anonymous" integrity="${integrity}"`);
  const open = async (content: string, prepare: (page: Page) => Promise<unknown> = () => Promise.resolve()) => {
    body = content;
    const result = await visit();
    await prepare(result.page);
    await result.page.goto(site.url);
    return result;
  };
  const files = {
    'clerk-sign-in': { script: /\/ui-[^/]*\.js/, field: 'input[name=identifier]' },
    'clerk-sign-up': { script: /\/sign-up-[^/]*\.js/, field: 'input[name=emailAddress]' },
  };
  const scripts = (requests: { url: URL }[], pattern: RegExp) =>
    requests.filter(({ url }) => pattern.test(url.pathname)).map(({ url }) => url.search);
  const retry = (page: Page) => page.locator('p[role=alert] button');

  for (const [name, { script, field }] of Object.entries(files)) {
    const ways: { how: string; markup: () => string }[] = [
      { how: `<${name}>`, markup: () => `${tag()}<${name}></${name}>` },
      {
        how: 'a mounted node',
        markup: () =>
          `<div id="card"></div>${tag()}<script>Clerk.mount${name === 'clerk-sign-in' ? 'SignIn' : 'SignUp'}(document.getElementById('card'))</script>`,
      },
    ];
    for (const { how, markup } of ways) {
      it(`of ${name} that cannot be fetched leave text and a button in ${how}, by which it recovers`, async () => {
        const { context, page, requests, complaints } = await open(markup(), (page) =>
          page.route(script, (route) => route.abort('connectionreset')),
        );
        await retry(page).waitFor();
        assert.match(await page.locator('p[role=alert]').innerText(), /could not be loaded.*Try again/s);
        assert.ok(
          complaints.some((text) => text.includes(`<${name}> could not be loaded`)),
          complaints.join('\n'),
        );
        assert.equal(scripts(requests, script).length, 1, 'asked for once, not in a loop');
        await retry(page).click();
        await retry(page).waitFor();
        assert.equal(await page.locator('p[role=alert]').count(), 1);
        await page.unroute(script);
        await retry(page).click();
        await page.locator(field).waitFor();
        assert.equal(await page.locator('p[role=alert]').count(), 0);
        await context.close();
      });
    }
  }

  it('are fetched under another address where the first one stays broken', async () => {
    const { script, field } = files['clerk-sign-in'];
    const { context, page, requests } = await open(`${tag()}<clerk-sign-in></clerk-sign-in>`, (page) =>
      page.route(script, (route) => (new URL(route.request().url()).search ? route.continue() : route.abort('connectionreset'))),
    );
    await retry(page).click();
    await page.locator(field).waitFor();
    assert.equal(scripts(requests, script).at(-1), '?r=1');
    await context.close();
  });

  it('that are broken inside are reported too', async () => {
    const { script } = files['clerk-sign-in'];
    const { context, page } = await open(`${tag()}<clerk-sign-in></clerk-sign-in>`, (page) =>
      page.route(script, (route) =>
        route.fulfill({
          contentType: 'text/javascript',
          headers: { 'access-control-allow-origin': '*' },
          body: 'export const nothing = {',
        }),
      ),
    );
    await retry(page).waitFor();
    await context.close();
  });

  it('say so when a modal was asked for, and the next call tries again', async () => {
    const { script, field } = files['clerk-sign-in'];
    const { context, page, complaints } = await open(tag(), (page) => page.route(script, (route) => route.abort('connectionreset')));
    const said = page.waitForEvent('console', (message) => message.text().includes('<clerk-sign-in> could not be loaded'));
    await page.evaluate('Clerk.openSignIn()');
    await said;
    await page.unroute(script);
    await page.evaluate('Clerk.openSignIn()');
    await page.locator(`dialog ${field}`).waitFor();
    assert.ok(complaints.length >= 1);
    await context.close();
  });

  describe('B12: of a page that pins the core', () => {
    /** One byte of a comment more: nothing that runs is another. */
    const change = async (route: Route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()}\n` });
    };

    it('arrive, both cards, without a second UI file', async () => {
      const { context, page, complaints } = await open(`${pinned()}<clerk-sign-in></clerk-sign-in><clerk-sign-up></clerk-sign-up>`);
      await page.locator(files['clerk-sign-in'].field).waitFor();
      await page.locator(files['clerk-sign-up'].field).waitFor();
      assert.deepEqual(complaints, []);
      await context.close();
    });

    for (const [name, { script, field }] of Object.entries(files)) {
      it(`are refused by one changed byte in the file of ${name}, and taken once it is right`, async () => {
        const { context, page, complaints } = await open(`${pinned()}<${name}></${name}>`, (page) => page.route(script, change));
        await retry(page).waitFor();
        assert.equal(await page.locator(field).count(), 0);
        assert.ok(
          complaints.some((text) => /integrity/i.test(text)),
          complaints.join('\n'),
        );
        await page.unroute(script);
        await retry(page).click();
        await page.locator(field).waitFor();
        await context.close();
      });
    }

    it('the core itself is refused by a changed byte', async () => {
      const { context, page } = await open(pinned(), (page) => page.route(/clerk\.browser\.js$/, change));
      await page.waitForLoadState();
      assert.equal(await page.evaluate('typeof Clerk'), 'undefined');
      await context.close();
    });
  });

  describe('of methods of the core', () => {
    const script = /\/methods-[^/]*\.js/;
    /** What becomes of a method that no file has. */
    const call = (page: Page) =>
      page.evaluate('Clerk.load().then(() => Clerk.client.createNothing()).catch(({ code, message }) => [code, message])');
    const failed = [
      'methods_not_loaded',
      'Clerk: A file of clerk-lit that this method needs could not be loaded: try again (code="methods_not_loaded")',
    ];
    const missing = ['not_supported', 'Clerk: createNothing() is not supported by clerk-lit yet (code="not_supported")'];
    const module = () =>
      `<script type="module">import { Clerk } from '${api.url}/npm/@clerk/clerk-js@latest/dist/index.js'; globalThis.Clerk = new Clerk('${api.publishableKey}')</script>`;

    for (const [how, markup] of Object.entries({ 'the script': tag, 'the script of a page that pins it': pinned, 'the module': module })) {
      it(`come when one is called, once, and a call that could not get them can be made again: ${how}`, async () => {
        const { context, page, requests } = await open(markup(), (page) => page.route(script, (route) => route.abort('connectionreset')));
        assert.deepEqual(await call(page), failed);
        assert.deepEqual(await call(page), failed);
        await page.unroute(script);
        assert.deepEqual(await call(page), missing);
        const { length } = scripts(requests, script);
        assert.deepEqual(await call(page), missing);
        assert.equal(scripts(requests, script).length, length);
        await context.close();
      });
    }

    it('are refused by one changed byte in a page that pins the core', async () => {
      const { context, page } = await open(pinned(), (page) =>
        page.route(script, async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, body: `${await response.text()}\n` });
        }),
      );
      assert.deepEqual(await call(page), failed);
      await page.unroute(script);
      assert.deepEqual(await call(page), missing);
      await context.close();
    });
  });

  it('of further fields: the field says so, its neighbours keep what is typed, and it recovers by its button', async () => {
    const further = /\/more-fields-[^/]*\.js/;
    const name = (field: string) => `clerk-unsafe-field[name=${field}]`;
    const content = `<clerk-sign-in></clerk-sign-in>
      <clerk-unsafe-field name="city" label="City" save="submit"></clerk-unsafe-field>
      <clerk-unsafe-field name="essay" label="Essay" type="textarea"></clerk-unsafe-field>`;
    const { context, page, requests } = await open(`${tag()}${content}`, (page) =>
      page.route(further, (route) => route.abort('connectionreset')),
    );
    await askForCode(page);
    // The card leads to this very page.
    const arrived = page.waitForEvent('load');
    await code(page).fill(testCode);
    await arrived;
    await page.locator(`${name('city')}:state(ready) input:enabled`).fill('typed');
    const again = page.locator(name('essay')).getByRole('button', { name: 'Try again', exact: true });
    await again.waitFor();
    assert.equal(await page.locator(`${name('essay')} .cl-formFieldErrorText`).count(), 1);
    assert.equal(await page.locator(`${name('essay')} textarea`).count(), 0);
    // Each of the two pages has asked for it twice, not in a loop.
    assert.deepEqual(scripts(requests, further), ['', '?r=1', '', '?r=1']);
    await page.unroute(further);
    await again.click();
    await page.getByLabel('Essay').fill('An essay.');
    await page.getByLabel('Essay').press('Tab');
    await page.locator(`${name('essay')}:state(saved)`).waitFor();
    assert.equal(await page.locator(`${name('essay')} .cl-formFieldErrorText`).count(), 0);
    assert.equal(await page.getByLabel('City').inputValue(), 'typed');
    await context.close();
  });

  const later = /\/later-[^/]*\.js/;
  const code = (page: Page) => page.getByRole('textbox', { name: 'Enter verification code' });
  /** Signs in as far as the code. */
  const askForCode = async (page: Page) => {
    await page.locator('input[name=identifier]').fill(jane.emailAddress);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
  };
  /** Signed in and at rest: what follows a sign-in is over. */
  const signedIn = (page: Page) => page.getByText(`You are signed in`).waitFor();

  it('of later screens say so in the card where they cannot be fetched, and recover by its button', async () => {
    const { context, page } = await open(`${tag()}<clerk-sign-in></clerk-sign-in>`);
    await page.route(later, (route) => route.abort('connectionreset'));
    await askForCode(page);
    const again = page.getByRole('button', { name: 'Try again', exact: true });
    await again.waitFor();
    await page.unroute(later);
    await again.click();
    await code(page).fill(testCode);
    await signedIn(page);
    await context.close();
  });

  it('of later screens come by themselves after a reload in the middle of a sign-in, and move with the card', async () => {
    const { context, page, complaints } = await open(`${tag()}<clerk-sign-in></clerk-sign-in><div id="host"></div>`);
    await askForCode(page);
    await code(page).waitFor();
    await page.reload();
    await code(page).waitFor();
    const position = () => page.locator('.cl-otpCodeFieldInputs').evaluate((node) => getComputedStyle(node).position);
    assert.equal(await position(), 'relative');
    await page.evaluate(() => {
      document.querySelector('#host')!.attachShadow({ mode: 'open' }).append(document.querySelector('clerk-sign-in')!);
    });
    assert.equal(await position(), 'relative', 'styled inside the shadow root too');
    await code(page).fill(testCode);
    await signedIn(page);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
