import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clientUat, cookieLine, cookieValues, sharedDomain } from '../../../demo/server/frontend-api/cookies.ts';
import { readSettings } from '../../../demo/server/settings.ts';

describe('cookieValues()', () => {
  for (const [header, expected] of [
    [undefined, []],
    ['', []],
    ['a=1', ['1']],
    ['b=2; a=1', ['1']],
    ['a=1; a=2', ['1', '2']],
    ['a=1;a=2', ['1', '2']],
    [' a = 1 ', ['1']],
    ['a=1=2', ['1=2']],
    ['aa=1; ba=2; A=3', []],
    ['a', []],
    ['a=', ['']],
    ['b=a=1', []],
  ] as const) {
    it(`finds ${JSON.stringify(expected)} in ${JSON.stringify(header)}`, () => {
      assert.deepEqual(cookieValues(header, 'a'), expected);
    });
  }
});

describe('cookieLine()', () => {
  it('has only the attributes that are asked for', () => {
    assert.equal(cookieLine('a', 'b', { maxAge: 1, secure: false }), 'a=b; Path=/; Max-Age=1; SameSite=Lax');
    assert.equal(
      cookieLine('a', '', { maxAge: 0, secure: true, httpOnly: true, domain: 'example.com' }),
      'a=; Path=/; Domain=example.com; Max-Age=0; HttpOnly; Secure; SameSite=Lax',
    );
  });
});

describe('sharedDomain()', () => {
  for (const [frontendApiHost, origins, expected] of [
    ['clerk.example.com', [], 'example.com'],
    ['clerk.example.com:8443', [], 'example.com'],
    ['clerk.shop.example.co.uk', [], 'shop.example.co.uk'],
    ['auth.example.com', ['https://www.example.com'], 'example.com'],
    ['auth.example.com', ['https://example.com'], 'example.com'],
    ['auth.example.com', ['https://www.other.com'], undefined],
    ['auth.example.com', ['https://notexample.com'], undefined],
    ['example.co.uk', [], undefined],
    ['example.com', ['https://www.example.com'], undefined],
    ['127.0.0.1:4000', ['http://127.0.0.1:3000'], undefined],
    ['clerk.localhost:4000', [], undefined],
  ] as const) {
    it(`is ${expected ?? 'not known'} for ${frontendApiHost} with pages on ${origins.join() || 'none'}`, () => {
      const settings = readSettings({ allowed_origins: origins }, 'production');
      assert.equal(sharedDomain({ frontendApiHost, settings }), expected);
    });
  }
});

describe('clientUat()', () => {
  it('is 0 where nobody is signed in, whole seconds otherwise', () => {
    assert.equal(clientUat(null), '0');
    assert.equal(clientUat({ sessions: [], updated_at: 1_767_225_600_999 }), '0');
    assert.equal(clientUat({ sessions: [{}], updated_at: 1_767_225_600_999 }), '1767225600');
  });
});
