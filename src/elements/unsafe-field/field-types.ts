/** The types of `<clerk-unsafe-field>`: one row each. A further type is a further row. */

/** A value as metadata holds it; `null` removes the key. */
export type FieldValue = string | number | boolean | null;

/**
 * What is special about a type. Controls speak text, metadata speaks JSON; a checkbox says `true` or nothing.
 */
export interface FieldType {
  /** The native control; `input` with {@link FieldType.inputType}. */
  control: 'input' | 'select';
  /** Its `type` attribute. */
  inputType: string;
  /** The control reports a change for every key that makes a valid value (the year 0002 on the way to 2000). */
  changesWhileTyping?: true;
  /** The text that shows a stored value, `''` for none; `undefined` where this type cannot show it. */
  toText(value: unknown): string | undefined;
  /** What a text of the control means. */
  toValue(text: string): FieldValue;
}

const isNone = (value: unknown) => value === undefined || value === null;

/** Any stored value as text: what another program has put there is shown as it is. */
const plainText = (value: unknown): string => {
  if (isNone(value)) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const text: FieldType = {
  control: 'input',
  inputType: 'text',
  toText: plainText,
  toValue: (typed) => typed || null,
};

/** A number as `<input type=number>` takes it (HTML, "valid floating-point number"). */
const numberText = /^-?(\d+|\d*\.\d+)(e[+-]?\d+)?$/i;

const types = new Map<string, FieldType>([
  ['text', text],
  [
    'date',
    {
      ...text,
      inputType: 'date',
      changesWhileTyping: true,
      toText: (value) => (isNone(value) || /^\d{4,}-\d\d-\d\d$/.test(plainText(value)) ? plainText(value) : undefined),
    },
  ],
  [
    'number',
    {
      ...text,
      inputType: 'number',
      toText: (value) => (isNone(value) || numberText.test(plainText(value)) ? plainText(value) : undefined),
      toValue: (typed) => (typed === '' ? null : Number(typed)),
    },
  ],
  [
    'checkbox',
    {
      ...text,
      inputType: 'checkbox',
      toText: (value) => (isNone(value) || typeof value === 'boolean' ? String(value === true || '') : undefined),
      toValue: (typed) => typed === 'true',
    },
  ],
  ['select', { ...text, control: 'select' }],
]);

/** The type called `name`; an unknown one is `text`, as in `<input>`. */
export const fieldType = (name: string | null | undefined): FieldType => types.get(name?.toLowerCase() ?? '') ?? text;
