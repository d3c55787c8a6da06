/**
 * The field for a phone number: a choice of countries, and the number. A file of its own, fetched by the UI file for instances that take phone
 * numbers; what it shares with the UI file is given to it.
 */
import type { css as Css, html as Html, nothing as Nothing, TemplateResult } from 'lit';
import type { FormValues } from '../../factors/factor.ts';
import { en } from '../../i18n/en/phone.ts';
import type { classNames as ClassNames } from '../templates/class-names.ts';
import type { describedBy as DescribedBy, FieldFrame, fieldFrame as Frame } from '../templates/field.ts';
import { callingCodes } from './calling-codes.ts';
import { initialCountry, splitNumber, toInternational } from './phone-number.ts';
import { createPhoneStyles } from './phone.styles.ts';

export interface PhoneField extends FieldFrame {
  /** What it holds at first: as it was typed, or a whole number: `+14155550132`. */
  value: string;
  /** The country that goes with it; the browser's without one. A whole number brings its own. */
  country: string | undefined;
  required: boolean;
}

/** What is needed of the UI file. */
export interface PhoneParts {
  css: typeof Css;
  html: typeof Html;
  nothing: typeof Nothing;
  classNames: typeof ClassNames;
  describedBy: typeof DescribedBy;
  fieldFrame: typeof Frame;
}

/** Name of the choice of countries in a form. */
const choiceName = 'country';

/** Made of regional indicators: systems without flags show the two letters. */
const flagOf = (country: string) => String.fromCodePoint(...[...country].map((letter) => 0x1f1a5 + letter.charCodeAt(0)));

const shortText = (country: string) => `${flagOf(country)} +${callingCodes.get(country)!}`;

export function createPhone({ css, html, nothing, classNames, describedBy, fieldFrame }: PhoneParts) {
  let options: { country: string; text: string }[] | undefined;

  /** All countries by name. The flag comes last, or typing a name would not find it. */
  const countries = () => {
    const names = new Intl.DisplayNames(en.language, { type: 'region' });
    const { compare } = new Intl.Collator(en.language);
    return [...callingCodes]
      .map(([country, code]) => ({ country, text: `${en.choice(names.of(country)!, code)} ${flagOf(country)}` }))
      .sort((one, other) => compare(one.text, other.text));
  };

  const phoneField = (field: PhoneField): TemplateResult => {
    const first = splitNumber({ country: field.country ?? initialCountry(navigator.languages), text: field.value });
    return fieldFrame(
      field,
      html`<div class="cl-phoneInputBox">
        <div class="cl-selectButton">
          <span aria-hidden="true" .textContent=${shortText(first.country)}></span>
          <svg viewBox="0 0 20 20" aria-hidden="true"><path d="m6 8 4 4 4-4" /></svg>
          <select name=${choiceName} aria-label=${en.country} @change=${choose}>
            ${(options ??= countries()).map(
              ({ country, text }) => html`<option value=${country} ?selected=${country === first.country}>${text}</option>`,
            )}
          </select>
        </div>
        <input
          id=${field.id}
          name=${field.name}
          type="tel"
          class=${classNames('formFieldInput', field.name)}
          autocomplete="tel"
          .value=${first.text}
          ?required=${field.required}
          aria-invalid=${field.error ? 'true' : nothing}
          aria-describedby=${describedBy(field)}
          @input=${recognise}
        />
      </div>`,
    );
  };

  return {
    phoneField,
    styles: createPhoneStyles(css),
    /** The whole number in the field called `name`, out of the values of its form. */
    numberOf: (values: FormValues, name: string): string =>
      toInternational({ country: values[choiceName] ?? '', text: values[name] ?? '' }),
  };
}

const show = (select: HTMLSelectElement) => {
  select.parentElement!.firstElementChild!.textContent = shortText(select.value);
};

/** Kept in the document alone: no render may take back what somebody has chosen. */
function choose(event: Event): void {
  show(event.currentTarget as HTMLSelectElement);
}

/** An international number, typed or pasted, chooses its country. */
function recognise(event: Event): void {
  const input = event.currentTarget as HTMLInputElement;
  const select = input.parentElement!.querySelector('select')!;
  const { country, text } = splitNumber({ country: select.value, text: input.value });
  if (text === input.value) return;
  input.value = text;
  select.value = country;
  show(select);
}
