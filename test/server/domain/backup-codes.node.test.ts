import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createBackupCodes, hashBackupCode } from '../../../demo/server/domain/backup-codes.ts';

describe('createBackupCodes()', () => {
  it('makes ten different ones, of characters that are not taken for one another', () => {
    const codes = createBackupCodes();
    assert.equal(new Set(codes).size, 10);
    for (const code of codes) assert.match(code, /^[a-hjkmnp-z2-9]{10}$/);
  });

  it('uses every character', () => {
    const seen = new Set(Array.from({ length: 100 }, createBackupCodes).flat().join(''));
    assert.equal(seen.size, 31);
  });
});

describe('hashBackupCode()', () => {
  const key = Buffer.alloc(32, 1);
  const hash = hashBackupCode(key, 'user_1', 'abcde23456');

  it('is the same however the code is written', () => {
    for (const spelling of ['ABCDE23456', ' abcde-23456 ', 'abcde\u00a023456', 'ａｂｃｄｅ23456']) {
      assert.deepEqual(hashBackupCode(key, 'user_1', spelling), hash, spelling);
    }
  });

  it('is another one for another user, key or code', () => {
    assert.notDeepEqual(hashBackupCode(key, 'user_2', 'abcde23456'), hash);
    assert.notDeepEqual(hashBackupCode(Buffer.alloc(32, 2), 'user_1', 'abcde23456'), hash);
    assert.notDeepEqual(hashBackupCode(key, 'user_1', 'abcde23457'), hash);
  });
});
