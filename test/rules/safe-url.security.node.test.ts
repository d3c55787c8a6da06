import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { safeUrl } from '../../src/rules/safe-url.ts';

describe('B2: safeUrl()', () => {
  for (const [value, expected] of [
    ['https://example.com', 'https://example.com/'],
    ['http://example.com/a b', 'http://example.com/a%20b'],
    ['HTTPS://EXAMPLE.com/', 'https://example.com/'],
    [' https://example.com/ ', 'https://example.com/'],
  ] as const) {
    it(`takes ${JSON.stringify(value)}, as the parser spells it`, () => {
      assert.equal(safeUrl(value), expected);
    });
  }

  for (const value of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0000javascript:alert(1)',
    '\u0001javascript:alert(1)',
    'javascript://example.com/%0aalert(1)',
    'vbscript:x',
    'data:text/html,<script>alert(1)</script>',
    'data:image/svg+xml,<svg onload="alert(1)">',
    'data:image/png,x',
    'blob:https://example.com/1',
    'file:///etc/passwd',
    'filesystem:https://example.com/x',
    'about:blank',
    'ftp://example.com/',
    'mailto:a@example.com',
    'intent://x',
    'https://',
    'example.com',
    '/path',
    '',
    null,
    undefined,
    7,
    {},
    ['https://example.com'],
  ]) {
    it(`refuses ${JSON.stringify(value) ?? 'undefined'} as a link`, () => {
      assert.equal(safeUrl(value), undefined);
    });
  }

  for (const [value, expected] of [
    ['data:image/png;base64,AAAA', true],
    ['data:image/jpeg;base64,AAAA', true],
    ['data:image/webp;base64,AAAA', true],
    ['data:image/gif;base64,AAAA', true],
    ['DATA:image/png;base64,AAAA', true],
    ['data:image/svg+xml;base64,AAAA', false],
    ['data:image/pngx,AAAA', false],
    ['data:text/html,x', false],
    ['data:,image/png', false],
    ['javascript:alert(1)', false],
    ['blob:https://example.com/1', false],
  ] as const) {
    it(`${expected ? 'takes' : 'refuses'} ${value} as a picture`, () => {
      assert.equal(safeUrl(value, 'image') !== undefined, expected);
    });
  }

  it('resolves relative addresses where there is a base', () => {
    assert.equal(safeUrl('/a', 'link', 'https://example.com/b'), 'https://example.com/a');
    assert.equal(safeUrl('javascript:alert(1)', 'link', 'https://example.com/b'), undefined);
  });
});
