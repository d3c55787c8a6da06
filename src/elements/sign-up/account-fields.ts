/** The fields of a form that makes an account. */
import type { TemplateResult } from 'lit';
import type { SignUpField, SignUpFieldName } from '../../flows/sign-up-flow.ts';
import type { EnvironmentResource } from '../../resources/types.ts';
import type { SignUpStrings } from '../../i18n/en/sign-up.ts';
import type { FieldHelpers } from '../templates/field.ts';
import { classNames, html, passwordField, textField } from '../shared.ts';
import { passwordHint } from '../templates/password-hint.ts';
import { legalField } from './legal-field.ts';

/** What is special about a text field. */
type TextFieldName = Exclude<SignUpFieldName, 'password' | 'legalAccepted'>;

const textFields: Record<TextFieldName, { type?: 'email'; autocomplete: string }> = {
  firstName: { autocomplete: 'given-name' },
  lastName: { autocomplete: 'family-name' },
  username: { autocomplete: 'username' },
  emailAddress: { type: 'email', autocomplete: 'email' },
};

export interface AccountFields {
  fields: readonly SignUpField[];
  environment: EnvironmentResource;
  /** What a field holds at first. */
  initial(name: TextFieldName): string;
  /** What is typed as password so far, to say which rules it breaks. */
  typedPassword: string;
}

type Card = FieldHelpers & { readonly strings: SignUpStrings };

export function accountFields(card: Card, { fields, ...context }: AccountFields): TemplateResult {
  const isName = ({ name }: SignUpField) => name === 'firstName' || name === 'lastName';
  const names = fields.filter(isName).map((field) => accountField(card, field, context));
  const others = fields.filter((field) => !isName(field)).map((field) => accountField(card, field, context));
  // Side by side where there is room.
  return html`${names.length ? html`<div class="cl-formFieldRows">${names}</div>` : names} ${others}`;
}

function accountField(card: Card, { name, required }: SignUpField, context: Omit<AccountFields, 'fields'>): TemplateResult {
  const { strings } = card;
  const { environment } = context;
  switch (name) {
    case 'legalAccepted':
      return legalField(card.field(name), strings, environment);
    case 'password': {
      const field = card.field(name);
      return passwordField(
        {
          ...field,
          label: strings.fields.password,
          autocomplete: 'new-password',
          // What was refused says why, and once is enough.
          ...(field.error ? {} : passwordHint(context.typedPassword, environment.passwordSettings)),
        },
        strings,
      );
    }
    default:
      return textField({
        ...card.field(name),
        ...textFields[name],
        label: strings.fields[name],
        action: required ? undefined : html`<span class=${classNames('formFieldHintText', name)}>${strings.optional}</span>`,
        value: context.initial(name),
        required,
      });
  }
}
