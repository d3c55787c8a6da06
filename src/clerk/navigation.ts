/** Going somewhere, and where to: links to the cards, targets of finished flows (dossier part 1, §5.9 and §8). */
import { allowedRedirect } from '../rules/redirect.ts';
import { snakeCase } from '../rules/names.ts';
import { isLoopbackHost } from '../rules/publishable-key.ts';
import type { AllowedOrigin } from '../rules/redirect.ts';
import { devBrowserName } from '../transport/dev-browser.ts';
import type { BuildUrlOptions, FlowName, SignInProps, SignUpProps } from './clerk-api.ts';
import type { State } from './state.ts';

/** Parameters that are messages to us, and of no use once they were read. */
const ownParameters = /^(__clerk_(db_jwt|synced|netlify_cache_bust|handshake(_nonce)?|help)|__dev_session|suffixed_cookies)$/;

/**
 * Goes to `to`, inside the application if it said how.
 * @returns `true` if this page is being left
 */
export async function navigate(state: State, to: string, { replace = false } = {}): Promise<boolean> {
  const { platform, options } = state;
  const page = platform.url();
  const url = parse(state, to);
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
export function buildUrlWithAuth(state: State, to: string): string {
  const { devBrowser, platform } = state;
  const url = parse(state, to);
  if (devBrowser.id && url.origin !== platform.url().origin && isTrusted(state, url)) url.searchParams.set(devBrowserName, devBrowser.id);
  return url.href;
}

/** A page of the application's own, or the one that the service hosts below `path`. */
const ownPage = ({ environment, instance, options }: State, name: FlowName | 'userProfile' | 'waitlist', path: string): string =>
  (options[`${name}Url`] as string | undefined) || environment?.[`${name}Url`] || `https://${instance.portalHost}/${path}`;

/** Address of a page. @param route in its fragment */
export function pageUrl(state: State, name: FlowName | 'userProfile' | 'waitlist', path: string, route = ''): string {
  const url = new URL(buildUrlWithAuth(state, ownPage(state, name, path)));
  url.hash ||= route;
  return url.href;
}

/** Where the task of the session that comes first is done; empty where it has none. */
export function tasksUrl(state: State): string {
  const key = state.session?.currentTask?.key;
  const page = key && state.options.taskUrls?.[key];
  return page ? buildUrlWithAuth(state, page) : key ? pageUrl(state, 'signIn', 'sign-in', `/tasks/${key}`) : '';
}

/** Address of a card's page, with what it needs to send the person back, in the query of its fragment. */
export function cardUrl(state: State, flow: FlowName, { redirectUrl, ...targets }: BuildUrlOptions = {}): string {
  const { options, platform } = state;
  const page = platform.url();
  let base = options[`${flow}Url`];
  let route = '/';
  if (!base && options.signInUrl?.startsWith('/')) {
    base = options.signInUrl;
    route = '/create';
  }
  base ||= ownPage(state, flow, snakeCase(flow).replace('_', '-'));
  // A card's page is nowhere to come back to: where it leads stays.
  const given = fragmentQuery(page).get('redirect_url');
  const query = new URLSearchParams({ redirect_url: (!redirectUrl && given) || new URL(redirectUrl || page, page).href });
  for (const name of ['signInForce', 'signInFallback', 'signUpForce', 'signUpFallback'] as const) {
    const option = `${name}RedirectUrl` as const;
    const parameter = snakeCase(option);
    const target = targets[option] ?? options[option] ?? page.searchParams.get(parameter);
    if (target) query.set(parameter, new URL(target, page).href);
  }
  const url = new URL(buildUrlWithAuth(state, base));
  url.hash = `${route}?${query}`;
  return url.href;
}

const fragmentQuery = ({ hash }: URL) => new URLSearchParams(hash.split('?')[1]);

export const afterSignOutUrl = ({ options }: State): string => options.afterSignOutUrl || '/';

/** Where a finished flow leads: forced, asked for, fallback, the page itself for a modal, `/`. What is not allowed is passed over. */
export function redirectTarget(state: State, flow: FlowName, props: SignInProps | SignUpProps, isModal: boolean): string {
  const { platform, options } = state;
  const page = platform.url();
  const given = [page.searchParams, fragmentQuery(page)];
  const parameter = (name: string) => given.map((query) => query.get(name)).find(Boolean);
  const choice = (kind: 'Force' | 'Fallback') => {
    const name = `${flow}${kind}RedirectUrl` as const;
    return [parameter(snakeCase(name)), props[name] ?? props[`${kind.toLowerCase()}RedirectUrl`], options[name]];
  };
  const candidates = [...choice('Force'), parameter('redirect_url'), ...choice('Fallback'), isModal && page.href, '/'];
  for (const candidate of candidates) {
    if (typeof candidate !== 'string' || !candidate) continue;
    const url = allowedRedirect(candidate, { base: page, allowedOrigins: allowedOrigins(state) });
    if (url) return buildUrlWithAuth(state, url.href);
    console.warn('clerk-lit: a redirect target is not among allowedRedirectOrigins.');
  }
  return '/';
}

/** Takes our own parameters out of the address bar, where people copy from. Returns the development credential that was there. */
export function cleanUrl({ platform }: State): string | null {
  const url = platform.url();
  const { href } = url;
  const credential = url.searchParams.get(devBrowserName);
  // Only what is there: the rest of the query keeps its spelling.
  for (const name of [...url.searchParams.keys()]) if (ownParameters.test(name)) url.searchParams.delete(name);
  url.hash = url.hash.replace(/__clerk_db_jwt\[[^\]]*\]/, '');
  if (url.href !== href) platform.rewriteUrl(url.href);
  return credential;
}

/** The address as the parser spells it; one that could run script becomes `/`. */
function parse({ options, platform }: State, to: string): URL {
  const page = platform.url();
  const url = new URL(to, page);
  if (['http:', 'https:', 'wails:', 'chrome-extension:', ...(options.allowedRedirectProtocols ?? [])].includes(url.protocol)) return url;
  console.warn(`clerk-lit: "${url.protocol}" is not among allowedRedirectProtocols.`);
  return new URL('/', page);
}

function isTrusted(state: State, url: URL): boolean {
  const { instance } = state;
  const own = [instance.frontendApi, instance.portalHost, new URL(instance.apiUrl).host];
  return own.includes(url.host) || Boolean(allowedRedirect(url.href, { allowedOrigins: allowedOrigins(state) }));
}

function allowedOrigins({ instance, platform, options }: State): AllowedOrigin[] {
  const own = platform.url().origin;
  if (options.allowedRedirectOrigins?.length) return [own, ...options.allowedRedirectOrigins];
  // With a local API everything happens on this machine, each part on a port of its own.
  if (instance.isLocal && instance.usesDevBrowser) return [own, (origin) => isLoopbackHost(origin.replace('http://', ''))];
  const parent = instance.frontendApi.replace(/^clerk\.|\.clerk(?=\.accounts)/, '');
  const development = instance.instanceType === 'development' ? [`https://${instance.frontendApi}`] : [];
  return [own, `https://${parent}`, `https://*.${parent}`, ...development];
}
