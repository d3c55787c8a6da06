/** The types of `<clerk-unsafe-field>`: one row each. A further type is a further row, here or in `more/`. */
import type { TemplateResult } from 'lit';
import { checkboxFrame, fieldFrame } from '../shared.ts';
import { controlTemplate, readText, setAttributes, writeDefault, writeText } from './control.ts';
import type { Constraints, Control } from './control.ts';
import type { Checked, FieldView } from './field-view.ts';

/** A value as metadata holds it; `null` removes the key. */
export type FieldValue = string | number | boolean | null | FieldValue[] | { [key: string]: FieldValue };

/**
 * What is special about a type. Controls speak text, metadata speaks JSON; a checkbox says `true` or nothing.
 */
export interface FieldType {
  /** The native control: the tag, or the `type` of an `<input>`. */
  inputType: string;
  /** The control reports a change for every key that makes a valid value (the year 0002 on the way to 2000). */
  changesWhileTyping?: true;
  /** The text that shows a stored value, `''` for none; `undefined` where this type cannot show it. */
  toText(value: unknown, field: HTMLElement & Constraints): string | undefined;
  /** What a text of the control means. */
  toValue(text: string): FieldValue;
  /** What a text has against it that the native control does not know of. */
  problemWith?(text: string): string | undefined;
  /** What the page's schema says of a value. */
  checkValue?(value: FieldValue): Promise<Checked>;
  /** What stands for `value` in the merge patch that leads to it from a stored value. */
  toPatch(value: FieldValue, stored: unknown): unknown;
  /** Whether a value is what is stored. */
  isSame(value: FieldValue, stored: unknown): boolean;
  drawControl(view: FieldView): TemplateResult;
  /** The native control of a type. */
  drawNative(type: string, view: FieldView): TemplateResult;
  /** Label and messages around the control, which may be on its way. */
  drawFrame(view: FieldView, control: TemplateResult | undefined): TemplateResult;
  /** The control, as drawn. */
  findControl(root: ParentNode): Control | null;
  /** The text in the control. */
  readText(control: Control): string;
  /** Puts `text` into the control. */
  writeText(control: Control, text: string): void;
  /** Makes `text` what a reset of its form returns to. */
  writeDefault(control: Control, text: string): void;
  /** Hands the field's state on to the control. */
  applyState(control: Control, view: FieldView): void;
}

/** Any stored value as text: what another program has put there is shown as it is. */
const plainText = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The one that a row adds to. */
const text: FieldType = {
  inputType: 'text',
  toText(value) {
    const wanted = plainText(value);
    // What the browser makes of it tells whether it can be shown there; seconds that are zero may be left out.
    const { value: shown } = Object.assign(document.createElement('input'), { type: this.inputType, value: wanted });
    return (this.changesWhileTyping ? shown : shown === wanted) || !wanted ? wanted : undefined;
  },
  toValue: (typed) => typed || null,
  toPatch: (value) => value,
  isSame: (value, stored) => value === stored,
  drawControl(view) {
    return controlTemplate(this.inputType, view);
  },
  drawNative: controlTemplate,
  drawFrame: ({ frame }, control) => fieldFrame(frame, control),
  findControl: (root) => root.querySelector<Control>('input, select, textarea'),
  readText,
  writeText,
  writeDefault,
  applyState: setAttributes,
};

const isTyped = { changesWhileTyping: true } as const;

const rows: [inputType: string, row?: Partial<FieldType>][] = [
  ['text'],
  ['email'],
  ['url'],
  ['tel'],
  ['number', { toValue: (typed) => (typed === '' ? null : Number(typed)) }],
  ['date', isTyped],
  ['time', isTyped],
  ['datetime-local', isTyped],
  [
    'checkbox',
    {
      toText: (value) => (typeof (value ?? false) === 'boolean' ? String(value || '') : undefined),
      toValue: Boolean,
      drawFrame: ({ frame }, control) => checkboxFrame(frame, control),
    },
  ],
];

const types = new Map(rows.map(([inputType, row]) => [inputType, { ...text, inputType, ...row }]));

/** Whether the type called `name` is a row of this file. */
export const isCommon = (name = 'text'): boolean => types.has(name.toLowerCase());

/** The type called `name`; an unknown one is `text`, as in `<input>`. */
export const fieldType = (name = 'text'): FieldType => types.get(name.toLowerCase()) ?? text;
