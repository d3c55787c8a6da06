/** The numbers that others rely on, as they are without any setting (security.md, §3, by the rows of its table). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeAttempts, codeLifetime, createCode, pauseBeforeSending } from '../../../demo/server/domain/codes.ts';
import { lockoutRule, lockoutWarnings } from '../../../demo/server/domain/lockout.ts';
import { checkMetadata, parseMetadata } from '../../../demo/server/domain/metadata.ts';
import { createPasswordHasher, passwordProblems } from '../../../demo/server/domain/password.ts';
import { readSettings } from '../../../demo/server/settings.ts';

const settings = readSettings({}, 'production');
const minute = 60_000;

describe('fixed numbers', () => {
  it('N1: metadata has 8,192 bytes and 64 levels of each kind', () => {
    const ofBytes = (bytes: number) => ({ a: 'x'.repeat(bytes - '{"a":""}'.length) });
    checkMetadata({ public_metadata: ofBytes(8192), private_metadata: ofBytes(8192) });
    assert.throws(() => checkMetadata({ public_metadata: ofBytes(8193) }), /form_param_exceeds_allowed_size/);
    const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
    parseMetadata(nested(64), 'public_metadata');
    assert.throws(() => parseMetadata(nested(65), 'public_metadata'), /form_param_value_invalid/);
  });

  it('N2: metadata is an object, without U+0000, halves of pairs, numbers that change and __proto__', () => {
    for (const json of ['[]', '"x"', '{"a":"\\u0000"}', '{"a":"\\ud800"}', '{"a":9007199254740993}', '{"a":{"__proto__":1}}'])
      assert.throws(() => parseMetadata(json, 'public_metadata'), /form_param_value_invalid/, json);
    for (const json of ['{}', '{"constructor":1,"toString":2,"prototype":3}', '{"a":"𝄞","b":5e-324}'])
      parseMetadata(json, 'public_metadata');
  });

  it('N6: a password has 8 to 72 characters of any kind, and is neither a common one nor an identifier', () => {
    const codes = (password: string) =>
      passwordProblems(password, { rules: settings.password, identifiers: ['ann@example.com'] }).map(({ code }) => code);
    for (const password of ['        ', '🦊'.repeat(8), 'é'.repeat(72), 'quiet marble'] as const)
      assert.deepEqual(codes(password), [], password);
    assert.deepEqual(codes('🦊'.repeat(7)), ['form_password_length_too_short']);
    assert.deepEqual(codes('é'.repeat(73)), ['form_password_length_too_long']);
    assert.deepEqual(codes('PASSWORD123'), ['form_password_pwned']);
    assert.deepEqual(codes('Ann@Example.com'), ['form_password_matches_identifier']);
    assert.deepEqual(codes('half of \ud83d'), ['form_password_validation_failed']);
  });

  it('N7: a hash takes 19,456 KiB and two passes; four are made at once, 64 wait, and then it is 503', async () => {
    const hasher = createPasswordHasher();
    // Its first one is for nobody, and takes a place until it is done.
    await hasher.verify(null, 'x');
    assert.match(await hasher.hash('a good password'), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    const ends = await Promise.allSettled(Array.from({ length: 70 }, () => hasher.hash('x')));
    const refused = ends.flatMap((end) => (end.status === 'rejected' ? [(end.reason as { status?: number }).status] : []));
    assert.deepEqual(refused, [503, 503]);
  });

  it('N8: a code has six digits, ten minutes and three tries, and is sent every 30 seconds and ten times an hour at most', () => {
    const codes = Array.from({ length: 1000 }, createCode);
    for (const code of codes) assert.match(code, /^\d{6}$/);
    // Any of them: an end of 0.9 to the thousandth that one is missing by chance.
    for (let place = 0; place < 6; place++) assert.equal(new Set(codes.map((code) => code[place])).size, 10, `digit ${place + 1}`);
    assert.deepEqual([codeLifetime, codeAttempts], [10 * minute, 3]);
    assert.deepEqual([pauseBeforeSending([0], 0, 29_999), pauseBeforeSending([0], 0, 30_000)], [1, 0]);
    const sent = Array.from({ length: 10 }, (_item, index) => 10 - index);
    assert.deepEqual([pauseBeforeSending(sent.slice(1), undefined, 11), pauseBeforeSending(sent, undefined, 11)], [0, 60 * minute - 10]);
  });

  it('N10: ten failures lock for an hour, and the last three are warned of', () => {
    assert.deepEqual(lockoutRule(settings), { maxAttempts: 10, duration: 60 * minute });
    assert.deepEqual(
      [7, 8, 9, 10].map((failures) => lockoutWarnings(failures, settings).length),
      [0, 1, 1, 1],
    );
  });

  it('N11: rates are those of the hosted service, and off in a test instance', () => {
    const usual = {
      createSignIn: { requests: 5, window: 10 },
      createSignUp: { requests: 5, window: 10 },
      attempt: { requests: 3, window: 10 },
    };
    const userUpdate = { requests: 10, window: 10 };
    assert.deepEqual(settings.rateLimits, { ...usual, userUpdate, backendApi: { requests: 1000, window: 10 } });
    const test = readSettings({ rate_limits: 'hosted' }, 'development').rateLimits;
    assert.deepEqual(test, { ...usual, userUpdate, backendApi: { requests: 100, window: 10 } });
    assert.equal(readSettings({}, 'development').rateLimits, 'off');
  });
});
