/** Cookies in two spellings: with the suffix of the key, and without. Both always say the same (dossier part 1, §5.8). */
import { oneYear, readCookie, writeCookie } from './cookies.ts';
import type { CookieAttributes } from './cookies.ts';
import type { Platform } from './platform.ts';

export class SuffixedCookies {
  /** Suffix of the key; empty until it is known. */
  suffix = '';
  protected readonly platform: Platform;

  constructor(platform: Platform) {
    this.platform = platform;
  }

  /** How cookies of this page must be written. */
  attributes(): CookieAttributes {
    const isForeign = this.platform.isForeignFrame();
    return { sameSite: isForeign ? 'None' : 'Lax', secure: isForeign || this.platform.url().protocol === 'https:' };
  }

  read(name: string): string | undefined {
    return this.#names(name)
      .map((each) => readCookie(this.platform.cookies, each))
      .find(Boolean);
  }

  /** For a year, unless the attributes say otherwise. */
  write(name: string, value: string, attributes?: CookieAttributes): void {
    this.#names(name).forEach((each) => {
      writeCookie(this.platform.cookies, each, value, { ...this.attributes(), maxAge: oneYear, ...attributes });
    });
  }

  remove(name: string): void {
    this.write(name, '', { maxAge: 0 });
  }

  #names(name: string): string[] {
    return this.suffix ? [`${name}_${this.suffix}`, name] : [name];
  }
}
