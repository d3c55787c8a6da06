import { problemOf } from '../../flows/problem.ts';
import type { ProblemItem } from '../../flows/problem.ts';
import { errorText } from '../../i18n/error-text.ts';
import type { Strings } from '../../i18n/en.ts';

/** The messages of one failure, sorted to the fields they are about. A message goes when its field is edited. */
export class FormErrors {
  readonly #strings: Strings;
  #items: ProblemItem[];

  constructor(strings: Strings, error: unknown) {
    this.#strings = strings;
    this.#items = error === undefined ? [] : problemOf(error).items;
  }

  /** The message at a field, which the API may know by several names. */
  of(...fields: string[]): string | undefined {
    return this.#texts(({ field }) => field !== undefined && fields.includes(field)).join(' ') || undefined;
  }

  /** The messages that belong to none of `fields`, the fields on the screen. */
  rest(fields: readonly string[]): string[] {
    return this.#texts(({ field }) => field === undefined || !fields.includes(field));
  }

  /** Forgets the message of a field. */
  clear(...fields: string[]): void {
    this.#items = this.#items.filter(({ field }) => field === undefined || !fields.includes(field));
  }

  #texts(wanted: (item: ProblemItem) => boolean): string[] {
    return [...new Set(this.#items.filter(wanted).map((item) => errorText(this.#strings, item)))];
  }
}
