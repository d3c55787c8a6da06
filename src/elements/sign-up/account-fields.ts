/** The fields of a form that makes an account. */
import type { TemplateResult } from 'lit';
import type { SignUpField, SignUpFieldName } from '../../flows/sign-up-flow.ts';
import type { EnvironmentResource } from '../../resources/types.ts';
import type { FieldHelpers } from '../templates/field.ts';
import { html, passwordField, passwordHint, textField } from '../shared.ts';
import { legalField } from './legal-field.ts';

/** What is special about a text field. */
type TextFieldName = Exclude<SignUpFieldName, 'password' | 'legalAccepted'>;

const textFields: Record<TextFieldName, { type?: 'email'; autocomplete: string }> = {
  firstName: { autocomplete: 'given-name' },
  lastName: { autocomplete: 'family-name' },
  username: { autocomplete: 'username' },
  emailAddress: { type: 'email', autocomplete: 'email' },
};

export interface AccountFields extends FieldHelpers {
  fields: readonly SignUpField[];
  environment: EnvironmentResource;
  /** What a field holds at first. */
  initial(name: TextFieldName): string;
  /** What is typed as password so far, to say which rules it breaks. */
  typedPassword: string;
}

export function accountFields({ fields, ...context }: AccountFields): TemplateResult {
  const isName = ({ name }: SignUpField) => name === 'firstName' || name === 'lastName';
  const names = fields.filter(isName).map((field) => accountField(field, context));
  const others = fields.filter((field) => !isName(field)).map((field) => accountField(field, context));
  // Side by side where there is room.
  return html`${names.length ? html`<div class="cl-formFieldRows">${names}</div>` : names} ${others}`;
}

function accountField({ name, required }: SignUpField, context: Omit<AccountFields, 'fields'>): TemplateResult {
  const { strings, environment } = context;
  const frame = { id: context.fieldId(name), name, error: context.error(name) };
  switch (name) {
    case 'legalAccepted':
      return legalField(frame, strings, environment);
    case 'password':
      return passwordField(
        {
          ...frame,
          label: strings.fields.password,
          autocomplete: 'new-password',
          // What was refused says why, and once is enough.
          ...(frame.error ? {} : passwordHint(strings, context.typedPassword, environment.passwordSettings)),
        },
        strings,
      );
    default:
      return textField({
        ...frame,
        ...textFields[name],
        label: strings.fields[name],
        optional: required ? undefined : strings.optional,
        value: context.initial(name),
        required,
      });
  }
}
