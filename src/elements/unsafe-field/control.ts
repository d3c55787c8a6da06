/** The native control of a field: its template, its attributes, and the text in it. */
import { classNames, html } from '../shared.ts';
import type { TemplateResult } from 'lit';
import type { FieldView } from './field-view.ts';

/** Where a field's text is; of several native controls, such as radio buttons, the first one. */
export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

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
  rows: string | null | undefined;
  required: boolean;
  readOnly: boolean;
}

/** Names of the texts among them. */
export const textConstraints = ['placeholder', 'min', 'max', 'step', 'minLength', 'maxLength', 'pattern', 'autocomplete', 'rows'] as const;

/** The native control. Neither its text nor its attributes are part of the template, see {@link writeText} and {@link setAttributes}. */
export function controlTemplate(type: string, { frame: { id, name } }: FieldView): TemplateResult {
  const className = classNames(type === 'checkbox' ? 'formFieldCheckboxInput' : 'formFieldInput', name);
  return html`<input id=${id} type=${type} class=${className} />`;
}

/** Hands the field's state and the page's constraints on to its native control. */
export function setAttributes(control: Element, { field, ...view }: FieldView): void {
  // Only controls for text know what is read only.
  const isText = control.matches('textarea, input:not([type=checkbox], [type=range], [type=color])');
  const attributes: Record<string, unknown> = {
    name: view.name,
    form: view.formId,
    required: field.required,
    readonly: isText && field.readOnly,
    disabled: view.disabled || (!isText && field.readOnly),
    'aria-invalid': view.invalid && 'true',
    'aria-describedby': view.describedBy,
  };
  for (const name of textConstraints) attributes[name] = field[name];
  for (const [name, value] of Object.entries(attributes)) setAttribute(control, name, value);
}

/** Sets an attribute, or takes it away where `value` is neither a text nor `true`. */
export function setAttribute(control: Element, name: string, value: unknown): void {
  if (typeof value === 'string') control.setAttribute(name, value);
  else control.toggleAttribute(name, value === true);
}

/** The member that holds a control's text; in a checkbox it is no text. */
const member = (control: Control) => (control.type === 'checkbox' ? 'checked' : 'value') as 'value';

/** The text in a control, as {@link FieldType} means it. */
export const readText = (control: Control): string => String((control[member(control)] as string | boolean) || '');

/** Puts `text` into a control. */
export function writeText(control: Control, text: string): void {
  // Setting an equal value would still move the caret. A text that is empty is no check mark.
  if (readText(control) !== text) control[member(control)] = text;
}

/** Makes `text` what a reset of the control's form returns to. */
export function writeDefault(control: Control, text: string): void {
  if (control.type === 'checkbox') control.toggleAttribute('checked', text !== '');
  // Of a control of the page's own every change would be noticed.
  else if ((control as HTMLInputElement).defaultValue !== text) (control as HTMLInputElement).defaultValue = text;
}
