import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { IdentifierKind, SignInStep } from '../../flows/sign-in-flow.ts';
import type { Strings } from '../../i18n/en.ts';
import { actionLink } from '../templates/button.ts';
import type { FieldHelpers } from '../templates/field.ts';
import { passwordField } from '../templates/password-input.ts';
import { textField } from '../templates/text-input.ts';

export interface StartFields extends FieldHelpers {
  step: Extract<SignInStep, { name: 'start' }>;
  identifier: string;
  forgot(): unknown;
}

/** `Email address`, or `Email address or username`. */
function identifierLabel(strings: Strings, kinds: readonly IdentifierKind[]): string {
  const texts = strings.fields.identifier;
  const [first = 'emailAddress', ...others] = kinds;
  return others.reduce((label, kind) => texts.both(label, texts[kind]), texts[first]);
}

/** The keyboard that fits all kinds of identifier that the field takes. */
const inputType = (kinds: readonly IdentifierKind[]) => {
  if (kinds.length !== 1) return 'text';
  return kinds[0] === 'emailAddress' ? 'email' : kinds[0] === 'phoneNumber' ? 'tel' : 'text';
};

/** Enter in the first field goes on to a password that is still empty; there it submits, with or without one. */
function moveToPassword(event: KeyboardEvent): void {
  const form = (event.currentTarget as HTMLElement).closest('form');
  const password = form?.querySelector<HTMLInputElement>('input[name=password]:not([tabindex])');
  const { name } = event.target as HTMLInputElement;
  if (event.key !== 'Enter' || event.isComposing || name !== 'identifier' || !password || password.value) return;
  event.preventDefault();
  password.focus();
}

/** The fields of the first screen. The password is always there, so that password managers can fill both at once. */
export const startFields = ({ step, strings, fieldId, error, identifier, forgot }: StartFields): TemplateResult => html`
  <div @keydown=${moveToPassword}>
    ${textField({
      id: fieldId('identifier'),
      name: 'identifier',
      label: identifierLabel(strings, step.identifiers),
      type: inputType(step.identifiers),
      autocomplete: 'username',
      value: identifier,
      required: true,
      error: error('identifier'),
    })}
  </div>
  ${step.password === 'none'
    ? nothing
    : passwordField(
        {
          id: fieldId('password'),
          name: 'password',
          label: strings.fields.password,
          autocomplete: 'current-password',
          hidden: step.password === 'hidden',
          error: error('password'),
          action:
            step.password === 'visible' ? actionLink('formFieldAction', strings.password.forgot, forgot) : undefined,
        },
        strings,
      )}
`;
