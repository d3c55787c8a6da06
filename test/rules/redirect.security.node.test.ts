import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allowedRedirect, matchesOrigin } from '../../src/rules/redirect.ts';
import { redirectSpellings } from '../support/redirect-spellings.ts';

const base = 'https://app.test/here/page?x=1';
const rules = {
  base,
  allowedOrigins: ['https://app.test', 'https://*.shop.test', 'http://localhost:*', /https:\/\/[a-z]+\.pattern\.test/],
};

describe('B5: allowedRedirect()', () => {
  it('has a table of at least 200 spellings', () => {
    assert.ok(redirectSpellings.length >= 200, String(redirectSpellings.length));
    assert.equal(new Set(redirectSpellings.map(([target]) => target)).size, redirectSpellings.length, 'a spelling is there twice');
  });

  for (const [target, expected] of redirectSpellings) {
    it(`${expected === undefined ? 'refuses' : 'accepts'} ${JSON.stringify(target.slice(0, 100))}`, () => {
      assert.equal(allowedRedirect(target, rules)?.href, expected);
    });
  }

  it('never leads to another origin than those allowed, whatever stands before and after', () => {
    const foreign = ['evil.test', 'app.test.evil.test', 'shop.test', 'evilshop.test', 'app.test@evil.test'];
    const before = [
      '',
      ' ',
      '\t',
      '/',
      '//',
      '///',
      '\\',
      '\\\\',
      '/\\',
      'https:',
      'https:/',
      'https://',
      'https:\\\\',
      'http://',
      'javascript:',
      '//app.test@',
      'https://app.test@',
      '/%2f',
      '/.//',
      '/..//',
    ];
    const after = ['', '/', '\\', '/..', '?', '#', '@app.test', '%00', ':443', '.', '/%2e%2e'];
    for (const head of before) {
      for (const host of foreign) {
        for (const tail of after) {
          const url = allowedRedirect(head + host + tail, rules);
          if (url) assert.equal(url.origin, 'https://app.test', `${head}${host}${tail} leads to ${url.href}`);
        }
      }
    }
  });

  it('refuses relative targets where there is nothing they are relative to', () => {
    assert.equal(allowedRedirect('/account', { allowedOrigins: ['https://app.test'] }), undefined);
    assert.equal(allowedRedirect('https://app.test/account', { allowedOrigins: ['https://app.test'] })?.href, 'https://app.test/account');
  });

  it('refuses nothing at all', () => {
    for (const target of ['', null, undefined]) assert.equal(allowedRedirect(target, rules), undefined);
  });

  it('refuses targets beyond 8192 characters', () => {
    assert.ok(allowedRedirect(`/${'a'.repeat(8191)}`, rules));
    assert.equal(allowedRedirect(`/${'a'.repeat(8192)}`, rules), undefined);
  });
});

describe('B5: matchesOrigin()', () => {
  for (const [origin, allowed, expected] of [
    ['https://app.test', 'https://app.test', true],
    ['https://app.test', 'https://app.test/', true],
    ['https://app.test', 'HTTPS://APP.TEST:443', true],
    ['https://app.test', 'http://app.test', false],
    ['https://app.test', 'app.test', false],
    ['https://app.test:8443', 'https://app.test', false],
    ['https://app.test.evil.test', 'https://app.test', false],
    ['null', 'null', false],
    ['null', 'data:text/html,x', false],
    ['https://a.shop.test', 'https://*.shop.test', true],
    ['https://a.b.shop.test', 'https://*.shop.test', true],
    ['https://shop.test', 'https://*.shop.test', false],
    ['https://evilshop.test', 'https://*.shop.test', false],
    ['https://a.shop.test.evil.test', 'https://*.shop.test', false],
    ['https://a.shop.test:444', 'https://*.shop.test', false],
    ['http://a.shop.test', 'https://*.shop.test', false],
    ['https://preview-12.shop.test', 'https://preview-*.shop.test', true],
    ['https://preview-1.2.shop.test', 'https://preview-*.shop.test', false],
    ['https://preview-.evil.test', 'https://preview-*.shop.test', false],
    ['http://localhost:3000', 'http://localhost:*', true],
    ['http://localhost', 'http://localhost:*', true],
    ['http://localhost.evil.test:3000', 'http://localhost:*', false],
    ['https://app.test', '*', false],
    ['https://app.test', '*://app.test', false],
    ['https://appxtest', 'https://app.*test', false],
    ['https://app.test', /app/, false],
    ['https://app.test', /https:\/\/app\.test/, true],
    ['https://app.test.evil.test', /https:\/\/app\.test/, false],
    ['https://evil.test', /https:\/\/app\.test|https:\/\/evil/, false],
    ['https://app.test', (origin: string) => origin.endsWith('.test'), true],
    ['https://app.example', (origin: string) => origin.endsWith('.test'), false],
  ] as const) {
    it(`${expected ? 'matches' : 'does not match'} ${origin} with ${String(allowed)}`, () => {
      assert.equal(matchesOrigin(origin, allowed), expected);
    });
  }

  it('asks a pattern afresh each time', () => {
    const pattern = /https:\/\/app\.test/g;
    assert.deepEqual(
      [1, 2, 3].map(() => matchesOrigin('https://app.test', pattern)),
      [true, true, true],
    );
  });
});
