/** Which catalogues there are, for translations and their tests: no built file contains this one. */
import { en as appearance } from './en/appearance.ts';
import { en as beginnings } from './en/beginnings.ts';
import { en as cards } from './en/cards.ts';
import { en as code } from './en/code.ts';
import { en as later } from './en/later.ts';
import { en as link } from './en/link.ts';
import { en as moreFields } from './en/more-fields.ts';
import { en as passwordRules } from './en/password-rules.ts';
import { en as phone } from './en/phone.ts';
import { en as providerErrors } from './en/provider-errors.ts';
import { en as sessions } from './en/sessions.ts';
import { en as signUpLater } from './en/sign-up-later.ts';
import { en as signUp } from './en/sign-up.ts';
import { en as field } from './en/unsafe-field.ts';
import { en as form } from './en/unsafe-form.ts';
import { en as userVerification } from './en/user-verification.ts';

/** English, by the names of its catalogues; one line a file. */
export const english = {
  appearance,
  beginnings,
  cards,
  code,
  later,
  link,
  moreFields,
  passwordRules,
  phone,
  providerErrors,
  sessions,
  signUp,
  signUpLater,
  field,
  form,
  userVerification,
};

export type Catalogues = typeof english;

/** Texts by keys that no other text depends on, such as codes of errors. */
type Table = Record<string, string>;

type Translated<Text> = Text extends (...values: never[]) => string
  ? Text
  : Text extends string
    ? string
    : Table extends Text
      ? Table
      : { [Key in keyof Text]: Translated<Text[Key]> };

/** A translation says all that English says, by the same keys and with the same values in it. */
export type Translation = { [Name in keyof Catalogues]: Translated<Catalogues[Name]> };

/** The part of a translation that is about those who are signed in already. */
export type SessionTexts = Translation['sessions'];

/** The part of a translation that is about fields and forms of metadata. */
export type FieldTexts = Pick<Translation, 'field' | 'moreFields' | 'form'>;
