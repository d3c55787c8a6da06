import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { classNames } from './class-names.ts';
import { describedBy, fieldFrame } from './field.ts';
import type { FieldFrame } from './field.ts';

export interface TextField extends FieldFrame {
  type?: 'email';
  /** The keyboard of a phone. */
  inputMode?: 'email' | undefined;
  /** The token that tells browsers and password managers what it is. */
  autocomplete: string;
  /** What it holds at first; a later edit is never taken back. */
  value?: string | undefined;
  required?: boolean;
}

/** A field for one line of text. */
export const textField = (field: TextField): TemplateResult =>
  fieldFrame(
    field,
    html`<input
      id=${field.id}
      name=${field.name}
      type=${field.type ?? 'text'}
      class=${classNames('formFieldInput', field.name)}
      autocomplete=${field.autocomplete}
      inputmode=${field.inputMode ?? nothing}
      autocapitalize="none"
      autocorrect="off"
      spellcheck="false"
      dir="auto"
      .value=${field.value ?? ''}
      ?required=${field.required}
      aria-invalid=${field.error ? 'true' : nothing}
      aria-describedby=${describedBy(field)}
    />`,
  );

/** The name that belongs to a password, for password managers only. */
export const hiddenUsername = (identifier: string): TemplateResult => html`
  <div class="cl-visuallyHidden" aria-hidden="true">
    <input type="text" name="identifier" autocomplete="username" tabindex="-1" readonly .value=${identifier} />
  </div>
`;
