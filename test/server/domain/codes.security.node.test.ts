import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCode, hashCode, pauseBeforeSending, resendPause, sendLimit, sendWindow } from '../../../demo/server/domain/codes.ts';

describe('C3: createCode()', () => {
  it('gives six digits, with leading zeros', () => {
    const codes = Array.from({ length: 20_000 }, createCode);
    assert.ok(codes.every((code) => /^\d{6}$/.test(code)));
    assert.ok(codes.some((code) => code.startsWith('0')));
  });

  it('gives every first digit equally often', () => {
    const counts = Array<number>(10).fill(0);
    for (let index = 0; index < 50_000; index++) counts[Number(createCode()[0])]! += 1;
    // Chi-square with 9 degrees of freedom: 40 has a probability below 0.00001.
    const distance = counts.reduce((sum, count) => sum + (count - 5_000) ** 2 / 5_000, 0);
    assert.ok(distance < 40, counts.join());
  });
});

describe('C3: hashCode()', () => {
  it('depends on the key, the verification and the code', () => {
    const key = Buffer.alloc(32, 1);
    const hash = hashCode(key, 'ver_1', '000000').toString('hex');
    assert.equal(hashCode(key, 'ver_1', '000000').toString('hex'), hash);
    assert.notEqual(hashCode(key, 'ver_2', '000000').toString('hex'), hash);
    assert.notEqual(hashCode(key, 'ver_1', '000001').toString('hex'), hash);
    assert.notEqual(hashCode(Buffer.alloc(32, 2), 'ver_1', '000000').toString('hex'), hash);
  });
});

describe('C3: pauseBeforeSending()', () => {
  const now = 1_000_000_000;

  it('lets the first code go at once', () => {
    assert.equal(pauseBeforeSending([], undefined, now), 0);
  });

  it('asks for 30 seconds between two sends of the same code', () => {
    assert.equal(pauseBeforeSending([now - 1_000], now - 1_000, now), resendPause - 1_000);
    assert.equal(pauseBeforeSending([now - resendPause], now - resendPause, now), 0);
  });

  it('allows ten an hour, and the next one when the oldest of them is an hour old', () => {
    const sent = Array.from({ length: sendLimit }, (_, index) => now - (index + 1) * 60_000);
    assert.equal(pauseBeforeSending(sent.slice(1), undefined, now), 0);
    assert.equal(pauseBeforeSending(sent, undefined, now), sendWindow - sendLimit * 60_000);
  });
});
