import { catalogue } from '../../rules/page-texts.ts';

/** Texts of the field for a phone number. */
export const en = catalogue('phone', {
  /** In which the names of countries are. */
  language: 'en',
  country: 'Country',
  /** The texts of the countries to choose among. */
  choice: (country: string, callingCode: string) => `${country} (+${callingCode})`,
});
