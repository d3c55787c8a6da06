/** `type="range"` and `type="color"`: their controls always have a value, also one that nobody has chosen. A text beside them says which it is. */
import { html } from '../../shared.ts';
import type { Control } from '../control.ts';
import type { FieldType } from '../field-types.ts';

/** Controls that show a value which nobody has chosen. */
const unset = new WeakSet<Control>();

/** @param empty - what the control is given for no value: color controls complain at the console about an empty text */
const neverEmpty = (inputType: string, empty = ''): Partial<FieldType> => ({
  inputType,
  toText(value, { min, max, step }) {
    const text = String(value ?? '');
    const probe = document.createElement('input');
    const limits = { min: min ?? '', max: max ?? '', step: step ?? '' };
    return !text || Object.assign(probe, { type: inputType, ...limits, value: text }).value === text.toLowerCase() ? text : undefined;
  },
  drawControl(view) {
    return html`<div class="cl-formFieldInputGroup" @input=${() => unset.delete(view.control!)}>
      ${this.drawNative!(inputType, view)}<span aria-hidden="true">${view.text || '–'}</span>
    </div>`;
  },
  readText: (control) => (unset.has(control) ? '' : control.value),
  writeText(control, text) {
    if (text) unset.delete(control);
    else unset.add(control);
    control.value = text || empty;
  },
});

export const color = neverEmpty('color', '#000000');

export const range: Partial<FieldType> = {
  ...neverEmpty('range'),
  toValue: (text) => (text === '' ? null : Number(text)),
};
