/** Cookies of the page's own origin, in the spelling that backend SDKs read (dossier part 1, §5.8). */

/** The text of `document.cookie`. */
export interface CookieStore {
  read(): string;
  write(cookie: string): void;
}

export interface CookieAttributes {
  sameSite?: 'Lax' | 'Strict' | 'None';
  secure?: boolean;
  domain?: string | undefined;
  /** Seconds; without it the cookie ends with the browser. */
  maxAge?: number;
}

/** Seconds of a year. */
export const oneYear = 365 * 24 * 60 * 60;

/** The value of a cookie; `undefined` if there is none. */
export function readCookie(store: CookieStore, name: string): string | undefined {
  const value = store
    .read()
    .split(/;\s*/)
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  try {
    return value && decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Sets a cookie for the whole site. */
export function writeCookie(store: CookieStore, name: string, value: string, attributes: CookieAttributes = {}): void {
  const { sameSite = 'Lax', secure, domain, maxAge } = attributes;
  store.write(
    `${name}=${encodeURIComponent(value).replaceAll('%3A', ':')}; Path=/; SameSite=${sameSite}` +
      (domain ? `; Domain=${domain}` : '') +
      (secure ? '; Secure' : '') +
      (maxAge === undefined ? '' : `; Max-Age=${maxAge}`),
  );
}

/** Removes a cookie; one with a domain is only found by naming that domain. */
export function removeCookie(store: CookieStore, name: string, attributes: CookieAttributes = {}): void {
  writeCookie(store, name, '', { ...attributes, maxAge: 0 });
}
