import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { IdentifierKind, SignInStart } from '../../flows/sign-in-start.ts';
import type { Strings } from '../../i18n/en/cards.ts';
import type { Phone } from '../fetch-phone.ts';
import { actionLink } from '../templates/button.ts';
import type { FieldHelpers } from '../templates/field.ts';
import { currentPassword } from '../templates/password-input.ts';
import { textField } from '../templates/text-input.ts';

export interface StartFields {
  step: SignInStart;
  /** Draws the field for a phone number, where that is what it takes. */
  phone: Phone | undefined;
  /** What the first field holds at first. */
  value: string;
  /** The country that goes with it. */
  country: string | undefined;
  /** Has it take a phone number, or something else again. */
  usePhone(): unknown;
  forgot(): unknown;
}

/** `Email address`, or `Email address or username`. */
function identifierLabel(strings: Strings, kinds: readonly IdentifierKind[]): string {
  const texts = strings.fields.identifier;
  const [first = 'emailAddress', ...others] = kinds;
  return others.reduce((label, kind) => texts.both(label, texts[kind]), texts[first]);
}

/**
 * The keyboard that fits all kinds of identifier that the field takes. The type `email` would have Chromium make another JavaScript context,
 * for the pattern of addresses, which nobody asks the field about.
 */
const keyboard = ([kind, other]: readonly IdentifierKind[]) => (kind === 'emailAddress' && !other ? 'email' : undefined);

/** The link to another kind of identifier. */
function switchTo([kind, other]: readonly IdentifierKind[], texts: Strings['fields']['identifier']['use'], usePhone: () => unknown) {
  return kind && actionLink('formFieldAction', other ? texts.both : texts[kind], usePhone);
}

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
export function startFields(card: FieldHelpers, { step, phone, usePhone, forgot, ...first }: StartFields): TemplateResult {
  const { strings } = card;
  const field = {
    ...card.field('identifier'),
    ...first,
    label: identifierLabel(strings, step.identifiers),
    action: switchTo(step.otherIdentifiers, strings.fields.identifier.use, usePhone),
    required: true,
  };
  return html`
    <div @keydown=${moveToPassword}>
      ${
        phone
          ? phone.phoneField(field)
          : textField({
              ...field,
              inputMode: keyboard(step.identifiers),
              // Where passkeys are offered too, browsers want to be told.
              autocomplete: step.passkey.autofill ? 'username webauthn' : 'username',
            })
      }
    </div>
    ${
      step.password === 'none'
        ? nothing
        : currentPassword(card, { hidden: step.password === 'hidden', forgot: step.password === 'visible' ? forgot : undefined })
    }
  `;
}
