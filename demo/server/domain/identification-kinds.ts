/** What differs between email addresses and phone numbers. All that is done with either is written once, for a kind. */
import type { InstanceSettings } from '../settings.ts';
import { isClaimed } from '../store/identifications.ts';
import type { EmailAddress, IdentificationKind, PhoneNumber } from '../store/identifications.ts';
import type { User } from '../store/users.ts';
import { isTestEmailAddress, isTestPhoneNumber, parseEmailAddress, parsePhoneNumber } from './identifiers.ts';

/** An email address or a phone number of a user. */
export interface Identification extends Pick<EmailAddress, 'id' | 'verified_by' | 'reserved' | 'verification_id'> {
  kind: IdentificationKind;
  /** As it is shown and sent to. */
  value: string;
  /** As it is compared. */
  normalized: string;
  isPrimary: boolean;
  /** Proves the second step of a sign-in, and so not the first. */
  isSecondFactor: boolean;
  isDefaultSecondFactor: boolean;
}

/** A value out of a request, in the two spellings in which it is kept. */
export interface ParsedIdentification {
  value: string;
  normalized: string;
}

export interface KindRules {
  /** Proves it, and signs in with it. */
  strategy: 'email_code' | 'phone_code';
  /** Of factors and forms, which name one by its id. */
  idParameter: 'email_address_id' | 'phone_number_id';
  primaryColumn: 'primary_email_address_id' | 'primary_phone_number_id';
  /** For people. */
  noun: string;
  settingsOf: (attributes: InstanceSettings['attributes']) => { enabled: boolean; required: boolean; verifyAtSignUp: boolean };
  /** @throws ApiError 422 `form_param_format_invalid`. */
  parse: (text: string, parameter?: string) => ParsedIdentification;
  /** Gets no message, and takes one code, in test mode. */
  isTest: (normalized: string) => boolean;
  /** For display to whoever has not proved it yet (dossier part 2, §2.1). */
  mask: (value: string) => string;
}

export const identificationKinds: Record<IdentificationKind, KindRules> = {
  email_address: {
    strategy: 'email_code',
    idParameter: 'email_address_id',
    primaryColumn: 'primary_email_address_id',
    noun: 'email address',
    settingsOf: ({ emailAddress }) => emailAddress,
    parse: (text, parameter) => {
      const { address, normalized } = parseEmailAddress(text, parameter);
      return { value: address, normalized };
    },
    isTest: isTestEmailAddress,
    mask: maskEmailAddress,
  },
  phone_number: {
    strategy: 'phone_code',
    idParameter: 'phone_number_id',
    primaryColumn: 'primary_phone_number_id',
    noun: 'phone number',
    settingsOf: ({ phoneNumber }) => phoneNumber,
    parse: (text, parameter) => {
      const number = parsePhoneNumber(text, parameter);
      return { value: number, normalized: number };
    },
    isTest: isTestPhoneNumber,
    mask: maskPhoneNumber,
  },
};

export const kinds = Object.keys(identificationKinds) as IdentificationKind[];

/** The kind that a code of this strategy proves; `undefined` for other strategies. */
export const kindOfStrategy = (strategy: string): IdentificationKind | undefined =>
  kinds.find((kind) => identificationKinds[kind].strategy === strategy);

/** Which of the two a text is meant to be, where either will do. */
export const kindOfText = (text: string): IdentificationKind => (text.includes('@') ? 'email_address' : 'phone_number');

/** All of a user, whatever their state; email addresses first. */
export function identificationsOf(user: User): Identification[] {
  const common = ({ id, verified_by, reserved, verification_id }: EmailAddress | PhoneNumber) => ({
    id,
    verified_by,
    reserved,
    verification_id,
    isPrimary: id === user.primary_email_address_id || id === user.primary_phone_number_id,
  });
  return [
    ...user.email_addresses.map((row) => ({
      ...common(row),
      kind: 'email_address' as const,
      value: row.email_address,
      normalized: row.email_address_normalized,
      isSecondFactor: false,
      isDefaultSecondFactor: false,
    })),
    ...user.phone_numbers.map((row) => ({
      ...common(row),
      kind: 'phone_number' as const,
      value: row.phone_number,
      normalized: row.phone_number,
      isSecondFactor: row.reserved_for_second_factor,
      isDefaultSecondFactor: row.default_second_factor,
    })),
  ];
}

/** Those that identify the user and to which codes may be sent. */
export const claimedOf = (user: User): Identification[] => identificationsOf(user).filter(isClaimed);

/** `ann@example.com` → `a**@example.com`. */
export function maskEmailAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const [first = '', ...rest] = address.slice(0, at);
  return `${first}${'*'.repeat(Math.max(1, rest.length))}${address.slice(at)}`;
}

/** `+14155550132` → `+*******0132`. */
export function maskPhoneNumber(number: string): string {
  return `+${'*'.repeat(Math.max(1, number.length - 5))}${number.slice(-4)}`;
}
