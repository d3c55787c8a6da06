/** What a page keeps of a person (security.md B8): swept for passwords, codes and tokens. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, jane, serveSite, signInWithPassword, testCode, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';
import { credentialsOf, sweep, tokenPattern } from '../support/page-sweep.ts';

describe('B8: a page', () => {
  let api: TestApi;
  let site: Site;

  before(async () => {
    api = await startApi();
    const tag = `<script data-clerk-publishable-key="${api.publishableKey}" src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>`;
    const head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"></head>';
    // Whatever the cards tell the page is kept where the sweep finds it.
    const recorder = `<script>
      window.told = [];
      for (const name of ['clerk-sign-in-complete', 'clerk-sign-up-complete', 'clerk-navigate', 'clerk-finished']) {
        addEventListener(name, (event) => {
          const seen = {};
          for (const key in event) if (!(event[key] instanceof Object)) seen[key] = event[key];
          told.push(JSON.stringify([name, seen, event.detail ?? null]));
        }, true);
      }
    </script>`;
    const pages: Record<string, string> = {
      '/': `<body><p>Home</p>${tag}<script>Clerk.load()</script></body></html>`,
      '/sign-in': `<body>${recorder}${tag}<clerk-sign-in></clerk-sign-in></body></html>`,
      '/stay': `<body>${recorder}<script>addEventListener('clerk-sign-in-complete', (event) => event.preventDefault())</script>${tag}<clerk-sign-in></clerk-sign-in></body></html>`,
      '/sign-up': `<body>${recorder}${tag}<clerk-sign-up></clerk-sign-up></body></html>`,
    };
    site = await serveSite((path) => (pages[path] ? { body: head + pages[path] } : undefined));
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  /** Sweeps a page, and the cookies of its profile. */
  const check = async (page: Page, context: BrowserContext, secrets: string[], when: string): Promise<void> => {
    const cookies = await context.cookies();
    const credentials = await credentialsOf(context);
    for (const [place, found] of Object.entries(await sweep(page))) {
      // In development, and only there, links to the service's own pages carry the dev browser's id (dossier part 1, §5.9).
      const text =
        place === 'markup' ? found.replaceAll(new RegExp(`(href="${api.url}/sign-(in|up)\\?)__clerk_db_jwt=[\\w-]+`, 'g'), '$1') : found;
      for (const secret of [...secrets, ...credentials])
        assert.ok(!text.includes(secret), `${place} holds a secret of ${secret.length} characters, ${when}`);
      assert.doesNotMatch(text, tokenPattern, `${place}, ${when}`);
      if (place === 'localStorage' || place === 'sessionStorage') assert.equal(text, '[]', `${place}, ${when}`);
      if (place === 'databases') assert.equal(text, '[[],[],[]]', when);
    }
    for (const { name, value, httpOnly } of cookies) {
      assert.match(name, /^(__session|__client_uat|__clerk_db_jwt)(_.{8})?$|^clerk_active_context$|^__client$/, when);
      assert.equal(httpOnly, name === '__client', `${name}, ${when}`);
      if (tokenPattern.test(value)) assert.match(name, /^__session|^__client$/, when);
    }
  };

  /** A visit that keeps every console message. */
  const watched = async (path: string) => {
    const result = await visit();
    const said: string[] = [];
    result.context.on('console', (message) => said.push(message.text()));
    await result.page.goto(site.url + path);
    return { ...result, said };
  };
  const silent = (said: string[], secrets: string[]) => {
    for (const text of said) {
      assert.doesNotMatch(text, tokenPattern);
      for (const secret of secrets) assert.ok(!text.includes(secret), 'a secret on the console');
    }
  };

  it('keeps no password and no token of a sign-in, but for its cookies', async () => {
    const secrets = [jane.password, 'wrong-horse-battery'];
    const { context, page, said } = await watched('/sign-in');
    await page.locator('.cl-footerActionLink').waitFor();
    await check(page, context, secrets, 'at the start');
    await signInWithPassword(page, { ...jane, password: 'wrong-horse-battery' });
    await page.locator('[aria-invalid=true], .cl-alert').first().waitFor();
    await check(page, context, secrets, 'after a wrong password');
    await page.locator('input[name=password]:visible').fill(jane.password);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.waitForURL(`${site.url}/`);
    await page.waitForFunction('Clerk.user');
    await page.evaluate('Clerk.session.getToken({ skipCache: true })');
    await page.evaluate('Clerk.user.update({ unsafeMetadata: { swept: true } })');
    await check(page, context, secrets, 'after signing in');
    await page.evaluate('Clerk.signOut(() => undefined)');
    await check(page, context, secrets, 'after signing out');
    assert.deepEqual(
      (await context.cookies()).filter(({ name }) => /^__session|context/.test(name)),
      [],
    );
    silent(said, secrets);
    await context.close();
  });

  it('keeps no code of a sign-in', async () => {
    const secrets = [testCode, '111111'];
    const { context, page, said } = await watched('/stay');
    await page.locator('input[name=identifier]').fill(jane.emailAddress);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByRole('link', { name: 'Use another method' }).click();
    await page.getByRole('button', { name: /^Email code to/ }).click();
    const code = page.getByRole('textbox', { name: /^Enter verification code/ });
    await code.pressSequentially('111111');
    await page.locator('[aria-invalid=true], .cl-alert').first().waitFor();
    await check(page, context, secrets, 'after a wrong code');
    await code.fill('');
    await code.pressSequentially(testCode);
    await page.waitForFunction('Clerk.user');
    await check(page, context, secrets, 'after signing in');
    assert.match((await sweep(page)).events, /clerk-sign-in-complete/);
    silent(said, secrets);
    await context.close();
  });

  it('would be found out, wherever it kept one', async () => {
    const { context, page } = await watched('/sign-up');
    const places = [
      "localStorage.setItem('a', SECRET)",
      "sessionStorage.setItem('a', SECRET)",
      "document.body.setAttribute('data-a', SECRET)",
      "document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' }).append(SECRET)",
      "history.replaceState({ a: SECRET }, '')",
      "history.replaceState(null, '', '?a=' + SECRET)",
      'told.push(SECRET)',
      "new Promise((resolve) => (indexedDB.open('a').onsuccess = resolve))",
      "caches.open('a')",
      "document.cookie = 'a=' + SECRET",
    ];
    for (const place of places) {
      await page.goto(`${site.url}/sign-up`);
      await page.locator('.cl-footerActionLink').waitFor();
      await check(page, context, ['canary-1'], 'before');
      await page.evaluate(`void (async () => { const SECRET = 'canary-1'; await (${place}); window.isPlanted = true; })()`);
      await page.waitForFunction('window.isPlanted');
      await assert.rejects(check(page, context, ['canary-1'], 'after'), { code: 'ERR_ASSERTION' }, place);
      await page.evaluate(
        "history.replaceState(null, '', location.pathname); localStorage.clear(); sessionStorage.clear(); document.cookie = 'a=; Max-Age=0'; void caches.delete('a')",
      );
      await page.evaluate(
        "new Promise((resolve) => { const request = indexedDB.deleteDatabase('a'); request.onsuccess = request.onblocked = resolve; })",
      );
    }
    await context.close();
  });
});
