import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { open, seal } from '../../demo/server/seal.ts';

describe('seal()', () => {
  const key = Buffer.alloc(32, 1);

  it('is opened by the same key for the same thing', () => {
    for (const text of ['', 'GEZDGNBVGY3TQOJQ', 'größer 🗝']) assert.equal(open(key, seal(key, text, 'user_1'), 'user_1'), text);
  });

  it('never looks the same, and shows nothing of the text', () => {
    const [one, other] = [seal(key, 'GEZDGNBVGY3TQOJQ'), seal(key, 'GEZDGNBVGY3TQOJQ')];
    assert.notDeepEqual(one, other);
    assert.ok(!one.includes('GEZD'));
  });

  it('opens neither with another key, nor for another thing, nor with one bit changed', () => {
    const sealed = seal(key, 'GEZDGNBVGY3TQOJQ', 'user_1');
    assert.throws(() => open(Buffer.alloc(32, 2), sealed, 'user_1'));
    assert.throws(() => open(key, sealed, 'user_2'));
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      assert.throws(() => open(key, changed, 'user_1'));
    }
    assert.throws(() => open(key, sealed.subarray(0, 20), 'user_1'));
  });
});
