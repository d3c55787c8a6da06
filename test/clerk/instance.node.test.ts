import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClerkConstructorOptions } from '../../src/clerk/clerk-api.ts';
import { Instance } from '../../src/clerk/instance.ts';
import { cookieSuffix, createPublishableKey, parsePublishableKey } from '../../src/rules/publishable-key.ts';

const key = (text: string, kind = 'test') => `pk_${kind}_${btoa(text)}`;
const create = (publishableKey: string, options: ClerkConstructorOptions = {}) =>
  new Instance(publishableKey, options, () => new URL('https://app.test/page'));

describe('publishable keys', () => {
  const suffixes: Record<string, string> = {
    pk_test_YnJhdmUtb3R0ZXItNy5jbGVyay5hY2NvdW50cy5kZXYk: 'OQFZV_GV',
    pk_live_Y2xlcmsuZXhhbXBsZS5jb20k: 'naoXFJnI',
    pk_test_Y2xlcmsuZXhhbXBsZS5jb20k: 'l2OS3d9k',
    pk_test_MTI3LjAuMC4xOjg3ODck: 'Nlb1kH_u',
    'pk_test_ZmFwaS5sb2NhbGhvc3Q6ODc4NyQ=': 'GpPYbNoP',
    pk_test_ZmFwaS5sb2NhbGhvc3Q6ODc4NyQ: 'nekvVJfX',
  };
  for (const [text, suffix] of Object.entries(suffixes)) {
    it(`${text} has the cookie suffix ${suffix}`, async () => {
      assert.ok(parsePublishableKey(text));
      assert.equal(await cookieSuffix(text), suffix);
    });
  }
  for (const text of [
    '',
    ' ',
    'pk_test_',
    'pk_test_bm9kb3Qk',
    key('localhost:3000$'),
    key('localhost$'),
    key('a.b'),
    key('a$b.c$'),
    key('a.b$', 'prod'),
    'sk_test_abc',
    'pk_test_a_b',
    'pk_test_%%%',
  ]) {
    it(`"${text}" is refused, and the message says what to do`, () => {
      assert.throws(() => create(text), /publishableKey.*Copy it/);
    });
  }
  it('a secret key is not repeated in the message', () => {
    assert.throws(
      () => create('sk_live_verysecret'),
      (error: Error) => !error.message.includes('verysecret'),
    );
  });
});

describe('Instance', () => {
  const brave = 'pk_test_YnJhdmUtb3R0ZXItNy5jbGVyay5hY2NvdW50cy5kZXYk';
  const live = 'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k';
  const cases: { name: string; instance: Instance; api: string }[] = [
    { name: 'a hosted development key', instance: create(brave), api: 'https://brave-otter-7.clerk.accounts.dev/v1' },
    { name: 'a live key with a domain', instance: create(live, { domain: 'example.com' }), api: 'https://clerk.example.com/v1' },
    {
      name: 'a domain that has its prefix',
      instance: create(live, { domain: 'https://clerk.example.org' }),
      api: 'https://clerk.example.org/v1',
    },
    { name: 'the domain clerk.com', instance: create(live, { domain: 'clerk.com' }), api: 'https://clerk.clerk.com/v1' },
    {
      name: 'a development key, which ignores the domain',
      instance: create(brave, { domain: 'example.com' }),
      api: 'https://brave-otter-7.clerk.accounts.dev/v1',
    },
    { name: 'a proxy', instance: create(live, { proxyUrl: 'https://app.test/__clerk/' }), api: 'https://app.test/__clerk/v1' },
    { name: 'a proxy of the page', instance: create(live, { proxyUrl: '/__clerk' }), api: 'https://app.test/__clerk/v1' },
    { name: 'a proxy by function', instance: create(live, { proxyUrl: (url) => `${url.origin}/p` }), api: 'https://app.test/p/v1' },
    { name: 'a plain proxy', instance: create(brave, { proxyUrl: 'http://localhost:8787' }), api: 'http://localhost:8787/v1' },
    {
      name: 'a local key',
      instance: create(createPublishableKey({ instanceType: 'development', frontendApi: '127.0.0.1:4000' })),
      api: 'http://127.0.0.1:4000/v1',
    },
  ];
  for (const { name, instance, api } of cases) it(`${name} leads to ${api}`, () => assert.equal(instance.apiUrl, api));

  it('refuses a proxy that is no address', () => {
    assert.throws(() => create(live, { proxyUrl: 'app.test' }).apiUrl, /proxy URL "app.test"/);
  });
  it('knows who uses credentials in addresses', () => {
    assert.equal(create(brave).usesDevBrowser, true);
    assert.equal(create(key('127.0.0.1:4000$')).usesDevBrowser, true);
    assert.equal(create(key('127.0.0.1:4000$', 'live')).usesDevBrowser, false);
    assert.equal(create(key('clerk.example.com$')).usesDevBrowser, false);
    assert.equal(create(key('clerk.example.com$'), { proxyUrl: 'http://127.0.0.1:4000' }).usesDevBrowser, true);
    assert.equal(create(brave).portalHost, 'brave-otter-7.accounts.dev');
    assert.equal(create(live).portalHost, 'accounts.example.com');
  });
});
