import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { normalizePhoneNumber } from '../../../demo/server/domain/identifiers.ts';
import { callingCodes, countryOf } from '../../../src/elements/phone/calling-codes.ts';
import { initialCountry, splitNumber, toInternational } from '../../../src/elements/phone/phone-number.ts';

describe('calling codes', () => {
  it('are those of the library that the API reads numbers with', () => {
    const known = Object.fromEntries(getCountries().map((country) => [country, getCountryCallingCode(country)]));
    assert.deepEqual(Object.fromEntries([...callingCodes].sort()), Object.fromEntries(Object.entries(known).sort()));
  });

  it('lead to the main of several countries that share one', () => {
    const mains = Object.fromEntries(['1', '7', '44', '39', '47', '61', '358', '590'].map((code) => [code, countryOf(`${code}5550100`)]));
    assert.deepEqual(mains, { 1: 'US', 7: 'RU', 44: 'GB', 39: 'IT', 47: 'NO', 61: 'AU', 358: 'FI', 590: 'GP' });
  });

  it('are recognised once they are whole', () => {
    assert.deepEqual(['', '3', '35', '353', '3531', '999'].map(countryOf), [undefined, undefined, undefined, 'IE', 'IE', undefined]);
  });
});

describe('toInternational()', () => {
  const cases: [country: string, text: string, expected: string][] = [
    ['US', '(415) 555-0132', '+14155550132'],
    ['DE', '+1 415 555 0132', '+14155550132'],
    ['DE', '001 415 555 0132', '+14155550132'],
    ['DE', '＋1 415 555 0132', '+14155550132'],
    ['EG', '٠١٠٠ ١٢٣ ٤٥٦٧', '+2001001234567'],
    ['GB', '+44 (0)20 7946 0018', '+442079460018'],
    ['US', '', ''],
    ['US', ' - ', ''],
  ];
  for (const [country, text, expected] of cases) {
    it(`reads "${text}" in ${country}`, () => {
      assert.equal(toInternational({ country, text }), expected);
    });
  }

  it('leaves the zero that is dialled at home to the API, which knows where it belongs', () => {
    const stored = ([country, text]: [string, string]) => normalizePhoneNumber(toInternational({ country, text }));
    const typed: [string, string][] = [
      ['DE', '0151 23456789'],
      ['GB', '020 7946 0018'],
      ['IT', '06 1234 5678'],
      ['RU', '8 912 345-67-89'],
      ['JP', '090-1234-5678'],
    ];
    assert.deepEqual(typed.map(stored), ['+4915123456789', '+442079460018', '+390612345678', '+79123456789', '+819012345678']);
  });

  it('reads what people write at home as the library does', () => {
    for (const country of getCountries()) {
      const example = parsePhoneNumberFromString('212 555 0100', country)?.formatNational();
      if (!example) continue;
      const expected = parsePhoneNumberFromString(example, country);
      if (!expected?.isPossible()) continue;
      assert.equal(normalizePhoneNumber(toInternational({ country, text: example })), expected.number, `${example} in ${country}`);
    }
  });
});

describe('splitNumber()', () => {
  const cases: [country: string, text: string, expected: [country: string, text: string]][] = [
    ['US', '+49 151 2345', ['DE', '151 2345']],
    ['US', '+49(0)151', ['DE', '151']],
    ['US', '+4', ['US', '+4']],
    ['US', '+44', ['GB', '']],
    ['CA', '+1 (604) 555-0100', ['CA', '(604) 555-0100']],
    ['DE', '+1-604-555-0100', ['US', '604-555-0100']],
    ['US', '0049 151', ['DE', '151']],
    ['DE', '0151 2345', ['DE', '0151 2345']],
    ['DE', '+999 1', ['DE', '+999 1']],
    ['DE', '', ['DE', '']],
  ];
  for (const [country, text, [expectedCountry, expectedText]] of cases) {
    it(`"${text}" in ${country}`, () => {
      assert.deepEqual(splitNumber({ country, text }), { country: expectedCountry, text: expectedText });
    });
  }
});

describe('initialCountry()', () => {
  it('is that of the first language that names one, else where the first is mostly spoken', () => {
    assert.equal(initialCountry(['en', 'de-AT', 'fr-FR']), 'AT');
    assert.equal(initialCountry(['ja', 'en']), 'JP');
    assert.equal(initialCountry(['zh-Hant-TW']), 'TW');
    assert.equal(initialCountry(['es-419', 'es-MX']), 'MX');
    assert.equal(initialCountry([]), 'US');
  });
});
