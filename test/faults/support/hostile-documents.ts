/** Metadata as an attacker writes it, each with what a server has to make of it. */
import { inheritedNames } from '../../support/inherited-names.ts';

export interface HostileDocument {
  /** For people: what is the matter with it. */
  what: string;
  /** The JSON text, which may be none. */
  json: string;
  /**
   * `fits`: it may be stored, unless it is too large. `refused`: it may not, whatever its size. `broken`: it is no JSON.
   */
  verdict: 'fits' | 'refused' | 'broken';
}

type Random = () => number;
const whole = (random: Random, from: number, to: number) => from + Math.floor(random() * (to - from + 1));
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[whole(random, 0, items.length - 1)] as Item;
/** Small and large ones alike often. */
const spread = (random: Random, from: number, to: number) => Math.round(from * (to / from) ** random());

/** Levels of objects, of lists, or of both by turns; the root counts as one. */
function nested(random: Random, levels: number): string {
  const kind = pick(random, ['objects', 'lists', 'both']);
  const isList = (level: number) => level > 0 && (kind === 'lists' || (kind === 'both' && level % 2 === 1));
  const levelsOf = Array.from({ length: levels }, (_item, level) => isList(level));
  const open = levelsOf.map((list, level) => (list ? '[' : level === levels - 1 ? '{' : '{"a":'));
  return (
    open.join('') +
    levelsOf
      .map((list) => (list ? ']' : '}'))
      .reverse()
      .join('')
  );
}

/** What fills a text: as it is sent. */
const units = ['x', 'é', '€', '𝄞', '\\"', '\\\\', '\\u0001', '\\u00e9', '\\ud834\\udd1e', '\\/', '\\n'] as const;

const surround: ((value: string) => string)[] = [
  (value) => `{"a":${value}}`,
  (value) => `{"a":[1,${value}]}`,
  (value) => `{"a":{"b":[{"c":${value}}]}}`,
  (value) => ` {\n"a" :\t${value}\r\n} `,
];

const badTexts = ['\\u0000', 'x\\u0000y', '\\ud800', '\\udfff', '\\udc00\\ud800', '\\ud83d', 'a\\ude00b', '\\ud83d\\ud83d\\ude00'];
const badNumbers = [
  '9007199254740993',
  '0.10000000000000001',
  '1e999',
  '-1e400',
  '123456789012345678901',
  '1.00000000000000000001',
  '2e-400',
];
const goodNumbers = [
  '0',
  '-0',
  '1e5',
  '1.50',
  '5e-324',
  '1.7976931348623157e308',
  '9007199254740992',
  '-0.1',
  '1E+2',
  '100000000000000000000',
];
const noJson = [
  '{',
  '{"a":}',
  "{'a':1}",
  '{"a":NaN}',
  '{"a":01}',
  '{"a":1,}',
  '{"a":"\n"}',
  '{"a":1}{',
  '{"a":"\\x"}',
  'undefined',
  '﻿{}',
  '{"a":.5}',
];
const noObjects = ['[]', '1', 'true', '"text"', '[{"a":1}]', '"[]"', '-0.5'];

const kinds: ((random: Random) => HostileDocument)[] = [
  (random) => {
    const levels = pick(random, [() => whole(random, 60, 70), () => spread(random, 1, 100_000)])();
    return { what: `${levels} levels`, json: nested(random, levels), verdict: levels <= 64 ? 'fits' : 'refused' };
  },
  (random) => {
    const unit = pick(random, units);
    const bytes = Buffer.byteLength(JSON.stringify(JSON.parse(`"${unit}"`))) - 2;
    const size = pick(random, [() => whole(random, 8_100, 8_300), () => spread(random, 8_300, 1_000_000)])();
    return { what: `${size} bytes of ${unit}`, json: `{"a":"${unit.repeat(Math.ceil((size - 8) / bytes))}"}`, verdict: 'fits' };
  },
  (random) => {
    const count = spread(random, 100, 30_000);
    const members = Array.from({ length: count }, (_item, index) => `"${index.toString(36)}":0`);
    return { what: `${count} keys`, json: `{${members.join(',')}}`, verdict: 'fits' };
  },
  (random) => {
    const length = spread(random, 10, 100_000);
    return { what: `a key of ${length} characters`, json: `{"${'k'.repeat(length)}":1}`, verdict: 'fits' };
  },
  (random) => {
    const text = pick(random, badTexts);
    const json = random() < 0.3 ? `{"a":{"${text}":1}}` : pick(random, surround)(`"${text}"`);
    return { what: `the text ${text}`, json, verdict: 'refused' };
  },
  (random) => {
    const number = pick(random, [...badNumbers, `1${'0'.repeat(spread(random, 1, 100_000))}1`]);
    const isExact = Number.isFinite(Number(number)) && BigInt(Math.trunc(Number(number) || 0)).toString() === number;
    return { what: `the number ${number.slice(0, 40)}`, json: pick(random, surround)(number), verdict: isExact ? 'fits' : 'refused' };
  },
  (random) => ({ what: 'an exact number', json: pick(random, surround)(pick(random, goodNumbers)), verdict: 'fits' }),
  (random) => {
    // The last one counts.
    const first = pick(random, ['1', '"\\u0000"', '1e999', '{"b":1}', nested(random, 3)]);
    return { what: `twice the same key, first ${first}`, json: `{"a":${first},"a":2}`, verdict: 'fits' };
  },
  (random) => {
    const name = pick(random, inheritedNames);
    return { what: `the key ${name}`, json: `{"${name}":{"${pick(random, inheritedNames)}":[1]}}`, verdict: 'fits' };
  },
  (random) => {
    const name = pick(random, ['__proto__', '\\u005f_proto__', '__pr\\u006fto__']);
    const json = pick(random, [`{"${name}":{"polluted":true}}`, `{"a":[{"b":{"${name}":1}}]}`, `{"constructor":{"${name}":{}}}`]);
    return { what: `the key ${name}`, json, verdict: 'refused' };
  },
  (random) => ({ what: 'no object', json: pick(random, noObjects), verdict: 'refused' }),
  (random) => ({ what: 'no JSON', json: pick(random, noJson), verdict: 'broken' }),
];

/** The next one. */
export const hostileDocument = (random: Random): HostileDocument => pick(random, kinds)(random);
