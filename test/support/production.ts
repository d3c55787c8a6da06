/** A production instance on loopback: `pk_live_`, so browsers are known by their `__client` cookie. */
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { startApi } from './api.ts';
import type { TestApi, TestApiOptions } from './api.ts';
import { freePort } from './free-port.ts';
import { frontendQuery, readAnswer, sentMethod } from './frontend-client.ts';
import type { CallOptions, FrontendAnswer, FrontendClient } from './frontend-client.ts';

/** Where the pages of this instance are. */
export const pageOrigin = 'https://www.example.com';

/** @param host in the publishable key; default: where the server really is, so that plain http is spoken. */
export async function startProductionApi({ host, ...options }: TestApiOptions & { host?: string } = {}): Promise<
  TestApi & { address: string }
> {
  const port = await freePort();
  const api = await startApi({
    ...options,
    port,
    publishableKey: createPublishableKey({ instanceType: 'production', frontendApi: host ?? `127.0.0.1:${port}` }),
    instance: { test_mode: false, rate_limits: 'off', allowed_origins: [pageOrigin], users: [], ...options.instance },
  });
  return { ...api, address: `http://127.0.0.1:${port}` };
}

export interface CookieAnswer extends FrontendAnswer {
  setCookies: string[];
}

/** What such a browser keeps of answers and shows with requests. */
class CookieJar {
  readonly cookies = new Map<string, string>();
  readonly address: string;

  constructor(address: string) {
    this.address = address;
  }

  /** @param path with query, below the address of the server. */
  async send(method: string, path: string, { form = {}, headers = {} }: CookieRequest = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${this.address}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie && { cookie }),
        ...(method !== 'GET' && { origin: pageOrigin, 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(method !== 'GET' && { body: new URLSearchParams(form).toString() }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }
}

interface CookieRequest {
  form?: Record<string, string>;
  headers?: Record<string, string>;
}

/** A browser of such an instance, with a cookie jar of its own. */
export class CookieBrowser extends CookieJar {
  /** One that shows the same cookies from here on. */
  copy(): CookieBrowser {
    const twin = new CookieBrowser(this.address);
    for (const [name, value] of this.cookies) twin.cookies.set(name, value);
    return twin;
  }

  /** @param path with query, below the address of the server. */
  async call(method: string, path: string, request?: CookieRequest): Promise<CookieAnswer> {
    const answer = await this.send(method, path, request);
    return { ...(await readAnswer(answer)), setCookies: answer.headers.getSetCookie() };
  }

  /** Signs in; the id of the session. */
  async signIn(identifier: string, password: string): Promise<string> {
    const { status, body, response } = await this.call('POST', '/v1/client/sign_ins', { form: { identifier, password } });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return response.created_session_id as string;
  }
}

/** The same, spoken to as `createFrontendClient()` speaks to test instances. There is no dev browser. */
export class ProductionClient extends CookieJar implements FrontendClient {
  devBrowser = '';

  async call(method: string, path: string, form: Record<string, string> = {}, options: CallOptions = {}): Promise<FrontendAnswer> {
    const { headers = {} } = options;
    return readAnswer(await this.send(sentMethod(method), `/v1${path}?${frontendQuery(method, options)}`, { form, headers }));
  }

  /** A navigation. */
  go(path: string): Promise<Response> {
    return this.send('GET', path);
  }
}
