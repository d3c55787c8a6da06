/** Going somewhere, and where to: links to the cards, targets of finished flows (dossier part 1, §5.9 and §8). */
import { allowedRedirect } from '../rules/redirect.ts';
import type { AllowedOrigin } from '../rules/redirect.ts';
import { devBrowserName } from '../transport/dev-browser.ts';
import type { FlowName, RedirectOptions, SignInProps, SignUpProps } from './clerk-api.ts';
import type { State } from './state.ts';

/** Query parameters by which a page is told where to send the person, and the options of the same meaning. */
const redirectParameters = [
  'sign_in_force_redirect_url',
  'sign_in_fallback_redirect_url',
  'sign_up_force_redirect_url',
  'sign_up_fallback_redirect_url',
] as const;

/** Parameters that are messages to us, and of no use once they were read. */
const ownParameters = /^(__clerk_(db_jwt|synced|netlify_cache_bust|handshake|handshake_nonce|help)|__dev_session|suffixed_cookies)$/;

type BuildOptions = RedirectOptions & { redirectUrl?: string };

export class Navigation {
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  /**
   * Goes to `to`, inside the application if it said how.
   * @returns `true` if this page is being left
   */
  async navigate(to: string, { replace = false } = {}): Promise<boolean> {
    const { platform, options } = this.#state;
    const page = platform.url();
    const url = this.#parse(to);
    const route = replace ? options.routerReplace : options.routerPush;
    if (url.origin === page.origin && route) {
      await route(url.pathname + url.search + url.hash);
      return false;
    }
    platform.go(url.href, replace);
    // Another fragment of the same page is not another page.
    return !(url.hash && url.href.split('#')[0] === page.href.split('#')[0]);
  }

  /** Adds the development credential to addresses of the API and of allowed origins other than the page's. */
  buildUrlWithAuth(to: string): string {
    const { devBrowser, platform } = this.#state;
    const url = this.#parse(to);
    if (devBrowser.id && url.origin !== platform.url().origin && this.#isTrusted(url)) url.searchParams.set(devBrowserName, devBrowser.id);
    return url.href;
  }

  buildSignInUrl(options: BuildOptions = {}): string {
    const { environment, instance } = this.#state;
    return this.#cardUrl(this.#state.options.signInUrl || environment?.signInUrl || `https://${instance.portalHost}/sign-in`, options);
  }

  buildSignUpUrl(options: BuildOptions = {}): string {
    const { environment, instance } = this.#state;
    const { signInUrl, signUpUrl } = this.#state.options;
    if (!signUpUrl && signInUrl?.startsWith('/')) return this.#cardUrl(signInUrl, options, '/create');
    return this.#cardUrl(signUpUrl || environment?.signUpUrl || `https://${instance.portalHost}/sign-up`, options);
  }

  buildAfterSignOutUrl(): string {
    return this.#state.options.afterSignOutUrl || '/';
  }

  /** Where a finished flow leads: forced, asked for, fallback, the page itself for a modal, `/`. What is not allowed is passed over. */
  redirectTarget(flow: FlowName, props: SignInProps | SignUpProps, isModal: boolean): string {
    const { platform, options } = this.#state;
    const page = platform.url();
    const given = [page.searchParams, new URLSearchParams(page.hash.split('?')[1])];
    const parameter = (name: string) => given.map((query) => query.get(name)).find(Boolean);
    const flowName = flow === 'signIn' ? 'sign_in' : 'sign_up';
    const choice = (kind: 'Force' | 'Fallback') => [
      parameter(`${flowName}_${kind.toLowerCase()}_redirect_url`),
      props[`${flow}${kind}RedirectUrl`] ?? props[kind === 'Force' ? 'forceRedirectUrl' : 'fallbackRedirectUrl'],
      options[`${flow}${kind}RedirectUrl`],
    ];
    const candidates = [...choice('Force'), parameter('redirect_url'), ...choice('Fallback'), isModal && page.href, '/'];
    for (const candidate of candidates) {
      if (typeof candidate !== 'string' || !candidate) continue;
      const url = allowedRedirect(candidate, { base: page, allowedOrigins: this.#allowedOrigins() });
      if (url) return this.buildUrlWithAuth(url.href);
      console.warn('clerk-lit: a redirect target was ignored, because its origin is not among allowedRedirectOrigins.');
    }
    return `${page.origin}/`;
  }

  /** Takes our own parameters out of the address bar, where people copy from. Returns the development credential that was there. */
  cleanUrl(): string | null {
    const { platform } = this.#state;
    const url = platform.url();
    const { href } = url;
    const credential = url.searchParams.get(devBrowserName);
    // Only what is there: the rest of the query keeps its spelling.
    for (const name of [...url.searchParams.keys()]) if (ownParameters.test(name)) url.searchParams.delete(name);
    url.hash = url.hash.replace(/__clerk_db_jwt\[[^\]]*\]/, '');
    if (url.href !== href) platform.rewriteUrl(url.href);
    return credential;
  }

  #cardUrl(base: string, options: BuildOptions, route = '/'): string {
    const { platform } = this.#state;
    const page = platform.url();
    const url = new URL(this.buildUrlWithAuth(base));
    const query = new URLSearchParams({ redirect_url: options.redirectUrl ? new URL(options.redirectUrl, page).href : page.href });
    for (const name of redirectParameters) {
      const option = name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase()) as keyof RedirectOptions;
      const target = options[option] ?? this.#state.options[option] ?? page.searchParams.get(name);
      if (target) query.set(name, new URL(target, page).href);
    }
    url.hash = `${route}?${query}`;
    return url.href;
  }

  /** The address as the parser spells it; one that could run script becomes `/`. */
  #parse(to: string): URL {
    const page = this.#state.platform.url();
    const url = new URL(to, page);
    const isAllowed = ['http:', 'https:', 'wails:', 'chrome-extension:', ...(this.#state.options.allowedRedirectProtocols ?? [])].includes(url.protocol);
    if (isAllowed) return url;
    console.warn(`clerk-lit: navigation to a "${url.protocol}" address was refused.`);
    return new URL('/', page);
  }

  #isTrusted(url: URL): boolean {
    const { instance } = this.#state;
    const own = [instance.frontendApi, instance.portalHost, new URL(instance.apiUrl).host];
    return own.includes(url.host) || allowedRedirect(url.href, { allowedOrigins: this.#allowedOrigins() }) !== undefined;
  }

  #allowedOrigins(): AllowedOrigin[] {
    const { instance, platform, options } = this.#state;
    const own = platform.url().origin;
    if (options.allowedRedirectOrigins?.length) return [own, ...options.allowedRedirectOrigins];
    // With a local API everything happens on this machine, each part on a port of its own.
    if (instance.isLocal && instance.usesDevBrowser) return [own, 'http://localhost:*', 'http://*.localhost:*', 'http://127.0.0.1:*'];
    const parent = instance.frontendApi.replace(/^clerk\.|\.clerk(?=\.accounts)/, '');
    const development = instance.instanceType === 'development' ? [`https://${instance.frontendApi}`] : [];
    return [own, `https://${parent}`, `https://*.${parent}`, ...development];
  }
}
