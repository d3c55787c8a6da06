/**
 * The development stand-in for the client cookie (dossier part 1, §4.3): a bearer credential that travels in addresses, because
 * browsers refuse third-party cookies. One found in the page's address is only taken if this tab has sent the person away itself
 * (security.md, E5): otherwise a link could plant somebody else's.
 */
import { devBrowserEndpoints } from '../wire/dev-browser.ts';
import type { FrontendApi } from './frontend-api.ts';
import { startPatience } from './frontend-api.ts';
import type { Platform } from './platform.ts';
import { shared } from './retry.ts';
import type { SuffixedCookies } from './suffixed-cookies.ts';

/** Name of the query parameter and of the cookie. */
export const devBrowserName = '__clerk_db_jwt';

/** The tab's note that it sent the person to a page which may answer with a credential. */
const roundTripMark = '__clerk_round_trip';

export class DevBrowser {
  /** Known after `setUp()`. */
  id: string | undefined;
  readonly #platform: Platform;
  readonly #cookies: SuffixedCookies;
  readonly #api: FrontendApi;

  constructor(platform: Platform, cookies: SuffixedCookies, api: FrontendApi) {
    this.#platform = platform;
    this.#cookies = cookies;
    this.#api = api;
  }

  /** Notes that the person is being sent to another origin, which may send them back with a credential. */
  startRoundTrip(): void {
    this.#platform.writeMark(roundTripMark, '1');
  }

  /** Finds the credential, or asks for a new one. `fromUrl` is what the page's address carried. */
  async setUp(fromUrl: string | null): Promise<void> {
    const id = (this.#platform.readMark(roundTripMark) && fromUrl) || this.id || this.#cookies.read(devBrowserName);
    this.#platform.writeMark(roundTripMark, null);
    if (id) this.store(id);
    else await this.create();
  }

  /** Asks for a new one, once for all who need it: two that the tabs of one browser had would be two people's. */
  readonly create = shared(() => {
    const { id } = this;
    return this.#platform.exclusively('clerk.lock.devBrowser', startPatience, async () => {
      const other = this.#cookies.read(devBrowserName);
      if (other && other !== id) return this.store(other);
      this.id = undefined;
      if (other) this.forget();
      this.store((await this.#api.call(devBrowserEndpoints.createDevBrowser, { patience: startPatience })).id);
      // Browsers write cookies behind the script's back, unless it asks for them: the next tab must find this one.
      this.#cookies.read(devBrowserName);
    });
  });

  store(id: string): void {
    this.id = id;
    this.#cookies.write(devBrowserName, id);
  }

  forget(): void {
    this.id = undefined;
    this.#cookies.remove(devBrowserName);
  }
}
