/** The fields of the sign-up card: which there are, which the first form asks for, and what a filled-in form says to the API. */
import type { FormValues } from '../factors/factor.ts';
import type { EnvironmentResource, SignUpParams } from '../resources/types.ts';

/** What a code or a link can reach somebody by. */
export type ContactName = 'emailAddress' | 'phoneNumber';

/** The fields that this card can ask for, by the names of their inputs. */
export type SignUpFieldName = ContactName | 'firstName' | 'lastName' | 'username' | 'password' | 'legalAccepted';

export interface SignUpField {
  name: SignUpFieldName;
  /** As on the wire: `email_address`. */
  param: string;
  required: boolean;
  /** The field that would do as well, where the instance takes either of two. */
  other?: ContactName;
}

/** As the API calls the field for which either of the two will do. */
const either = 'email_address_or_phone_number';

/** In the order in which the card shows them. */
const fieldNames: [SignUpFieldName, string][] = [
  ['firstName', 'first_name'],
  ['lastName', 'last_name'],
  ['username', 'username'],
  ['emailAddress', 'email_address'],
  ['phoneNumber', 'phone_number'],
  ['password', 'password'],
  ['legalAccepted', 'legal_accepted'],
];

const contacts: ContactName[] = ['emailAddress', 'phoneNumber'];

/** One of two fields for the other, both of them `required` or neither. */
const contactField = (name: ContactName, required: boolean): SignUpField => {
  const other = contacts.find((each) => each !== name)!;
  return { name, param: fieldNames.find(([each]) => each === name)![1], required, other };
};

/**
 * The fields of the first form (dossier part 2, §5). Somebody without any identifier could never sign in again, so one is always required.
 * @param contact which of an email address and a phone number is asked for, where either will do.
 */
export function firstFields(environment: EnvironmentResource, contact: ContactName = 'emailAddress'): SignUpField[] {
  const { legalConsentEnabled } = environment;
  const identifiers = ['email_address', 'phone_number', 'username'].filter((param) => environment.attribute(param).enabled);
  const isFree = !identifiers.some((param) => environment.attribute(param).required);
  const isEither = contacts.every((name) => {
    const { enabled, required } = environment.attribute(contactField(name, true).param);
    return enabled && !required;
  });
  return fieldNames.flatMap(([name, param]): SignUpField[] => {
    if (name === 'legalAccepted') return legalConsentEnabled ? [{ name, param, required: true }] : [];
    const { enabled, required } = environment.attribute(param);
    // An optional password is set later, in the account.
    if (!enabled || (name === 'password' && !required)) return [];
    const isNeeded = required || (isFree && identifiers[0] === param);
    if (!isEither || (name !== 'emailAddress' && name !== 'phoneNumber')) return [{ name, param, required: isNeeded }];
    return name === contact ? [contactField(name, isFree)] : [];
  });
}

/** The fields for what an attempt lacks, by the names the API has for them; a text is the name of one that this card cannot ask for. */
export function missingFields(missing: readonly string[], contact: ContactName = 'emailAddress'): SignUpField[] | string {
  const unknown = missing.find((param) => param !== either && !fieldNames.some(([, known]) => known === param));
  if (unknown !== undefined) return unknown;
  return fieldNames.flatMap(([name, param]): SignUpField[] => {
    if (missing.includes(param)) return [{ name, param, required: true }];
    return name === contact && missing.includes(either) ? [contactField(contact, true)] : [];
  });
}

/** The required fields that have no value, as the parameters the API would name. */
export const missingParams = (fields: readonly SignUpField[], values: FormValues): string[] =>
  fields.filter(({ name, required }) => required && !values[name]).map(({ param }) => param);

/** What a filled-in form says to the API: fields that were left empty are not mentioned. */
export function paramsOf(fields: readonly SignUpField[], values: FormValues): SignUpParams {
  const params: SignUpParams = {};
  for (const { name } of fields) {
    const value = values[name];
    if (!value) continue;
    if (name === 'legalAccepted') params.legalAccepted = true;
    else params[name] = value;
  }
  return params;
}
