import { expect } from '@open-wc/testing';
import { fieldType } from '../../../src/elements/unsafe-field/field-types.ts';
import type { FieldType } from '../../../src/elements/unsafe-field/field-types.ts';
import { kindOf } from '../../../src/elements/unsafe-field/more-fields.ts';
import type { FieldHost } from '../../../src/elements/unsafe-field/more-fields.ts';

/** A field with two options of the page. */
const fieldWith = (attributes: object = {}): FieldHost => {
  const element = document.createElement('div');
  for (const value of ['small', 'large']) element.append(new Option(value, value));
  return Object.assign(element, { renderRoot: document.createElement('div'), ...attributes }) as unknown as FieldHost;
};

/** Type, stored value, the text that shows it (`undefined`: cannot be shown), and what that text would be saved as. */
const table: [string, unknown, string | undefined, unknown?][] = [
  ['text', 'Jane', 'Jane', 'Jane'],
  ['text', undefined, '', null],
  ['text', null, '', null],
  ['text', 12, '12', '12'],
  ['text', { a: [1] }, '{"a":[1]}', '{"a":[1]}'],
  ['text', '<b>', '<b>', '<b>'],
  ['text', 'two\nlines', undefined],
  ['email', 'Jane@example.com', 'Jane@example.com', 'Jane@example.com'],
  ['url', 'https://example.com/a', 'https://example.com/a', 'https://example.com/a'],
  ['tel', '+49 30 1234', '+49 30 1234', '+49 30 1234'],
  ['date', '2000-01-01', '2000-01-01', '2000-01-01'],
  ['date', undefined, '', null],
  ['date', '01-01-2000', undefined],
  ['date', '2000-02-30', undefined],
  ['date', 946684800000, undefined],
  ['time', '09:30', '09:30', '09:30'],
  ['time', '9.30', undefined],
  ['datetime-local', '2000-01-01T09:30', '2000-01-01T09:30', '2000-01-01T09:30'],
  ['datetime-local', '2000-01-01T09:30:00Z', undefined],
  ['color', '#ff8800', '#ff8800', '#ff8800'],
  ['color', '#FF8800', '#FF8800', '#FF8800'],
  ['color', undefined, '', null],
  ['color', 'orange', undefined],
  ['number', 3, '3', 3],
  ['number', 0, '0', 0],
  ['number', -0.5, '-0.5', -0.5],
  ['number', 1e21, '1e+21', 1e21],
  ['number', '4', '4', 4],
  ['number', undefined, '', null],
  ['number', 'four', undefined],
  ['number', true, undefined],
  ['range', 40, '40', 40],
  ['range', undefined, '', null],
  ['range', 400, undefined],
  ['checkbox', true, 'true', true],
  ['checkbox', false, '', false],
  ['checkbox', undefined, '', false],
  ['checkbox', 'yes', undefined],
  ['switch', true, 'true', true],
  ['switch', 1, undefined],
  ['select', 'large', 'large', 'large'],
  ['select', undefined, '', null],
  ['select', 'huge', undefined],
  ['textarea', 'two\nlines', 'two\nlines', 'two\nlines'],
  ['radio', 'small', 'small', 'small'],
  ['radio', undefined, '', null],
  ['radio', 'huge', undefined],
  ['tags', ['a', 'b'], '["a","b"]', ['a', 'b']],
  ['tags', [], '', null],
  ['tags', undefined, '', null],
  ['tags', ['a', 1], undefined],
  ['tags', 'a', undefined],
  ['json', { a: [1, null] }, '{\n  "a": [\n    1,\n    null\n  ]\n}', { a: [1, null] }],
  ['json', false, 'false', false],
  ['json', undefined, '', null],
];

const typeNamed = (type: string): FieldType => kindOf(fieldWith({ type }), fieldType);
const textOf = (type: FieldType, value: unknown, attributes?: object) => type.toText(value, fieldWith(attributes) as never);

describe('types of fields', () => {
  for (const [name, stored, text, value] of table) {
    it(`${name}: ${JSON.stringify(stored) ?? 'nothing'} ${text === undefined ? 'cannot be shown' : `is ${JSON.stringify(text)}`}`, () => {
      const type = typeNamed(name);
      expect(textOf(type, stored)).to.equal(text);
      if (text !== undefined) expect(type.toValue(text)).to.deep.equal(value);
    });
  }

  it('range: within the limits of the page', () => {
    const limits = { min: '0', max: '1000', step: '0.5' };
    expect(textOf(typeNamed('range'), 400.5, limits)).to.equal('400.5');
    expect(textOf(typeNamed('range'), 400.2, limits)).to.equal(undefined);
  });

  it('takes an unknown type, or none, for text', () => {
    for (const name of ['telepathy', '', undefined, 'constructor']) expect(typeNamed(name!).inputType).to.equal('text');
  });

  it('reads the name of a type in any case', () => {
    expect(fieldType('DATE')).to.equal(fieldType('date'));
  });

  describe('json', () => {
    const problem = (text: string) => typeNamed('json').problemWith!(text);

    for (const [text, said] of [
      ['{"a":', /^This is not valid JSON\. ./],
      ['{"__proto__": 1}', /must not have a key "__proto__"/],
      ['{"a": {"b": null}}', /cannot be null/],
      ['1e999', /cannot be stored: it holds a number/],
      [`${'['.repeat(70)}${']'.repeat(70)}`, /must not be nested deeper/],
    ] as const) {
      it(`refuses ${text.slice(0, 20)}`, () => {
        expect(problem(text)).to.match(said);
      });
    }

    for (const text of ['', ' ', 'null', '[null]', '{"toString": 1, "constructor": {}}']) {
      it(`takes "${text}"`, () => {
        expect(problem(text)).to.equal(undefined);
      });
    }

    it('removes members that are gone, by its merge patch', () => {
      const { toPatch } = typeNamed('json');
      expect({ ...(toPatch!({ a: 1 }, { a: 2, b: 3 }) as object) }).to.deep.equal({ a: 1, b: null });
      expect(toPatch!(['x'], { a: 2 })).to.deep.equal(['x']);
      expect({ ...(toPatch!({ a: 1 }, 'text') as object) }).to.deep.equal({ a: 1 });
    });
  });
});
