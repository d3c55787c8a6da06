/** What is typed as a phone number, as the API takes it. The API knows the numbering plans; it drops a leading 0 where there must be none. */
import { digitsOf } from '../../rules/digits.ts';
import { callingCodes, countryOf } from './calling-codes.ts';

/** A number as a person has it in view: its country, and what is typed beside it. */
export interface TypedNumber {
  /** ISO 3166: `DE`. */
  country: string;
  text: string;
}

/** How an international number begins: with a plus, or with the two zeros that most countries dial for it. */
const international = /^\s*([+＋]|00)/;

/** `0151 2345` typed in Germany → `+4901512345`; empty where there is no digit. What is international already stays so, whatever the country. */
export function toInternational({ country, text }: TypedNumber): string {
  const [prefix = ''] = international.exec(text) ?? [];
  // Some write the zero that is dialled only at home: +49 (0) 151.
  const digits = digitsOf(prefix ? text.slice(prefix.length).replace('(0)', '') : text);
  if (!digits) return '';
  return `+${prefix ? '' : (callingCodes.get(country) ?? '')}${digits}`;
}

/**
 * Takes an international number apart, once its calling code is there: `+49 151 2345` → Germany, `151 2345`. Of several countries with one
 * code it is the present one, else the main one.
 */
export function splitNumber({ country, text }: TypedNumber): TypedNumber {
  const [prefix] = international.exec(text) ?? [];
  const rest = text.slice(prefix?.length);
  const found = countryOf(digitsOf(rest));
  if (!prefix || !found) return { country, text: text.trimStart() };
  const code = callingCodes.get(found)!;
  // The code ends with its last digit; brackets and signs after it are not part of the number.
  let end = 0;
  for (let count = 0; count < code.length; end++) if (digitsOf(rest[end]!)) count++;
  return {
    country: callingCodes.get(country) === code ? country : found,
    text: rest.slice(end).replace(/^[\s)./-]*(\(0\)\s*)?/, ''),
  };
}

/** The country to begin with, by the languages of the browser: the first that names a region, else where the first is mostly spoken. */
export function initialCountry(languages: readonly string[]): string {
  const locales = languages.map((language) => new Intl.Locale(language));
  const regions = [...locales.map(({ region }) => region), locales[0]?.maximize().region];
  return regions.find((region) => callingCodes.has(region ?? '')) ?? 'US';
}
