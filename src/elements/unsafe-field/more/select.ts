/** `type="select"`: a native select with the page's options. With `multiple` its value is an array, and its text is the array as JSON. */
import { classNames, html, nothing } from '../../shared.ts';
import type { FieldType, FieldValue } from '../field-types.ts';
import { structured } from './json.ts';
import { optionsOf, optionText } from './options.ts';

/** An array of texts as JSON, `''` for none; `undefined` where it is none. */
export function listText(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return undefined;
  return value.length ? JSON.stringify(value) : '';
}

/** The array in a text. */
export const listOf = (text: string): string[] => (text ? (JSON.parse(text) as string[]) : []);

/** An empty array is no value. */
export const listValue = (text: string): FieldValue => (text ? listOf(text) : null);

const optionsIn = (control: unknown) => [...(control as HTMLSelectElement).options];

export const select: Partial<FieldType> = {
  inputType: 'select',
  toText: (value, field) => optionText(value, optionsOf(field)),
  drawControl({ frame: { id, name }, field }) {
    const options = optionsOf(field);
    // Without an empty option the browser would show the first one as if it were chosen, and nothing could be unchosen.
    const isComplete = options.some(({ value }) => value === '');
    return html`<select id=${id} class=${classNames('formFieldInput', name)}>
      ${isComplete ? nothing : html`<option value="">${field.placeholder ?? ''}</option>`} ${options.map(optionTemplate)}
    </select>`;
  },
  writeDefault(control, text) {
    for (const option of optionsIn(control)) option.defaultSelected = option.value === text;
  },
};

const optionTemplate = ({ value, label, disabled }: HTMLOptionElement) =>
  html`<option value=${value} ?disabled=${disabled}>${label}</option>`;

export const multiple: Partial<FieldType> = {
  ...structured,
  toText(value, field) {
    const text = listText(value);
    const options = optionsOf(field);
    return text && !listOf(text).every((item) => optionText(item, options)) ? undefined : text;
  },
  toValue: listValue,
  drawControl: ({ frame: { id, name }, field }) =>
    html`<select id=${id} class=${classNames('formFieldInput', name)} multiple>
      ${optionsOf(field).map(optionTemplate)}
    </select>`,
  readText: (control) =>
    listText(
      optionsIn(control)
        .filter(({ selected }) => selected)
        .map(({ value }) => value),
    ) ?? '',
  writeText(control, text) {
    const chosen = listOf(text);
    for (const option of optionsIn(control)) option.selected = chosen.includes(option.value);
  },
  writeDefault(control, text) {
    const chosen = listOf(text);
    for (const option of optionsIn(control)) option.defaultSelected = chosen.includes(option.value);
  },
};
