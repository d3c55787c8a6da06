/** One person, one spelling, and nothing in it that a mail header would take for its end (security.md, C9). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  normalizeEmailAddress,
  normalizeIdentifier,
  normalizePhoneNumber,
  parseUsername,
} from '../../../demo/server/domain/identifiers.ts';

const normalized = (text: string) => normalizeEmailAddress(text)?.normalized;

describe('C9: email addresses', () => {
  const spellings: [text: string, same: string][] = [
    ['ann@example.com', 'ann@example.com'],
    ['  Ann@Example.COM\n', 'ann@example.com'],
    ['ann＠example.com', 'ann@example.com'],
    ['ａｎｎ@ｅxample．com', 'ann@example.com'],
    ['ANN@EXAMPLE。COM', 'ann@example.com'],
    ['Zoë@example.com'.normalize('NFD'), 'zoë@example.com'],
    ['ﬁna@example.com', 'fina@example.com'],
    ['K@example.com', 'k@example.com'],
    ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
    ['ann@xn--bcher-kva.example', 'ann@xn--bcher-kva.example'],
    ['ann@BÜCHER.example', 'ann@xn--bcher-kva.example'],
  ];
  for (const [text, same] of spellings) {
    it(`take ${JSON.stringify(text)} for ${same}`, () => assert.equal(normalized(text), same));
  }

  it('come to rest: what is normalised stays as it is', () => {
    for (const text of [
      ...spellings.map(([each]) => each),
      'İnci@example.com',
      'ŞEYDA@example.com',
      'ΣΟΦΟΣ@example.com',
      'ẞ@example.com',
    ]) {
      const once = normalized(text) ?? '';
      assert.equal(normalized(once), once, text);
    }
  });

  it('tell letters apart that only look alike', () => {
    const alike = ['ann@example.com', 'аnn@example.com', 'ann@exаmple.com', 'annı@example.com', 'anni@example.com', 'ann@examp1e.com'];
    assert.equal(new Set(alike.map(normalized)).size, alike.length);
    for (const text of alike) assert.match(normalized(text)?.split('@')[1] ?? '', /^[a-z0-9.-]+$/, 'the domain is ASCII');
  });

  const refused = [
    ...[
      '',
      '@',
      'ann',
      'ann@',
      '@example.com',
      'ann@example',
      'ann@@example.com',
      'a@b@example.com',
      'ann@example..com',
      'ann@-example.com',
    ],
    ...[
      'ann\r\nBcc: eve@example.com',
      'ann@example.com\r\nBcc: eve@example.com',
      'ann\n@example.com',
      'ann@exam\tple.com',
      'ann\0@example.com',
    ],
    ...['ann\u2028@example.com', 'ann\u0085@example.com', 'ann\u202e@example.com', 'ann\u200b@example.com', 'ann\ud83d@example.com'],
    ...[
      '"ann"@example.com',
      '<ann@example.com>',
      'Ann <ann@example.com>',
      'ann@example.com,eve@example.com',
      'ann@example.com eve@example.com',
    ],
    ...[
      'ann@[127.0.0.1]',
      'ann@127.0.0.1',
      '.ann@example.com',
      'ann.@example.com',
      'a..n@example.com',
      'ann(x)@example.com',
      'ann:@example.com',
    ],
    ...[`${'a'.repeat(65)}@example.com`, `ann@${'a'.repeat(64)}.com`, `ann@${'a.'.repeat(130)}com`, 'ann@example.com%0d%0aBcc:x'],
    // A URL would be read so that these are example.com.
    ...[
      'ann@exam\nple.com',
      'ann@ex%61mple.com',
      'ann@example.com/eve',
      'ann@example.com?eve',
      'ann@example.com#eve',
      'ann@example.com:25',
    ],
    ...['ann@exam\u00adple.com', 'ann@exam\u200bple.com', 'ann@example.com\\eve'],
  ];
  for (const text of refused) {
    it(`refuse ${JSON.stringify(text.slice(0, 60))}`, () => assert.equal(normalized(text), undefined));
  }
});

describe('C9: usernames and phone numbers', () => {
  it('know one spelling of each', () => {
    for (const text of ['ann_lee', ' Ann_Lee ', 'ａｎｎ_lee', 'ANN_LEE\n'])
      assert.deepEqual(normalizeIdentifier(text), { username: 'ann_lee' });
    for (const text of ['+1 415 555 0132', '+1-415-555-0132', '＋1 (415) 555 0132', ' +14155550132\n'])
      assert.equal(normalizePhoneNumber(text), '+14155550132', text);
  });

  it('take no control character and no letter of another script', () => {
    for (const text of ['ann\0lee', 'ann\r\nlee', 'аnn_lee', 'annı_lee', 'ann lee', 'ann\u200blee', 'ann/../lee', "ann'--lee"])
      assert.throws(() => parseUsername(text), /form_username_invalid_character/, JSON.stringify(text));
    for (const text of [
      '+1415555013\r\n2',
      '+1 415 555 0132 ext. 7',
      '+1 415 555 0132;x',
      '+१४१५५५५०१३२x',
      'tel:+14155550132',
      '14155550132',
    ])
      assert.equal(normalizePhoneNumber(text), undefined, JSON.stringify(text));
  });
});
