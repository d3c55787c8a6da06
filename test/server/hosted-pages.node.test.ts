import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';

describe('hosted pages', () => {
  let api: TestApi;
  const logo_url = 'https://id.acme.test/logo.svg';
  before(async () => void (api = await startApi({ instance: { social: [{ strategy: 'oauth_custom_acme', logo_url }] } })));
  after(() => api.stop());

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
});
