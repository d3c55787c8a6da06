import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { PasswordSettings } from '../../flows/password-rules.ts';
import { checkboxFrame } from '../templates/field.ts';
import type { FieldHelpers } from '../templates/field.ts';
import { passwordHint } from '../templates/password-hint.ts';
import { passwordField } from '../templates/password-input.ts';
import { hiddenUsername } from '../templates/text-input.ts';

export interface NewPasswordFields extends FieldHelpers {
  identifier: string;
  /** What is typed so far, to say which rules it breaks. */
  typed: string;
  settings: PasswordSettings;
}

/** The fields that set a new password: twice, and whether the other devices are signed out (they are, unless one objects). */
export const newPasswordFields = ({ strings, fieldId, error, ...context }: NewPasswordFields): TemplateResult => {
  const field = (name: 'newPassword' | 'confirmPassword') => ({
    id: fieldId(name),
    name,
    label: strings.fields[name],
    autocomplete: 'new-password' as const,
    error: error(name),
  });
  const first = field('newPassword');
  const hint = first.error ? {} : passwordHint(strings, context.typed, context.settings);
  const name = 'signOutOfOtherSessions';
  const id = fieldId(name);
  return html`
    ${hiddenUsername(context.identifier)} ${passwordField({ ...first, ...hint }, strings)}
    ${passwordField(field('confirmPassword'), strings)}
    ${checkboxFrame(
      { id, name, label: strings.fields[name] },
      html`<input type="checkbox" id=${id} name=${name} class="cl-formFieldCheckboxInput" checked />`,
    )}
  `;
};
