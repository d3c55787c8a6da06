/** The native control of a field: its template, and the text in it. */
import { classNames, html, nothing } from '../shared.ts';
import type { TemplateResult } from 'lit';
import type { FieldType } from './field-types.ts';

export type Control = HTMLInputElement | HTMLSelectElement;

/** An option of a select, copied from the page's. */
export interface Option {
  value: string;
  label: string;
  disabled: boolean;
}

/** Attributes of a control that are handed on as the page wrote them. */
export interface Constraints {
  placeholder: string | null | undefined;
  min: string | null | undefined;
  max: string | null | undefined;
  step: string | null | undefined;
  minLength: string | null | undefined;
  maxLength: string | null | undefined;
  pattern: string | null | undefined;
  autocomplete: string | null | undefined;
  required: boolean;
}

/** What a control is rendered from, besides its {@link Constraints}. */
export interface ControlParts {
  id: string;
  name: string;
  /** The name as a part of class names. */
  className: string;
  type: FieldType;
  disabled: boolean;
  invalid: boolean;
  describedBy: string | typeof nothing;
  options: readonly Option[];
}

/** The native control. Its text is no part of the template: {@link writeText} sets it, so that rendering never takes back what is typed. */
export function controlTemplate(parts: ControlParts, constraints: Constraints): TemplateResult {
  const { type, id, name } = parts;
  const checkbox = type.inputType === 'checkbox';
  const invalid = parts.invalid ? 'true' : nothing;
  if (type.control === 'select') {
    // Without an empty option the browser would show the first one as if it were chosen, and nothing could be unchosen.
    const options = parts.options.some(({ value }) => value === '')
      ? parts.options
      : [{ value: '', label: constraints.placeholder ?? '', disabled: false }, ...parts.options];
    return html`<select
      id=${id}
      name=${name}
      class=${classNames('formFieldInput', parts.className)}
      autocomplete=${constraints.autocomplete ?? nothing}
      aria-describedby=${parts.describedBy}
      aria-invalid=${invalid}
      ?required=${constraints.required}
      ?disabled=${parts.disabled}
    >
      ${options.map((option) => html`<option value=${option.value} ?disabled=${option.disabled}>${option.label}</option>`)}
    </select>`;
  }
  return html`<input
    id=${id}
    name=${name}
    type=${type.inputType}
    class=${classNames(checkbox ? 'formFieldCheckboxInput' : 'formFieldInput', parts.className)}
    placeholder=${constraints.placeholder ?? nothing}
    min=${constraints.min ?? nothing}
    max=${constraints.max ?? nothing}
    step=${constraints.step ?? nothing}
    minlength=${constraints.minLength ?? nothing}
    maxlength=${constraints.maxLength ?? nothing}
    pattern=${constraints.pattern ?? nothing}
    autocomplete=${constraints.autocomplete ?? nothing}
    aria-describedby=${parts.describedBy}
    aria-invalid=${invalid}
    ?required=${constraints.required}
    ?disabled=${parts.disabled}
  />`;
}

const isCheckbox = (control: Control): control is HTMLInputElement & { type: 'checkbox' } => control.type === 'checkbox';

/** The text in a control, as {@link FieldType} means it. */
export const readText = (control: Control): string => (isCheckbox(control) ? String(control.checked || '') : control.value);

/** Puts `text` into a control. */
export function writeText(control: Control, text: string): void {
  // Setting an equal value would still move the caret.
  if (readText(control) === text) return;
  if (isCheckbox(control)) control.checked = text === 'true';
  else control.value = text;
}

/** Makes `text` what a reset of the control's form returns to. */
export function writeDefault(control: Control, text: string): void {
  if (control instanceof HTMLSelectElement) {
    for (const option of control.options) option.defaultSelected = option.value === text;
  } else if (isCheckbox(control)) control.defaultChecked = text === 'true';
  else control.defaultValue = text;
}
