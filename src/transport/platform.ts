/** Everything the core touches outside itself, in one place, so that tests can give it something else. */
import type { CookieStore } from './cookies.ts';

/** Messages between the tabs of one browser and origin. */
export interface Channel {
  post(message: unknown): void;
}

export interface Platform {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Milliseconds since 1970. */
  now(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** Runs `callback` once; returns what cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
  readonly cookies: CookieStore;
  /** The page's address. */
  url(): URL;
  /** Leaves the page, or moves to another fragment of it. */
  go(url: string, replace?: boolean): void;
  /** Changes the address bar and nothing else. */
  rewriteUrl(url: string): void;
  /** A mark that this tab keeps over navigations. */
  readMark(name: string): string | null;
  writeMark(name: string, value: string | null): void;
  isFocused(): boolean;
  isVisible(): boolean;
  isOnline(): boolean;
  /** Whether the page is shown inside a page of another origin. */
  isForeignFrame(): boolean;
  /** Preferred language of the person, a BCP 47 tag, if the browser knows one. */
  readonly language: string | undefined;
  /** Calls back when a person or the network comes back: `focus`, `visibilitychange`, `online`, `pageshow`. */
  onWake(callback: (reason: string, restored: boolean) => void): void;
  openChannel(name: string, receive: (message: unknown) => void): Channel;
  /** Runs `action` while no other tab does; after `patience` milliseconds it no longer waits for the others. */
  exclusively<Result>(name: string, patience: number, action: () => Promise<Result>): Promise<Result>;
}

/** Members of the document as the platform defined them: `<img name="cookie">` shadows the plain ones (security.md, B6). */
export const documentMember = (name: string): unknown => Reflect.get(Document.prototype, name, document) as unknown;

/** The browser this page runs in. */
export function browserPlatform(): Platform {
  return {
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    random: () => Math.random(),
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    cookies: {
      read: () => documentMember('cookie') as string,
      write: (cookie) => void Reflect.set(Document.prototype, 'cookie', cookie, document),
    },
    url: () => new URL(location.href),
    go: (url, replace) => (replace ? location.replace(url) : location.assign(url)),
    rewriteUrl: (url) => history.replaceState(history.state, '', url),
    readMark: (name) => attempt(() => sessionStorage.getItem(name)) ?? null,
    writeMark: (name, value) =>
      void attempt(() => (value === null ? sessionStorage.removeItem(name) : sessionStorage.setItem(name, value))),
    isFocused: () => (documentMember('hasFocus') as () => boolean).call(document),
    isVisible: () => documentMember('visibilityState') === 'visible',
    isOnline: () => navigator.onLine,
    isForeignFrame: () => !attempt(() => top!.location.href),
    // Some browsers have the name of a locale of the system, such as `C`, which no API takes for a language.
    get language() {
      return attempt(() => Intl.getCanonicalLocales(navigator.language)[0]);
    },
    onWake(callback) {
      for (const name of ['focus', 'online', 'pageshow', 'visibilitychange']) {
        addEventListener(name, (event) => callback(name, (event as Partial<PageTransitionEvent>).persisted === true));
      }
    },
    openChannel(name, receive) {
      const channel = attempt(() => new BroadcastChannel(name));
      channel?.addEventListener('message', ({ data }) => receive(data));
      return { post: (message) => channel?.postMessage(message) };
    },
    async exclusively(name, patience, action) {
      let isRunning = false;
      const run = () => {
        isRunning = true;
        return action();
      };
      try {
        // Only secure contexts have locks.
        return await (navigator.locks ? navigator.locks.request(name, { signal: AbortSignal.timeout(patience) }, run) : run());
      } catch (error) {
        // Somebody holds the lock for too long: two requests are better than none.
        if (isRunning) throw error;
        return action();
      }
    },
  };
}

/** Storage, channels and frames throw where they are forbidden. */
function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
