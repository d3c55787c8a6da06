import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Strings } from '../../i18n/en/cards.ts';
import { actionLink } from './button.ts';
import { classNames } from './class-names.ts';
import { describedBy, fieldFrame } from './field.ts';
import type { FieldFrame, FieldHelpers } from './field.ts';
import { eyeIcon } from './icons.ts';

export interface PasswordField extends FieldFrame {
  autocomplete: 'current-password' | 'new-password';
  /** What it holds at first; a later edit is never taken back. */
  value?: string | undefined;
  /** Out of sight and out of the way until a password manager fills it. */
  hidden?: boolean;
}

/** A field for a password, with a button that shows what is typed. */
export const passwordField = (field: PasswordField, strings: Strings): TemplateResult => {
  const frame = fieldFrame(
    field,
    html`<div class=${classNames('formFieldInputGroup', field.name)}>
      <input
        id=${field.id}
        name=${field.name}
        type="password"
        class=${classNames('formFieldInput', field.name)}
        autocomplete=${field.autocomplete}
        autocapitalize="none"
        spellcheck="false"
        tabindex=${field.hidden ? '-1' : nothing}
        .value=${field.value ?? ''}
        aria-invalid=${field.error ? 'true' : nothing}
        aria-describedby=${describedBy(field)}
      />
      <button
        type="button"
        class="cl-iconButton cl-formFieldInputShowPasswordButton"
        aria-label=${strings.showPassword}
        tabindex=${field.hidden ? '-1' : nothing}
        @click=${(event: Event) => {
          toggle(event.currentTarget as HTMLButtonElement, strings);
        }}
      >
        ${eyeIcon}
      </button>
    </div>`,
  );
  return html`<div class=${field.hidden ? 'cl-hiddenPassword' : 'cl-passwordBox'} aria-hidden=${field.hidden ? 'true' : nothing}>
    ${frame}
  </div>`;
};

/** Kept in the document alone: no render may hide again what somebody wants to see. */
function toggle(button: HTMLButtonElement, strings: Strings): void {
  const input = button.previousElementSibling as HTMLInputElement;
  const show = input.type === 'password';
  input.type = show ? 'text' : 'password';
  button.setAttribute('aria-label', show ? strings.hidePassword : strings.showPassword);
  button.classList.toggle('cl-active', show);
}

/** The field for the password of an account, with the way to recover it beside the label. */
export const currentPassword = (
  card: FieldHelpers,
  { forgot, ...field }: Pick<PasswordField, 'value' | 'hidden'> & { forgot: (() => unknown) | undefined },
): TemplateResult =>
  passwordField(
    {
      ...card.field('password'),
      ...field,
      label: card.strings.fields.password,
      autocomplete: 'current-password',
      action: forgot && actionLink('formFieldAction', card.strings.password.forgot, forgot),
    },
    card.strings,
  );
