import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, serveSite, visit } from '../support/journey.ts';
import { startProductionApi } from '../support/production.ts';

describe('E9: hosted pages cannot be framed or leak', () => {
  let api: TestApi;
  const logo_url = 'https://id.acme.test/logo.svg';
  before(async () => void (api = await startApi({ instance: { social: [{ strategy: 'oauth_custom_acme', logo_url }] } })));
  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  for (const path of ['/sign-in', '/sign-in/factor-one', '/sign-up', '/sign-up/verify-email-address']) {
    it(`${path} comes under the strictest policy, for no frame and no cache`, async () => {
      const response = await fetch(api.url + path);
      const page = await response.text();
      const nonce = /'nonce-([\w-]{22})'/.exec(response.headers.get('content-security-policy') ?? '')?.[1];
      assert.deepEqual(
        Object.fromEntries(
          [
            'content-security-policy',
            'content-type',
            'cache-control',
            'referrer-policy',
            'cross-origin-opener-policy',
            'cross-origin-resource-policy',
            'x-frame-options',
            'x-content-type-options',
            'strict-transport-security',
            'access-control-allow-origin',
          ].map((name) => [name, response.headers.get(name)]),
        ),
        {
          'content-security-policy': `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'none'; connect-src 'self' ${api.url}; img-src 'self' ${api.url} https://id.acme.test; require-trusted-types-for 'script'; trusted-types lit-html; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
          'x-frame-options': 'DENY',
          'x-content-type-options': 'nosniff',
          // By plain http it would be ignored.
          'strict-transport-security': null,
          'access-control-allow-origin': null,
        },
      );
      const scripts = [...page.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
      assert.ok(scripts.length);
      for (const tag of scripts) assert.ok(tag.includes(`nonce="${nonce}"`), tag);
      assert.doesNotMatch(page, /<style|\sstyle=|\son\w+=/i);
    });
  }

  it('have a nonce of their own each time', async () => {
    const policies = await Promise.all([1, 2].map(async () => (await fetch(`${api.url}/sign-in`)).headers.get('content-security-policy')));
    assert.notEqual(policies[0], policies[1]);
  });

  it('say nothing of what the address says', async () => {
    const page = await (await fetch(`${api.url}/sign-in/"><script>alert(1)</script>?redirect_url=javascript:alert(1)`)).text();
    assert.doesNotMatch(page, /alert/);
  });

  /** Every page that the server has of its own, beside those that a person copies. */
  const own = [
    '/sign-in',
    '/sign-up',
    '/v1/verify',
    '/v1/tickets/accept',
    '/v1/oauth_callback',
    '/popup-callback',
    '/popup-callback?return_url=http://localhost:3000/',
    '/inbox',
    '/development-provider/interaction/none',
  ];

  it('nor can any other page of the server’s own', async () => {
    for (const path of own) {
      const { headers } = await fetch(api.url + path, { headers: { accept: 'text/html' } });
      const shown = Object.fromEntries(headers);
      assert.match(shown['content-type'] ?? '', /^text\/html/, path);
      assert.match(shown['content-security-policy'] ?? '', /^default-src 'none'; .*\bframe-ancestors 'none'/, path);
      assert.doesNotMatch(shown['content-security-policy'] ?? '', /unsafe-|-src [^;]*\*/, path);
      assert.deepEqual([shown['x-frame-options'], shown['cache-control']], ['DENY', 'no-store'], path);
      // The provider has forms, which need their origin; the popup has to keep its opener.
      assert.equal(shown['referrer-policy'], path.startsWith('/development') ? 'same-origin' : 'no-referrer', path);
      assert.equal(shown['cross-origin-opener-policy'] ?? '', /^\/(development|popup-callback\?)/.test(path) ? '' : 'same-origin', path);
    }
  });

  it('which a browser minds: in frames of another page there is nothing of ours', async () => {
    const frames = own.map((path) => `<iframe src="${api.url}${path}"></iframe>`).join('');
    const site = await serveSite(() => ({ body: `<!doctype html><title>Frames</title>${frames}` }));
    const { page, context } = await visit();
    try {
      await page.goto(site.url);
      assert.equal(page.frames().length, own.length + 1);
      for (const frame of page.frames().slice(1)) {
        assert.equal(frame.url(), 'chrome-error://chromewebdata/');
      }
    } finally {
      await context.close();
      await site.stop();
    }
  });
});

describe('E9: hosted pages behind a public name', () => {
  it('are asked for by TLS only', async () => {
    const api = await startProductionApi({ host: 'clerk.example.com' });
    try {
      for (const path of ['/sign-in', '/sign-up', '/v1/verify', '/popup-callback?return_url=https://www.example.com/']) {
        const { headers } = await fetch(api.address + path, { headers: { accept: 'text/html' } });
        assert.equal(headers.get('strict-transport-security'), 'max-age=31536000', path);
      }
    } finally {
      await api.stop();
    }
  });
});
