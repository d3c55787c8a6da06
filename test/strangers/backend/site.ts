/** A site whose server asks Clerk's backend package who calls, and a browser that goes where it is sent. */
import type { ClerkClient } from '@clerk/backend';

type Options = NonNullable<Parameters<ClerkClient['authenticateRequest']>[1]>;
export type RequestState = Awaited<ReturnType<ClerkClient['authenticateRequest']>>;

export interface SiteOptions extends Options {
  clerk: ClerkClient;
  /** Address of the Frontend API, to which the site sends browsers that it does not understand. */
  frontendApi: string;
  /** Goes there; `location` of the answer. Default: without cookies, as in test instances. */
  visitFrontendApi?: (url: string) => Promise<string>;
}

/** More redirects than any visit takes. */
const mostHops = 8;

/** One browser on the site, with the cookies that it has there. */
export class SiteVisitor {
  readonly cookies = new Map<string, string>();
  readonly #options: SiteOptions;

  constructor(options: SiteOptions) {
    this.#options = options;
  }

  /** A visitor with the same cookies, to whom the site answers with other options. */
  with(options: Partial<SiteOptions>): SiteVisitor {
    const twin = new SiteVisitor({ ...this.#options, ...options });
    for (const [name, value] of this.cookies) twin.cookies.set(name, value);
    return twin;
  }

  /** What the server of the site makes of one request for a page, and the cookies that it answers with. */
  async ask(url: string, headers: Record<string, string> = { accept: 'text/html', 'sec-fetch-dest': 'document' }): Promise<RequestState> {
    const { clerk, frontendApi: _address, visitFrontendApi: _visit, ...options } = this.#options;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const state = await clerk.authenticateRequest(new Request(url, { headers: { ...headers, ...(cookie && { cookie }) } }), options);
    for (const line of state.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      // The count of redirects lives two seconds, and a visit is over sooner.
      if (name === '__clerk_redirect_count') continue;
      if (value && !/Max-Age=0/i.test(line)) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    return state;
  }

  /** Goes on until a page is shown. @returns what the site thinks then, and why it has sent the browser round before. */
  async visit(url: string): Promise<{ state: RequestState; reasons: string[]; url: string }> {
    const { frontendApi, visitFrontendApi = withoutCookies } = this.#options;
    const reasons: string[] = [];
    for (let at = url; reasons.length < mostHops;) {
      const state = await this.ask(at);
      const location = state.headers.get('location');
      if (!location) return { state, reasons, url: at };
      reasons.push(String(state.reason));
      at = location.startsWith(frontendApi) ? await visitFrontendApi(location) : location;
    }
    throw new Error(`The site sends browsers round and round: ${reasons.join(', ')}`);
  }
}

async function withoutCookies(url: string): Promise<string> {
  const { headers, status } = await fetch(url, { redirect: 'manual' });
  const location = headers.get('location');
  if (location === null) throw new Error(`${url}: ${status}`);
  return location;
}
