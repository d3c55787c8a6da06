import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeUserAgent } from '../../../demo/server/present/user-agent.ts';

describe('describeUserAgent()', () => {
  for (const [userAgent, expected] of [
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
      ['Macintosh', false, 'Chrome', '126.0.0.0'],
    ],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0', ['Windows', false, 'Firefox', '127.0']],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      ['iPhone', true, 'Safari', '17.5'],
    ],
    ['', [null, false, null, null]],
  ] as const) {
    it(`reads ${userAgent.slice(0, 40) || 'nothing'}`, () => {
      assert.deepEqual(Object.values(describeUserAgent(userAgent)), expected);
    });
  }

  it('survives any text', () => {
    for (const text of ['<script>alert(1)</script>', '\u00ff'.repeat(512), '(((((', 'Mozilla/5.0']) {
      assert.equal(typeof describeUserAgent(text).is_mobile, 'boolean');
    }
  });
});
