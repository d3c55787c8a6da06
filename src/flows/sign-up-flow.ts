/**
 * Where a sign-up stands. The API owns the state; this only reads it, together with the little that the person has decided
 * in the card.
 */
import type { FormValues } from '../factors/factor.ts';
import type { EnvironmentResource, SignUpParams, SignUpResource } from '../resources/types.ts';
import { isUnderWay } from '../rules/under-way.ts';

/** What the person has decided in this card, and the API does not know. */
export interface SignUpChoice {
  /** Whether this card is working on the attempt; one left from an earlier visit counts only while its code is under way. */
  engaged: boolean;
  /** A screen in place of the attempt's own. */
  view?: 'start' | undefined;
}

/** The fields that this card can ask for, by the names of their inputs. */
export type SignUpFieldName = 'firstName' | 'lastName' | 'username' | 'emailAddress' | 'password' | 'legalAccepted';

export interface SignUpField {
  name: SignUpFieldName;
  /** As on the wire: `email_address`. */
  param: string;
  required: boolean;
}

export type SignUpStep =
  /** The first form; at `continue` only what is still missing. */
  | { name: 'start' | 'continue'; fields: SignUpField[] }
  /** Nobody can sign up here by themselves. */
  | { name: 'closed'; mode: 'restricted' | 'waitlist' }
  /** A code goes to the address; `sent` as long as one that was sent is valid. */
  | { name: 'verify-email'; address: string; sent: boolean }
  | { name: 'complete'; sessionId: string | null }
  /** The API asks for something that this version cannot do: said, with a way to start again. */
  | { name: 'unsupported'; what: string };

/** In the order in which the card shows them. */
const fieldNames: [SignUpFieldName, string][] = [
  ['firstName', 'first_name'],
  ['lastName', 'last_name'],
  ['username', 'username'],
  ['emailAddress', 'email_address'],
  ['password', 'password'],
  ['legalAccepted', 'legal_accepted'],
];

/** The step to show. */
export function stepOf(signUp: SignUpResource, environment: EnvironmentResource, choice: SignUpChoice): SignUpStep {
  if (choice.view === 'start' || !(choice.engaged || isLeftUnderWay(signUp))) return startOf(environment);
  switch (signUp.status) {
    case null:
    case 'abandoned':
      return startOf(environment);
    case 'missing_requirements':
      return requirementOf(signUp, environment);
    case 'complete':
      return { name: 'complete', sessionId: signUp.createdSessionId };
    default:
      return { name: 'unsupported', what: signUp.status };
  }
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

function startOf(environment: EnvironmentResource): SignUpStep {
  const mode = environment.signUpMode;
  if (mode === 'restricted' || mode === 'waitlist') return { name: 'closed', mode };
  const fields = fieldNames.flatMap(([name, param]) => {
    const { enabled, required } = settingsOf(environment, name, param);
    return enabled ? [{ name, param, required }] : [];
  });
  return fields.length ? { name: 'start', fields } : { name: 'unsupported', what: 'no field' };
}

/** Which fields the first form has (dossier part 2, §5). */
function settingsOf(environment: EnvironmentResource, name: SignUpFieldName, param: string): { enabled: boolean; required: boolean } {
  if (name === 'legalAccepted') {
    return { enabled: environment.legalConsentEnabled, required: environment.legalConsentEnabled };
  }
  const { enabled, required } = environment.attribute(param);
  // An optional password is set later, in the account.
  if (name === 'password') return { enabled: enabled && required, required };
  if (name !== 'emailAddress') return { enabled, required };
  const phone = environment.attribute('phone_number');
  // Where either will do, the API still wants one of the two, and this card asks for no phone number.
  return { enabled, required: required || (phone.enabled && !phone.required) };
}

/** What an attempt still needs: an address is verified before anything else is asked for (dossier part 2, §3.3). */
function requirementOf(signUp: SignUpResource, environment: EnvironmentResource): SignUpStep {
  if (signUp.unverifiedFields.includes('email_address')) return verificationOf(signUp, environment);
  const [unverified] = signUp.unverifiedFields;
  if (unverified !== undefined) return { name: 'unsupported', what: unverified };
  const missing = signUp.missingFields.map((param) => (param === 'email_address_or_phone_number' ? 'email_address' : param));
  const unknown = missing.find((param) => !fieldNames.some(([, known]) => known === param));
  if (unknown !== undefined) return { name: 'unsupported', what: unknown };
  const fields = fieldNames.filter(([, param]) => missing.includes(param)).map(([name, param]) => ({ name, param, required: true }));
  return fields.length ? { name: 'continue', fields } : { name: 'unsupported', what: 'custom_action' };
}

function verificationOf(signUp: SignUpResource, environment: EnvironmentResource): SignUpStep {
  const verification = signUp.verifications.emailAddress;
  const named = verification.supportedStrategies;
  const strategies = named.length ? named : environment.attribute('email_address').verifications;
  if (strategies.length && !strategies.includes('email_code')) {
    return { name: 'unsupported', what: strategies.join(', ') };
  }
  return { name: 'verify-email', address: signUp.emailAddress ?? '', sent: isUnderWay(verification, 'email_code') };
}

const isLeftUnderWay = ({ status, unverifiedFields, verifications }: SignUpResource) =>
  status === 'missing_requirements' && unverifiedFields.includes('email_address') && isUnderWay(verifications.emailAddress, 'email_code');
