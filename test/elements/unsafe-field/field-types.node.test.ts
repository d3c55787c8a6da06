import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fieldType } from '../../../src/elements/unsafe-field/field-types.ts';

/** Type, stored value, the text that shows it (`undefined`: cannot be shown), and what that text would be saved as. */
const table: [string, unknown, string | undefined, unknown?][] = [
  ['text', 'Jane', 'Jane', 'Jane'],
  ['text', undefined, '', null],
  ['text', null, '', null],
  ['text', 12, '12', '12'],
  ['text', { a: [1] }, '{"a":[1]}', '{"a":[1]}'],
  ['text', '<b>', '<b>', '<b>'],
  ['date', '2000-01-01', '2000-01-01', '2000-01-01'],
  ['date', undefined, '', null],
  ['date', '01-01-2000', undefined],
  ['date', 946684800000, undefined],
  ['number', 3, '3', 3],
  ['number', 0, '0', 0],
  ['number', -0.5, '-0.5', -0.5],
  ['number', 1e21, '1e+21', 1e21],
  ['number', '4', '4', 4],
  ['number', undefined, '', null],
  ['number', 'four', undefined],
  ['number', true, undefined],
  ['checkbox', true, 'true', true],
  ['checkbox', false, '', false],
  ['checkbox', undefined, '', false],
  ['checkbox', 'yes', undefined],
  ['select', 'large', 'large', 'large'],
  ['select', undefined, '', null],
];

describe('fieldType()', () => {
  for (const [name, stored, text, value] of table) {
    it(`${name}: ${JSON.stringify(stored) ?? 'nothing'} ${text === undefined ? 'cannot be shown' : `is "${text}"`}`, () => {
      const type = fieldType(name);
      assert.equal(type.toText(stored), text);
      if (text !== undefined) assert.equal(type.toValue(text), value);
    });
  }

  it('takes an unknown type, or none, for text', () => {
    for (const name of ['telepathy', '', null, undefined, 'constructor']) assert.equal(fieldType(name), fieldType('text'));
  });

  it('reads the name of a type in any case', () => {
    assert.equal(fieldType('DATE'), fieldType('date'));
  });
});
