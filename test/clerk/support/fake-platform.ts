/** A browser made of nothing: its clock, cookies, network and tabs are in the hands of the test. */
import type { Platform } from '../../../src/transport/platform.ts';

export interface SentRequest {
  method: string;
  /** Path below the API's address. */
  path: string;
  url: URL;
  body: URLSearchParams;
  init: RequestInit;
}

export type Answer = (request: SentRequest) => Response | Promise<Response>;

export class FakePlatform implements Platform {
  href: string;
  time = 1_767_225_600_000;
  isShown = true;
  hasFocus = true;
  online = true;
  language: string | undefined = 'en-US';
  readonly jar = new Map<string, string>();
  readonly written: string[] = [];
  readonly visited: string[] = [];
  readonly marks = new Map<string, string>();
  readonly requests: SentRequest[] = [];
  readonly timers: { at: number; callback: () => void }[] = [];
  answer: Answer = () => json(404, { errors: [{ code: 'resource_not_found' }] });
  readonly #network: FakeBrowser;
  #wake: ((reason: string, restored: boolean) => void)[] = [];

  constructor(href = 'https://app.example.com/page', network = new FakeBrowser()) {
    this.href = href;
    this.#network = network;
    this.jar = network.jar;
  }

  async fetch(url: string, init: RequestInit): Promise<Response> {
    const parsed = new URL(url);
    const request = {
      method: parsed.searchParams.get('_method') ?? init.method ?? 'GET',
      path: parsed.pathname.replace(/^.*?\/v1/, ''),
      url: parsed,
      body: new URLSearchParams(init.body as URLSearchParams | undefined),
      init,
    };
    this.requests.push(request);
    if (!this.online) throw new TypeError('Failed to fetch');
    return this.answer(request);
  }
  now() {
    return this.time;
  }
  random() {
    return 0;
  }
  after(milliseconds: number, callback: () => void) {
    const timer = { at: this.time + milliseconds, callback };
    this.timers.push(timer);
    return () => {
      const index = this.timers.indexOf(timer);
      if (index >= 0) this.timers.splice(index, 1);
    };
  }
  cookies = {
    read: () => [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '),
    write: (cookie: string) => {
      this.written.push(cookie);
      const [pair = '', ...attributes] = cookie.split('; ');
      const [name = '', ...value] = pair.split('=');
      if (attributes.includes('Max-Age=0')) this.jar.delete(name);
      else this.jar.set(name, value.join('='));
    },
  };
  url() {
    return new URL(this.href);
  }
  go(url: string) {
    this.visited.push(url);
    this.href = url;
  }
  rewriteUrl(url: string) {
    this.href = url;
  }
  readMark(name: string) {
    return this.marks.get(name) ?? null;
  }
  writeMark(name: string, value: string | null) {
    if (value === null) this.marks.delete(name);
    else this.marks.set(name, value);
  }
  isFocused() {
    return this.hasFocus;
  }
  isVisible() {
    return this.isShown;
  }
  isOnline() {
    return this.online;
  }
  isForeignFrame() {
    return false;
  }
  onWake(callback: (reason: string, restored: boolean) => void) {
    this.#wake.push(callback);
  }
  openChannel(name: string, receive: (message: unknown) => void) {
    return this.#network.join(name, receive);
  }
  exclusively<Result>(name: string, _patience: number, action: () => Promise<Result>) {
    return this.#network.lock(name, action);
  }

  /** A person or the network comes back. */
  wake(reason = 'focus', restored = false) {
    for (const callback of this.#wake) callback(reason, restored);
  }

  /** Lets time pass, and everything that is due happen. */
  async pass(milliseconds: number) {
    const end = this.time + milliseconds;
    for (;;) {
      await settle();
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers.splice(this.timers.indexOf(next), 1);
      this.time = Math.max(this.time, next.at);
      next.callback();
    }
    this.time = end;
    await settle();
  }
}

/** What the tabs of one browser share. */
export class FakeBrowser {
  readonly jar = new Map<string, string>();
  readonly #channels: { name: string; receive: (message: unknown) => void }[] = [];
  readonly #locks = new Map<string, Promise<unknown>>();

  join(name: string, receive: (message: unknown) => void) {
    const own = { name, receive };
    this.#channels.push(own);
    return {
      post: (message: unknown) => {
        for (const other of this.#channels)
          if (other !== own && other.name === name) queueMicrotask(() => other.receive(structuredClone(message)));
      },
    };
  }
  async lock<Result>(name: string, action: () => Promise<Result>): Promise<Result> {
    const before = this.#locks.get(name);
    const run = (async () => {
      await before?.catch(() => undefined);
      return action();
    })();
    this.#locks.set(name, run);
    return run;
  }
}

/** Runs everything that waits for nothing but its turn. */
export async function settle() {
  // The cookie suffix is computed on another thread; what was asked of it before is done when this is.
  await crypto.subtle.digest('SHA-1', new Uint8Array());
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A session token with a signature that nobody checks. */
export function fakeToken({ header = {}, ...claims }: Record<string, unknown> & { header?: object } = {}): string {
  return `${part({ alg: 'RS256', typ: 'JWT', ...header })}.${part(claims)}.signature`;
}
