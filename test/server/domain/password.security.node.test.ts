import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPasswordHasher, importPasswordDigest, passwordProblems } from '../../../demo/server/domain/password.ts';
import { readSettings } from '../../../demo/server/settings.ts';

const hasher = createPasswordHasher();

describe('C1, C2: createPasswordHasher()', () => {
  it('stores argon2id with the parameters of security.md, salted afresh each time', async () => {
    const [one, other] = await Promise.all([hasher.hash('same password'), hasher.hash('same password')]);
    assert.match(one ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    assert.notEqual(one, other);
  });

  it('cuts nothing off', async () => {
    const start = 'x'.repeat(72);
    const stored = await hasher.hash(`${start}1`);
    assert.equal(await hasher.verify(stored, `${start}1`), true);
    for (const other of [`${start}2`, start, `${start}1 `, ` ${start}1`]) assert.equal(await hasher.verify(stored, other), false, other);
    const emoji = '🦊'.repeat(64);
    assert.equal(await hasher.verify(await hasher.hash(emoji), '🦊'.repeat(63)), false);
    assert.equal(await hasher.verify(await hasher.hash('with\0nul'), 'with'), false);
  });

  it('takes composed and decomposed spelling for the same, and case for another', async () => {
    const stored = await hasher.hash('Crème brûlée'.normalize('NFC'));
    assert.equal(await hasher.verify(stored, 'Crème brûlée'.normalize('NFD')), true);
    assert.equal(await hasher.verify(stored, 'crème brûlée'), false);
  });

  it('refuses ill-formed text, and what is longer than any password', async () => {
    const stored = await hasher.hash('a good password');
    for (const bad of ['\ud83d', 'x'.repeat(1_000_000)]) assert.equal(await hasher.verify(stored, bad), false);
  });

  it('says no where there is nothing to compare with', async () => {
    assert.equal(await hasher.verify(null, 'nobody has this password'), false);
  });

  it('checks a peppered hash with that pepper only', async () => {
    const peppered = createPasswordHasher('pepper one');
    const stored = await peppered.hash('a good password');
    assert.match(stored, /^[0-9a-f]{8}\$argon2id/);
    assert.ok(!stored.includes('pepper'));
    assert.equal(await peppered.verify(stored, 'a good password'), true);
    for (const other of [hasher, createPasswordHasher('pepper two')]) assert.equal(await other.verify(stored, 'a good password'), false);
  });

  it('checks an imported digest with and without a pepper of its own', async () => {
    const stored = importPasswordDigest(await hasher.hash('a good password'));
    assert.ok(stored);
    for (const some of [hasher, createPasswordHasher('pepper')]) {
      assert.equal(await some.verify(stored, 'a good password'), true);
      assert.equal(await some.verify(stored, 'another password'), false);
    }
  });

  it('does a few at a time and refuses when too many wait', async () => {
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => hasher.verify(null, 'x')));
    const refused = results.filter(({ status }) => status === 'rejected');
    assert.equal(refused.length, 100 - 4 - 64);
    assert.ok(refused.every((result) => result.status === 'rejected' && (result.reason as { status?: number }).status === 503));
  });
});

describe('C5: createPasswordHasher()', () => {
  it('takes its time for somebody who has no password, too', async () => {
    const stored = await hasher.hash('a good password');
    const time = async (compared: string | null) => {
      const began = performance.now();
      await hasher.verify(compared, 'another password');
      return performance.now() - began;
    };
    const ratios: number[] = [];
    for (let round = 0; round < 7; round++) ratios.push((await time(null)) / (await time(stored)));
    // The median, on a machine that may be busy; without a dummy hash it is near 0.
    assert.ok(ratios.sort((a, b) => a - b)[3]! > 0.3, ratios.join());
  });
});

describe('C2: passwordProblems()', () => {
  const rules = readSettings({}, 'development').password;
  const codes = (password: string, more: Partial<typeof rules> = {}, identifiers: string[] = []) =>
    passwordProblems(password, { rules: { ...rules, ...more }, identifiers }).map(({ code }) => code);

  it('counts characters, not bytes or halves', () => {
    assert.deepEqual(codes('🦊🐻🐼🐨🐯🦁🐮🐷'), []);
    assert.deepEqual(codes('🦊🐻🐼🐨🐯🦁🐮'), ['form_password_length_too_short']);
    assert.deepEqual(codes('🦊'.repeat(72)), []);
    assert.deepEqual(codes('🦊'.repeat(73)), ['form_password_length_too_long']);
  });

  it('applies each rule of the settings', () => {
    const all = { requireUppercase: true, requireLowercase: true, requireNumbers: true, requireSpecialCharacter: true };
    assert.deepEqual(codes('Zw8!vkqpt', all), []);
    assert.deepEqual(codes('         ', all), [
      'form_password_no_uppercase',
      'form_password_no_lowercase',
      'form_password_no_number',
      'form_password_no_special_char',
    ]);
  });

  it('refuses common ones and the user’s own identifiers, in any spelling', () => {
    assert.deepEqual(codes('Password1'), ['form_password_pwned']);
    assert.deepEqual(codes('ANN@example.com ', {}, ['ann@example.com']), ['form_password_matches_identifier']);
  });

  it('refuses halves of characters', () => assert.deepEqual(codes('abcdefgh\ud83d'), ['form_password_validation_failed']));
});
