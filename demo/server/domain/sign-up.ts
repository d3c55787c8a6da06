/** What a sign-up needs, and where it stands (dossier part 2, §3.1, §3.3, §5). Pure. */
import type { InstanceSettings } from '../settings.ts';
import type { SignUp } from '../store/sign-ups.ts';
import type { Verification } from '../store/verifications.ts';

/** Fields by what they still ask of the person, named as on the wire. */
export interface SignUpFields {
  required: string[];
  optional: string[];
  missing: string[];
  unverified: string[];
}

/** The columns that fields are supplied in. */
export type SignUpValues = Pick<
  SignUp,
  'email_address' | 'username' | 'first_name' | 'last_name' | 'has_password' | 'legal_accepted_at' | 'email_address_normalized'
>;

/** @param verification the one that the sign-up has prepared for its address. */
export function fieldsOf(signUp: SignUpValues, verification: Verification | undefined, settings: InstanceSettings): SignUpFields {
  const { required, optional } = fieldsAskedFor(settings);
  const supplied: Record<string, unknown> = {
    email_address: signUp.email_address,
    username: signUp.username,
    first_name: signUp.first_name,
    last_name: signUp.last_name,
    password: signUp.has_password || null,
    legal_accepted: signUp.legal_accepted_at,
  };
  const isUnproved = signUp.email_address !== null && settings.attributes.emailAddress.verifyAtSignUp && !isProved(signUp, verification);
  return {
    required,
    optional,
    missing: required.filter((field) => supplied[field] === null),
    unverified: isUnproved ? ['email_address'] : [],
  };
}

/** Which fields an instance asks for. Somebody without any identifier could never sign in again, so one is always required. */
export function fieldsAskedFor({ attributes, signUp }: InstanceSettings): Pick<SignUpFields, 'required' | 'optional'> {
  const { emailAddress, username } = attributes;
  const asked: [name: string, isRequired: boolean][] = [];
  const isWithoutIdentifier = !(emailAddress.enabled && emailAddress.required) && !(username.enabled && username.required);
  if (emailAddress.enabled) asked.push(['email_address', emailAddress.required || isWithoutIdentifier]);
  if (username.enabled) asked.push(['username', username.required || (isWithoutIdentifier && !emailAddress.enabled)]);
  if (attributes.firstName.enabled) asked.push(['first_name', attributes.firstName.required]);
  if (attributes.lastName.enabled) asked.push(['last_name', attributes.lastName.required]);
  if (attributes.password.enabled) asked.push(['password', attributes.password.required]);
  if (signUp.legalConsent) asked.push(['legal_accepted', true]);
  return {
    required: asked.filter(([, isRequired]) => isRequired).map(([name]) => name),
    optional: asked.filter(([, isRequired]) => !isRequired).map(([name]) => name),
  };
}

/** Whether a verification is about the address that the sign-up has now, and not about one it had before. */
export const isAboutItsAddress = (signUp: Pick<SignUp, 'email_address_normalized'>, verification: Verification): boolean =>
  verification.sent_to === signUp.email_address_normalized;

export const isProved = (signUp: Pick<SignUp, 'email_address_normalized'>, verification: Verification | undefined): boolean =>
  verification?.status === 'verified' && isAboutItsAddress(signUp, verification);

/** Whether nothing is left to ask. */
export const isReady = ({ missing, unverified }: SignUpFields): boolean => !missing.length && !unverified.length;
