/** What a sign-up needs, and where it stands (dossier part 2, §3.1, §3.3, §5). Pure. */
import type { InstanceSettings } from '../settings.ts';
import type { SignUp } from '../store/sign-ups.ts';
import type { IdentificationKind } from '../store/identifications.ts';
import type { Verification } from '../store/verifications.ts';
import { identificationKinds, kinds } from './identification-kinds.ts';

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
  | 'email_address'
  | 'email_address_normalized'
  | 'phone_number'
  | 'username'
  | 'first_name'
  | 'last_name'
  | 'has_password'
  | 'legal_accepted_at'
  | 'external_account_strategy'
>;

/** What a sign-up has prepared to prove its address and its number. */
export type SignUpVerifications = Partial<Record<IdentificationKind, Verification | undefined>>;

export function fieldsOf(signUp: SignUpValues, verifications: SignUpVerifications, settings: InstanceSettings): SignUpFields {
  const { required, optional } = fieldsAskedFor(settings, signUp.external_account_strategy !== null);
  const supplied: Record<string, unknown> = {
    email_address: signUp.email_address,
    phone_number: signUp.phone_number,
    [eitherIdentification]: signUp.email_address ?? signUp.phone_number,
    username: signUp.username,
    first_name: signUp.first_name,
    last_name: signUp.last_name,
    password: signUp.has_password || null,
    legal_accepted: signUp.legal_accepted_at,
  };
  const isUnproved = (kind: IdentificationKind) =>
    signUp[kind] !== null &&
    identificationKinds[kind].settingsOf(settings.attributes).verifyAtSignUp &&
    !isProved(signUp, kind, verifications[kind]);
  return {
    required,
    optional,
    missing: required.filter((field) => supplied[field] === null),
    unverified: kinds.filter(isUnproved),
  };
}

/** The field of an instance for which an email address and a phone number are equally good. */
export const eitherIdentification = 'email_address_or_phone_number';

/**
 * Which fields an instance asks for. Somebody without any identifier could never sign in again, so one is always required.
 * @param hasExternalAccount who has proved an account at a provider signs in with that one, and may go without a password.
 */
export function fieldsAskedFor(
  { attributes, signUp, social }: InstanceSettings,
  hasExternalAccount = false,
): Pick<SignUpFields, 'required' | 'optional'> {
  const { emailAddress, phoneNumber, username } = attributes;
  const asked: [name: string, isRequired: boolean][] = [];
  const isWithoutIdentifier = ![emailAddress, phoneNumber, username].some(({ enabled, required }) => enabled && required);
  const isEitherEnough = isWithoutIdentifier && emailAddress.enabled && phoneNumber.enabled;
  const isOnlyOne = isWithoutIdentifier && !isEitherEnough;
  if (emailAddress.enabled) asked.push(['email_address', emailAddress.required || isOnlyOne]);
  if (phoneNumber.enabled) asked.push(['phone_number', phoneNumber.required || isOnlyOne]);
  if (isEitherEnough) asked.push([eitherIdentification, true]);
  if (username.enabled) asked.push(['username', username.required || (isOnlyOne && !emailAddress.enabled && !phoneNumber.enabled)]);
  if (attributes.firstName.enabled) asked.push(['first_name', attributes.firstName.required]);
  if (attributes.lastName.enabled) asked.push(['last_name', attributes.lastName.required]);
  if (attributes.password.enabled) asked.push(['password', attributes.password.required && !hasExternalAccount]);
  if (signUp.legalConsent) asked.push(['legal_accepted', true]);
  for (const { strategy, authenticatable } of social) if (authenticatable) asked.push([strategy, false]);
  return {
    required: asked.filter(([, isRequired]) => isRequired).map(([name]) => name),
    optional: asked.filter(([, isRequired]) => !isRequired).map(([name]) => name),
  };
}

/** What a sign-up has of a kind, as it is compared. */
export const normalizedOf = (signUp: Pick<SignUp, 'email_address_normalized' | 'phone_number'>, kind: IdentificationKind): string | null =>
  kind === 'phone_number' ? signUp.phone_number : signUp.email_address_normalized;

/** Whether a verification is about what the sign-up has now, and not about what it had before. */
export const isAboutIts = (
  signUp: Pick<SignUp, 'email_address_normalized' | 'phone_number'>,
  kind: IdentificationKind,
  verification: Verification,
): boolean => verification.sent_to === normalizedOf(signUp, kind);

export const isProved = (
  signUp: Pick<SignUp, 'email_address_normalized' | 'phone_number'>,
  kind: IdentificationKind,
  verification: Verification | undefined,
): boolean => verification?.status === 'verified' && isAboutIts(signUp, kind, verification);

/** Whether nothing is left to ask. */
export const isReady = ({ missing, unverified }: SignUpFields): boolean => !missing.length && !unverified.length;
