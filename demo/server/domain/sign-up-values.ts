/** What a form supplies to a sign-up: read, checked and normalised, with every mistake named at once (dossier part 2, §3.4). */
import { ApiError, parameterError } from '../errors.ts';
import type { ApiErrorItem } from '../errors.ts';
import type { InstanceSettings } from '../settings.ts';
import type { IdentificationKind } from '../store/identifications.ts';
import type { SignUp, SignUpChanges } from '../store/sign-ups.ts';
import { identificationKinds, kindOfText } from './identification-kinds.ts';
import type { ParsedIdentification } from './identification-kinds.ts';
import { parseUsername } from './identifiers.ts';
import { checkMetadata, parseMetadata } from './metadata.ts';
import { passwordProblems } from './password.ts';

/** The fields of the forms of create and update that this server knows. */
export interface SignUpForm {
  password?: string | undefined;
  first_name?: string | undefined;
  last_name?: string | undefined;
  username?: string | undefined;
  email_address?: string | undefined;
  phone_number?: string | undefined;
  /** Where either will do: one of the two, whichever it looks like. */
  email_address_or_phone_number?: string | undefined;
  unsafe_metadata?: string | undefined;
  legal_accepted?: boolean | undefined;
  locale?: string | undefined;
}

export interface SuppliedValues {
  changes: SignUpChanges;
  /** Still to be hashed, which costs time and so comes last. */
  password: string | undefined;
}

/** Characters of a name. */
const maximumNameLength = 256;

/**
 * @param former the values so far; an empty text clears one.
 * @throws ApiError 422 with an item for each mistake.
 */
export function readSignUpValues(
  form: SignUpForm,
  former: Pick<SignUp, 'email_address' | 'phone_number' | 'username'> | undefined,
  settings: InstanceSettings,
  now: number,
): SuppliedValues {
  const { attributes } = settings;
  const problems: ApiErrorItem[] = [];
  const changes: SignUpChanges = {};
  const read = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problems.push(...error.items);
    }
  };
  /** Fields of attributes that the instance does not have may be sent empty, not filled. */
  const enabled = (value: string | undefined, parameter: string, { enabled: isEnabled }: { enabled: boolean }): value is string => {
    if (value && !isEnabled) read(() => refuseUnknown(parameter));
    return value !== undefined && isEnabled;
  };

  const { username, first_name, last_name, password, unsafe_metadata, locale, legal_accepted } = form;
  const readIdentification = (kind: IdentificationKind, value: string | undefined, parameter: string = kind) => {
    const { settingsOf, parse } = identificationKinds[kind];
    if (!enabled(value, parameter, settingsOf(attributes))) return;
    read(() => Object.assign(changes, columnsOf(kind, value ? parse(value, parameter) : undefined)));
  };
  const either = form.email_address_or_phone_number;
  if (either) readIdentification(kindOfText(either), either, 'email_address_or_phone_number');
  readIdentification('email_address', form.email_address);
  readIdentification('phone_number', form.phone_number);
  if (enabled(username, 'username', attributes.username)) {
    read(() => void (changes.username = username ? parseUsername(username) : null));
  }
  if (enabled(first_name, 'first_name', attributes.firstName)) {
    read(() => void (changes.first_name = parseName(first_name, 'first_name')));
  }
  if (enabled(last_name, 'last_name', attributes.lastName)) {
    read(() => void (changes.last_name = parseName(last_name, 'last_name')));
  }
  if (unsafe_metadata !== undefined) {
    read(() => {
      changes.unsafe_metadata = unsafe_metadata ? parseMetadata(unsafe_metadata, 'unsafe_metadata') : {};
      checkMetadata({ unsafe_metadata: changes.unsafe_metadata });
    });
  }
  if (locale !== undefined) read(() => void (changes.locale = parseLocale(locale)));
  if (legal_accepted === true) changes.legal_accepted_at = now;
  if (legal_accepted === false && settings.signUp.legalConsent) {
    read(() => {
      throw parameterError('legal_not_accepted', 'legal_accepted', 'Accept the legal documents to continue.');
    });
  }
  const isPasswordGiven = enabled(password, 'password', attributes.password) && password !== '';
  if (isPasswordGiven) {
    const identifiers = [
      changes.email_address ?? former?.email_address,
      changes.phone_number ?? former?.phone_number,
      changes.username ?? former?.username,
    ];
    problems.push(...passwordProblems(password, { rules: settings.password, identifiers }));
  }
  if (problems.length) throw new ApiError(422, problems);
  return { changes, password: isPasswordGiven ? password : undefined };
}

/** A number is stored in one spelling. */
const columnsOf = (kind: IdentificationKind, parsed: ParsedIdentification | undefined): SignUpChanges =>
  kind === 'phone_number'
    ? { phone_number: parsed?.normalized ?? null }
    : { email_address: parsed?.value ?? null, email_address_normalized: parsed?.normalized ?? null };

function refuseUnknown(parameter: string): never {
  throw parameterError('form_param_unknown', parameter, `${parameter} is not a valid parameter for this request.`);
}

/** A name: one line of text, or `null` for an empty one. */
function parseName(text: string, parameter: string): string | null {
  const name = text.trim();
  if (/\p{Cc}/u.test(name)) throw parameterError('form_param_format_invalid', parameter, `${parameter} must be one line of text.`);
  if ([...name].length > maximumNameLength) {
    throw parameterError('form_param_max_length_exceeded', parameter, `${parameter} must not exceed ${maximumNameLength} characters.`);
  }
  return name || null;
}

/** A BCP 47 tag in its canonical spelling, or `null` for an empty text. */
function parseLocale(text: string): string | null {
  if (!text) return null;
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null;
  } catch {
    throw parameterError('form_param_format_invalid', 'locale', 'locale must be a language tag such as en-US.');
  }
}
