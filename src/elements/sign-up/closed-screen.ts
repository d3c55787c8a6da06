/** What the sign-up card shows where nobody can sign up by themselves: how one is invited, or the form of the waitlist. */
import type { FormValues } from '../../factors/factor.ts';
import { en } from '../../i18n/en/sign-up-later.ts';
import type { Screen } from '../templates/card.ts';
import type { FieldHelpers } from '../templates/field.ts';
import { textField } from '../shared.ts';
import { contactLink } from './contact-link.ts';

export interface ClosedContext {
  card: FieldHelpers;
  mode: 'restricted' | 'waitlist';
  supportEmail: string;
  /** What the field of the waitlist holds at first. */
  emailAddress: string;
  /** Whether this card has put somebody on the waitlist. */
  isJoined: boolean;
  join(values: FormValues): unknown;
}

export function closedScreen({ card, mode, supportEmail, emailAddress, isJoined, join }: ClosedContext): Screen {
  const links = contactLink(en.contact, supportEmail);
  if (mode === 'restricted') return { part: mode, ...en.restricted, links };
  if (isJoined) return { part: mode, key: 'joined', ...en.joined, links };
  const { label, ...texts } = en.waitlist;
  return {
    part: mode,
    ...texts,
    fieldNames: ['emailAddress'],
    fields: textField({
      ...card.field('emailAddress'),
      label,
      type: 'email',
      autocomplete: 'email',
      value: emailAddress,
      required: true,
    }),
    submit: join,
    links,
  };
}
