/** The script tag in a page that is not kind to it: shadowed names, planted tags, somebody else's `Clerk`, no key (security.md B6, B7). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, serveSite, visit } from '../support/journey.ts';
import type { Site } from '../support/journey.ts';

describe('B6: the script tag', () => {
  let api: TestApi;
  let site: Site;
  let body = '';
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  /** A valid key that leads to a host which nobody serves. */
  const planted = `pk_test_${btoa('planted.localhost:9$')}`;

  before(async () => {
    api = await startApi();
    site = await serveSite(() => ({
      body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`,
    }));
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  const source = () => `${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js`;
  const tag = (attributes = '') => `<script ${attributes} data-clerk-publishable-key="${api.publishableKey}" src="${source()}"></script>`;
  const open = async (content: string, prepare: (page: Page) => Promise<unknown> = () => Promise.resolve()) => {
    body = content;
    const result = await visit();
    await prepare(result.page);
    await result.page.goto(site.url);
    return result;
  };
  const hosts = (requests: { url: URL }[]) =>
    [
      ...new Set(
        requests
          .map(({ url }) => url)
          .filter(({ protocol }) => protocol.startsWith('http'))
          .map(({ host }) => host),
      ),
    ].sort();
  const ownHosts = () => [new URL(site.url).host, new URL(api.url).host].sort();

  const clobbering: { name: string; markup: string }[] = [
    {
      name: 'named elements',
      markup:
        '<form id="Clerk"></form><img name="currentScript" alt=""><img name="cookie" alt=""><form name="querySelector"></form><img name="hasFocus" alt=""><form name="adoptedStyleSheets"></form>',
    },
    {
      name: 'anchors with the names of globals',
      markup:
        '<a id="__clerk_publishable_key" href="https://planted.test/">a</a><a id="__clerk_proxy_url" href="https://planted.test/">b</a><a id="__clerk_domain" href="https://planted.test/">c</a>',
    },
    { name: 'a script with another key', markup: `<script type="text/plain" data-clerk-publishable-key="${planted}"></script>` },
    {
      name: 'a script with a proxy and a domain',
      markup: '<script type="text/plain" data-clerk-proxy-url="https://planted.test/" data-clerk-domain="planted.test"></script>',
    },
  ];
  for (const { name, markup } of clobbering) {
    for (const attributes of ['', 'async']) {
      it(`talks to its own API only, in spite of ${name}${attributes && `, with ${attributes}`}`, async () => {
        const { context, page, requests } = await open(`${markup}${tag(attributes)}<clerk-sign-in></clerk-sign-in>`);
        await page.locator('input[name=identifier]').waitFor();
        await page.evaluate('Clerk.load()');
        assert.equal(await page.evaluate('Clerk.publishableKey'), api.publishableKey);
        assert.deepEqual(hosts(requests), ownHosts());
        await context.close();
      });
    }
  }

  it('takes the key of another script, or of a global, when its own tag has none', async () => {
    for (const markup of [
      `<script type="text/plain" data-clerk-publishable-key="${api.publishableKey}"></script>`,
      `<script>__clerk_publishable_key = '${api.publishableKey}'</script>`,
    ]) {
      const { context, page, requests } = await open(`${markup}<script src="${source()}"></script>`);
      await page.evaluate('Clerk.load()');
      assert.equal(await page.evaluate('Clerk.status'), 'ready');
      assert.deepEqual(hosts(requests), ownHosts());
      await context.close();
    }
  });

  it('takes the place of a Clerk that is not ours', async () => {
    const { context, page } = await open(`<script>Clerk = { version: '0', load() { throw new Error('not ours'); } }</script>${tag()}`);
    await page.evaluate('Clerk.load()');
    assert.equal(await page.evaluate('Clerk.publishableKey'), api.publishableKey);
    await context.close();
  });

  describe('B7: that comes twice', () => {
    for (const [name, second] of [
      ['as it is', () => tag()],
      ['with another key', () => tag().replace(api.publishableKey, planted)],
      ['in another version', () => tag().replace('clerk.browser.js', 'clerk.browser.js?version=99')],
    ] as const) {
      it(`${name}, warns, and the first is kept`, async () => {
        const { context, page, complaints, requests } = await open(`${tag()}${second()}<clerk-sign-in></clerk-sign-in>`, (page) =>
          page.route('**/clerk.browser.js?version=99', async (route) => {
            const response = await route.fetch();
            const text = await response.text();
            await route.fulfill({ response, body: text.replaceAll(`"${version}"`, '"99.0.0"') });
          }),
        );
        await page.locator('input[name=identifier]').waitFor();
        await page.evaluate('Clerk.load()');
        assert.deepEqual(await page.evaluate('[Clerk.publishableKey, Clerk.version]'), [api.publishableKey, version]);
        assert.equal(await page.locator('input[name=identifier]').count(), 1);
        assert.equal(complaints.length, 1, complaints.join('\n'));
        assert.match(complaints[0]!, new RegExp(`loaded twice; version ${version} is kept`));
        assert.deepEqual(hosts(requests), ownHosts());
        await context.close();
      });
    }

    it('under a name that is taken, of an element too, throws nothing', async () => {
      const { context, page, complaints } = await open(
        `<script>customElements.define('clerk-sign-in', class extends HTMLElement {})</script>${tag()}<clerk-sign-in></clerk-sign-in><clerk-sign-up></clerk-sign-up>`,
      );
      await page.locator('input[name=emailAddress]').waitFor();
      assert.deepEqual(complaints, ['clerk-lit: <clerk-sign-in> is defined already.']);
      await context.close();
    });
  });

  const keys: { name: string; attribute: string; says: RegExp; never?: RegExp }[] = [
    { name: 'no key', attribute: '', says: /publishableKey is missing.*Copy it from/ },
    { name: 'an empty key', attribute: 'data-clerk-publishable-key=""', says: /publishableKey is missing/ },
    {
      name: 'a key that is none',
      attribute: 'data-clerk-publishable-key="YOUR_PUBLISHABLE_KEY"',
      says: /publishableKey is invalid: "YOUR_PUBLISHABLE_KEY".*pk_test_/,
    },
    {
      name: 'a secret key',
      attribute: 'data-clerk-publishable-key="sk_test_verysecret"',
      says: /secret key: renew it/,
      never: /verysecret/,
    },
  ];
  for (const { name, attribute, says, never } of keys) {
    it(`says once what is wrong with ${name}, and asks nobody anything`, async () => {
      const { context, page, complaints, requests } = await open(
        `<script ${attribute} src="${source()}"></script><clerk-sign-in></clerk-sign-in>`,
      );
      await page.waitForLoadState();
      assert.equal(await page.evaluate('typeof Clerk'), 'undefined');
      assert.equal(complaints.length, 1, complaints.join('\n') || 'nothing said');
      assert.match(complaints[0]!, says);
      if (never) assert.doesNotMatch(complaints[0]!, never);
      assert.deepEqual(
        requests.filter(({ url }) => url.pathname.startsWith('/v1/')),
        [],
      );
      await context.close();
    });
  }

  it('starts its requests at once, unless told not to', async () => {
    const early = await open(tag());
    await early.page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => new URL(name).pathname === '/v1/client'),
    );
    await early.context.close();
    const late = await open(tag('data-clerk-no-prefetch'));
    await late.page.waitForLoadState();
    assert.deepEqual(
      late.requests.filter(({ url }) => url.pathname.startsWith('/v1/')),
      [],
    );
    await late.page.evaluate('Clerk.load()');
    assert.ok(late.requests.some(({ url }) => url.pathname === '/v1/client'));
    await late.context.close();
  });
});
