/** Instances with phone numbers for tests. */
import type { SettingsFile } from '../../demo/server/settings.ts';

/** People may have phone numbers, beside the usual. */
export const withPhoneNumbers: SettingsFile = { attributes: { phone_number: { enabled: true } } };

/** Either an email address or a phone number is enough. */
export const withEither: SettingsFile = { attributes: { email_address: { required: false }, phone_number: { enabled: true } } };

/** Phone numbers may be kept for the second step. */
export const withPhoneSecondFactor: SettingsFile = { attributes: { phone_number: { enabled: true, second_factors: ['phone_code'] } } };

let count = 0;

/** A number that nobody has, and that takes the code 424242. */
export const testNumber = (): string => `+1${String(200 + count++)}5550100`;

/** The same where files do not share a count: any of the numbers that take the code 424242. */
export const newTestNumber = (): string =>
  `+1${200 + Math.floor(Math.random() * 800)}55501${String(Math.floor(Math.random() * 100)).padStart(2, '0')}`;
