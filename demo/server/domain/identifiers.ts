/**
 * Email addresses, phone numbers and usernames: one person, one spelling (security.md, C9). The order matters: trim, NFKC, validate, lower-case;
 * checking first and normalising afterwards would let other spellings through.
 */
import { domainToASCII } from 'node:url';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { parameterError } from '../errors.ts';

export interface NormalizedEmailAddress {
  /** As mail is sent to it and shown: case kept before the `@`, domain in ASCII. */
  address: string;
  /** As it is compared. */
  normalized: string;
}

/** Local part as a dot-atom of RFC 5321, with letters and digits of every script (RFC 6531). */
const localPart = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u;
/** What a domain is written with. Its conversion to ASCII reads it as part of a URL: it drops tabs and line breaks, decodes `%61`, and ends at `/`. */
const domainText = /^[\p{L}\p{N}\p{M}\p{So}.。-]+$/u;
const domainName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** `undefined` for anything that is not an address. */
export function normalizeEmailAddress(text: string): NormalizedEmailAddress | undefined {
  const folded = text.trim().normalize('NFKC');
  const at = folded.lastIndexOf('@');
  if (at < 1 || folded.length > 254) return undefined;
  const local = folded.slice(0, at);
  const host = folded.slice(at + 1);
  if (!domainText.test(host)) return undefined;
  const domain = domainToASCII(host).toLowerCase();
  if (Buffer.byteLength(local) > 64 || !localPart.test(local)) return undefined;
  if (domain.length > 253 || !domainName.test(domain)) return undefined;
  // Lower-casing can leave NFKC again, as with the dotted capital I.
  return { address: `${local}@${domain}`, normalized: `${local.toLowerCase().normalize('NFKC')}@${domain}` };
}

/**
 * An address given by a user.
 * @throws ApiError 422 `form_param_format_invalid`.
 */
export function parseEmailAddress(text: string, parameter = 'email_address'): NormalizedEmailAddress {
  const address = normalizeEmailAddress(text);
  if (address) return address;
  throw parameterError('form_param_format_invalid', parameter, 'Enter a valid email address.');
}

/** Test mode: `ann+clerk_test@example.com` gets no mail and takes the code 424242 (dossier part 2, §7). */
export function isTestEmailAddress(normalized: string): boolean {
  return /^[^@]*\+clerk_test[^@]*@/.test(normalized);
}

/** More than any way of writing a number needs. */
const longestPhoneNumber = 40;

/**
 * A phone number in E.164, such as `+14155550132`, out of any spelling that names its country; `undefined` for anything else. The length
 * has to be one of its country. Whether the number is in use, a code shows better than a list that is always behind.
 */
export function normalizePhoneNumber(text: string): string | undefined {
  const folded = text.trim().normalize('NFKC');
  if (!folded.startsWith('+') || folded.length > longestPhoneNumber) return undefined;
  const number = parsePhoneNumberFromString(folded, { extract: false });
  return number?.isPossible() && !number.ext ? number.number : undefined;
}

/**
 * A phone number given by a user.
 * @throws ApiError 422 `form_param_format_invalid`.
 */
export function parsePhoneNumber(text: string, parameter = 'phone_number'): string {
  const number = normalizePhoneNumber(text);
  if (number) return number;
  throw parameterError(
    'form_param_format_invalid',
    parameter,
    'Enter a valid phone number with its country code, such as +1 415 555 0132.',
  );
}

/** Test mode: `+1 415 555 0100` to `0199` of every area get no message and take the code 424242 (dossier part 2, §7). */
export function isTestPhoneNumber(normalized: string): boolean {
  return /^\+1\d{3}55501\d{2}$/.test(normalized);
}

/** What identifies a user at sign-in: the normalised address, number or username. */
export type Identifier = { emailAddress: string } | { phoneNumber: string } | { username: string };

/** Reads what was typed into the identifier field; `undefined` if it can be none of them. */
export function normalizeIdentifier(text: string): Identifier | undefined {
  const folded = text.trim().normalize('NFKC');
  if (folded.startsWith('+') && !folded.includes('@')) {
    const phoneNumber = normalizePhoneNumber(folded);
    return phoneNumber === undefined ? undefined : { phoneNumber };
  }
  if (folded.includes('@')) {
    const address = normalizeEmailAddress(folded);
    return address && { emailAddress: address.normalized };
  }
  return usernameProblem(folded) ? undefined : { username: folded.toLowerCase() };
}

const usernameProblem = (username: string) => {
  if (username.length < 4 || username.length > 64) return 'form_username_invalid_length';
  if (!/^[A-Za-z0-9_-]+$/.test(username)) return 'form_username_invalid_character';
  if (/^\d+$/.test(username)) return 'form_username_needs_non_number_char';
  return undefined;
};

const usernameMessages = {
  form_username_invalid_length: 'Your username must be between 4 and 64 characters long.',
  form_username_invalid_character: 'Your username can only contain letters, numbers and underscores or hyphens.',
  form_username_needs_non_number_char: 'Your username must contain one character that is not a number.',
};

/**
 * A username given by a user, trimmed and folded; its lower-case form is what must be unique.
 * @throws ApiError 422 `form_username_…`.
 */
export function parseUsername(text: string, parameter = 'username'): string {
  const username = text.trim().normalize('NFKC');
  const problem = usernameProblem(username);
  if (problem) throw parameterError(problem, parameter, usernameMessages[problem]);
  return username;
}
