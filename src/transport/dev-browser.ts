/**
 * The development stand-in for the client cookie (dossier part 1, §4.3): a bearer credential that travels in addresses, because
 * browsers refuse third-party cookies. One found in the page's address is only taken if this tab has sent the person away itself
 * (security.md, E5): otherwise a link could plant somebody else's.
 */
import { devBrowserEndpoints } from '../wire/dev-browser.ts';
import { oneYear, readCookie, removeCookie, writeCookie } from './cookies.ts';
import type { CookieAttributes } from './cookies.ts';
import type { FrontendApi } from './frontend-api.ts';
import type { Platform } from './platform.ts';

/** Name of the query parameter and of the cookie. */
export const devBrowserName = '__clerk_db_jwt';

/** The tab's note that it sent the person to a page which may answer with a credential. */
const roundTripMark = '__clerk_round_trip';

export class DevBrowser {
  /** Known after `setUp()`. */
  id: string | undefined;
  readonly #platform: Platform;
  readonly #attributes: () => CookieAttributes;
  #names: string[] = [devBrowserName];

  constructor(platform: Platform, attributes: () => CookieAttributes) {
    this.#platform = platform;
    this.#attributes = attributes;
  }

  /** Notes that the person is being sent to another origin, which may send them back with a credential. */
  startRoundTrip(): void {
    this.#platform.writeMark(roundTripMark, '1');
  }

  /** Finds the credential, or asks for a new one. `fromUrl` is what the page's address carried. */
  async setUp(api: FrontendApi, suffix: string, fromUrl: string | null, patience: number): Promise<void> {
    if (suffix) this.#names = [`${devBrowserName}_${suffix}`, devBrowserName];
    const expected = this.#platform.readMark(roundTripMark) !== null;
    this.#platform.writeMark(roundTripMark, null);
    const known = this.id ?? this.#names.map((name) => readCookie(this.#platform.cookies, name)).find(Boolean);
    if (fromUrl && expected) this.store(fromUrl);
    else if (known) this.store(known);
    else await this.create(api, patience);
  }

  async create(api: FrontendApi, patience?: number): Promise<void> {
    this.forget();
    const { id } = await api.call(devBrowserEndpoints.createDevBrowser, patience === undefined ? {} : { patience });
    this.store(id);
  }

  store(id: string): void {
    this.id = id;
    for (const name of this.#names) writeCookie(this.#platform.cookies, name, id, { ...this.#attributes(), maxAge: oneYear });
  }

  forget(): void {
    this.id = undefined;
    for (const name of this.#names) removeCookie(this.#platform.cookies, name, this.#attributes());
  }
}
