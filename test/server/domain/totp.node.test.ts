import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTotpSecret, findStep, parseTotpSecret, totpUri } from '../../../demo/server/domain/totp.ts';
import { appCode } from '../../support/authenticator-app.ts';

/** `12345678901234567890` in base32: the secret of RFC 6238, appendix B. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('findStep()', () => {
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ] as [seconds: number, code: string][]) {
    it(`knows the code of RFC 6238 at ${seconds} s`, () => {
      assert.equal(findStep(secret, code, seconds * 1000), Math.floor(seconds / 30));
      assert.equal(appCode(secret, seconds * 1000), code);
    });
  }

  it('says which step a code is of, one to either side', () => {
    const now = 1_700_000_010_000;
    const here = Math.floor(now / 30_000);
    for (const steps of [-1, 0, 1]) assert.equal(findStep(secret, appCode(secret, now + steps * 30_000), now), here + steps);
    for (const steps of [-2, 2]) assert.equal(findStep(secret, appCode(secret, now + steps * 30_000), now), undefined);
  });

  for (const text of ['', '28708', '2870820', '287 0821', '28708x', '٢٨٧٠٨٢', '２８７０８２', '-287082', '287082.0', '0x4616a']) {
    it(`finds none for ${JSON.stringify(text)}`, () => {
      assert.equal(findStep(secret, text, 59_000), undefined);
    });
  }
});

describe('createTotpSecret()', () => {
  it('makes 160 bits, never the same twice', () => {
    const secrets = new Set(Array.from({ length: 100 }, createTotpSecret));
    assert.equal(secrets.size, 100);
    for (const text of secrets) assert.match(text, /^[A-Z2-7]{32}$/);
  });
});

describe('parseTotpSecret()', () => {
  it('takes base32 as it is written elsewhere', () => {
    assert.equal(parseTotpSecret('gezd gnbv-gy3t qojq'), 'GEZDGNBVGY3TQOJQ');
    assert.equal(parseTotpSecret(`${secret}====`), secret);
  });

  for (const text of ['', 'GEZDGNBV', 'GEZDGNBVGY3TQOJ1', 'GEZDGNBVGY3TQOJ\u0131', 'A'.repeat(257)]) {
    it(`refuses ${JSON.stringify(text.slice(0, 20))}`, () => {
      assert.equal(parseTotpSecret(text), undefined);
    });
  }
});

describe('totpUri()', () => {
  it('says to the app what it needs, and nothing in it can be taken for something else', () => {
    const uri = new URL(totpUri({ secret, issuer: 'Tea & Co.?', account: 'ann+1@example.com&secret=X' }));
    assert.deepEqual([uri.protocol, uri.host], ['otpauth:', 'totp']);
    assert.equal(decodeURIComponent(uri.pathname), '/Tea & Co.?:ann+1@example.com&secret=X');
    assert.deepEqual(Object.fromEntries(uri.searchParams), {
      issuer: 'Tea & Co.?',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});
