/** A production instance on loopback: `pk_live_`, so browsers are known by their `__client` cookie. */
import { createPublishableKey } from '../../src/rules/publishable-key.ts';
import { startApi } from './api.ts';
import type { TestApi, TestApiOptions } from './api.ts';
import { freePort } from './free-port.ts';

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

export interface CookieAnswer {
  status: number;
  headers: Headers;
  setCookies: string[];
  body: any;
  response: any;
  client: any;
  codes: string[];
}

/** A browser of such an instance, with a cookie jar of its own. */
export class CookieBrowser {
  readonly cookies = new Map<string, string>();
  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
  }

  /** One that shows the same cookies from here on. */
  copy(): CookieBrowser {
    const twin = new CookieBrowser(this.#address);
    for (const [name, value] of this.cookies) twin.cookies.set(name, value);
    return twin;
  }

  /** @param path with query, below the address of the server. */
  async call(
    method: string,
    path: string,
    { form = {}, headers = {} }: { form?: Record<string, string>; headers?: Record<string, string> } = {},
  ): Promise<CookieAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${this.#address}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie && { cookie }),
        ...(method !== 'GET' && { origin: pageOrigin, 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(method !== 'GET' && { body: new URLSearchParams(form).toString() }),
    });
    const setCookies = answer.headers.getSetCookie();
    for (const line of setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const text = await answer.text();
    const body = text ? JSON.parse(text) : undefined;
    return {
      status: answer.status,
      headers: answer.headers,
      setCookies,
      body,
      response: body?.response,
      client: body?.client ?? body?.meta?.client,
      codes: (body?.errors ?? []).map(({ code }: { code: string }) => code),
    };
  }

  /** Signs in; the id of the session. */
  async signIn(identifier: string, password: string): Promise<string> {
    const { status, body, response } = await this.call('POST', '/v1/client/sign_ins', { form: { identifier, password } });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return response.created_session_id as string;
  }
}
