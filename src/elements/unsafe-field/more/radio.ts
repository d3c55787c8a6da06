/** `type="radio"`: a group of native radio buttons, one for each option of the page. */
import { classNames, html, nothing } from '../../shared.ts';
import type { Control } from '../control.ts';
import type { FieldType } from '../field-types.ts';
import { optionsOf, optionText } from './options.ts';
import { messages } from './frame.ts';

/** All buttons of a field; `control` is the first. */
const buttonsOf = (control: Control) => [...control.closest('clerk-unsafe-field')!.querySelectorAll<HTMLInputElement>('input[type=radio]')];

export const radio: Partial<FieldType> = {
  inputType: 'radio',
  toText: (value, field) => optionText(value, optionsOf(field)),
  readText: (control) => buttonsOf(control).find(({ checked }) => checked)?.value ?? '',
  writeText(control, text) {
    for (const button of buttonsOf(control)) button.checked = text !== '' && button.value === text;
  },
  writeDefault(control, text) {
    for (const button of buttonsOf(control)) button.defaultChecked = text !== '' && button.value === text;
  },
  // The template does.
  applyState: () => undefined,
  drawControl: ({ frame: { id, name: className }, name, field, formId, disabled }) =>
    html`<div class=${classNames('formFieldRadioGroup', className)}>
      ${optionsOf(field).map(
        (option, index) =>
          html`<label class=${classNames('formFieldRadioLabel', className)}>
            <input
              id=${index ? nothing : id}
              class=${classNames('formFieldRadioInput', className)}
              type="radio"
              name=${name}
              value=${option.value}
              form=${formId ?? nothing}
              ?required=${field.required}
              ?disabled=${disabled || field.readOnly || option.disabled}
            /><span>${option.label}</span>
          </label>`,
      )}
    </div>`,
  drawFrame(view, control) {
    const { frame } = view;
    return html`<fieldset
      role="radiogroup"
      class=${classNames('formField', frame.name, frame.error && 'error')}
      aria-describedby=${view.describedBy}
      aria-invalid=${view.invalid ? 'true' : nothing}
    >
      <legend class=${classNames('formFieldLabel', frame.name)}>${frame.label}</legend>
      ${frame.action} ${control} ${messages(view)}
    </fieldset>`;
  },
};
