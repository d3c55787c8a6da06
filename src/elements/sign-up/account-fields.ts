/** The fields of a form that makes an account. */
import type { TemplateResult } from 'lit';
import type { ContactName, SignUpField, SignUpFieldName } from '../../flows/sign-up-fields.ts';
import type { EnvironmentResource } from '../../resources/types.ts';
import type { SignUpStrings } from '../../i18n/en/sign-up.ts';
import type { FieldHelpers } from '../templates/field.ts';
import { actionLink, classNames, fetchedPhone, html, passwordField, textField } from '../shared.ts';
import { passwordHint } from '../templates/password-hint.ts';
import { legalField } from './legal-field.ts';

/** Fields that hold a text. */
export type TextFieldName = Exclude<SignUpFieldName, 'password' | 'legalAccepted'>;

/** What is special about each. */
const textFields: Record<Exclude<TextFieldName, 'phoneNumber'>, { type?: 'email'; autocomplete: string }> = {
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
  /** The country of a phone number that was typed. */
  country: string | undefined;
  /** What the password holds at first: as it was typed into the sign-in card. */
  password: string | undefined;
  /** What is typed as password so far, to say which rules it breaks. */
  typedPassword: string;
  /** Where either will do: asks for the other. */
  useContact(name: ContactName): unknown;
}

type Card = FieldHelpers & { readonly strings: SignUpStrings };

/** The file of phone numbers must be there if one of the fields is one. */
export function accountFields(card: Card, { fields, ...context }: AccountFields): TemplateResult {
  const isName = ({ name }: SignUpField) => name === 'firstName' || name === 'lastName';
  const names = fields.filter(isName).map((field) => accountField(card, field, context));
  const others = fields.filter((field) => !isName(field)).map((field) => accountField(card, field, context));
  // Side by side where there is room.
  return html`${names.length ? html`<div class="cl-formFieldRows">${names}</div>` : names} ${others}`;
}

function accountField(card: Card, { name, required, other }: SignUpField, context: Omit<AccountFields, 'fields'>): TemplateResult {
  const { strings } = card;
  const { environment } = context;
  if (name === 'legalAccepted') return legalField(card.field(name), strings, environment);
  const field = { ...card.field(name), label: strings.fields[name] };
  if (name === 'password') {
    // What was refused says why, and once is enough.
    const hint = field.error ? {} : passwordHint(context.typedPassword, environment.passwordSettings);
    return passwordField({ ...field, value: context.password, autocomplete: 'new-password', ...hint }, strings);
  }
  const action =
    other !== undefined
      ? actionLink('formFieldAction', strings.use[other], () => context.useContact(other))
      : required
        ? undefined
        : html`<span class=${classNames('formFieldHintText', name)}>${strings.optional}</span>`;
  const textual = { ...field, action, value: context.initial(name), required };
  return name === 'phoneNumber'
    ? fetchedPhone()!.phoneField({ ...textual, country: context.country })
    : textField({ ...textual, ...textFields[name] });
}
