import type { Strings } from './en/cards.ts';

/** What is known of one error of the API (dossier part 2, §0.5). */
export interface ErrorItem {
  code: string;
  /** The parameter it is about, as on the wire: `email_address`. */
  param?: string | undefined;
  message?: string | undefined;
  longMessage?: string | undefined;
}

/** The text of an error: ours by `code__param_name`, then by `code`, else the API's own words. */
export function errorText(strings: Strings, { code, param, message, longMessage }: ErrorItem): string {
  const own = (key: string) => (Object.hasOwn(strings.errors, key) ? strings.errors[key] : undefined);
  return own(`${code}__${param ?? ''}`) ?? own(code) ?? (longMessage || message || own('unexpected') || code);
}
