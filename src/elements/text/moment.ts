/** Dates in words. */

/** A calendar date, or one with a time of day (RFC 3339). */
const dateText = /^\d{4}-\d\d-\d\d(T.*)?$/;

/** What a `<time>` needs. */
export interface Moment {
  /** For machines. */
  dateTime: string;
  /** For people. */
  text: string;
}

/** How much of a moment is said. */
export type Precision = 'date' | 'datetime';

/**
 * A moment in words of a language; a date without a time is the same day everywhere. `undefined` for what is no moment.
 * @param language a BCP 47 tag; one that is empty or no such tag means that of the browser
 */
export function toMoment(value: unknown, precision: Precision, language: string): Moment | undefined {
  const written = typeof value === 'string' ? dateText.exec(value) : undefined;
  const date = written ? new Date(written[0]) : value;
  if (!(date instanceof Date) || Number.isNaN(date.getTime())) return undefined;
  const isDay = written && !written[1];
  const options: Intl.DateTimeFormatOptions = {
    dateStyle: 'long',
    ...(isDay ? { timeZone: 'UTC' } : precision === 'datetime' && { timeStyle: 'short' }),
  };
  return { dateTime: isDay ? written[0] : date.toISOString(), text: format(date, options, language) };
}

function format(date: Date, options: Intl.DateTimeFormatOptions, language: string): string {
  try {
    return date.toLocaleString(language || undefined, options);
  } catch {
    return date.toLocaleString(undefined, options);
  }
}
