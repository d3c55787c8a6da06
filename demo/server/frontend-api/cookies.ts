/** Cookies that the Frontend API reads and writes (dossier part 1, §5.8; security.md, E4). */
import { cookieSuffix } from '../../../src/rules/publishable-key.ts';
import type { Dependencies } from '../dependencies.ts';

/** Seconds: 400 days, the longest that browsers keep a cookie. */
export const longLife = 400 * 24 * 3600;

export const clientCookie = '__client';

/** Values of a cookie in a `Cookie` header; two of one name are two opinions. */
export function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals >= 0 && pair.slice(0, equals).trim() === name ? [pair.slice(equals + 1).trim()] : [];
  });
}

/** Dev browsers that a page has kept in cookies which our host is shown too: pages on this machine, at other ports. */
export function devBrowserCookies(header: string | undefined): string[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const [name, ...value] = pair.trim().split('=');
    return name && /^__clerk_db_jwt(_[\w-]+)?$/.test(name) ? [value.join('=')] : [];
  });
}

export interface CookieOptions {
  /** Seconds; 0 deletes. */
  maxAge: number;
  httpOnly?: boolean;
  secure: boolean;
  /** Left out: the host that answers, and no other. */
  domain?: string | undefined;
}

/** A complete `Set-Cookie` line. Values are made of characters that need no encoding. */
export function cookieLine(name: string, value: string, { maxAge, httpOnly, secure, domain }: CookieOptions): string {
  const attributes = [
    `${name}=${value}`,
    'Path=/',
    ...(domain === undefined ? [] : [`Domain=${domain}`]),
    `Max-Age=${maxAge}`,
    ...(httpOnly ? ['HttpOnly'] : []),
    ...(secure ? ['Secure'] : []),
    'SameSite=Lax',
  ];
  return attributes.join('; ');
}

export type CookieContext = Pick<Dependencies, 'frontendApiUrl' | 'frontendApiHost' | 'publishableKey' | 'settings'>;

/** Plain http is spoken on loopback hosts only. */
export const isSecure = ({ frontendApiUrl }: Pick<CookieContext, 'frontendApiUrl'>): boolean => frontendApiUrl.startsWith('https:');

/** The credential of a production browser; `undefined` deletes it. */
export function clientCookieLine(context: CookieContext, secret: string | undefined): string {
  return cookieLine(clientCookie, secret ?? '', { maxAge: secret === undefined ? 0 : longLife, httpOnly: true, secure: isSecure(context) });
}

/**
 * The domain that the Frontend API shares with the pages it serves: `clerk.example.com` → `example.com`. `undefined` where it is not
 * known to share one: a public suffix must not be guessed.
 */
export function sharedDomain({ frontendApiHost, settings }: Pick<CookieContext, 'frontendApiHost' | 'settings'>): string | undefined {
  const host = frontendApiHost.replace(/:\d+$/, '').toLowerCase();
  const parent = host.slice(host.indexOf('.') + 1);
  if (/^[\d.]+$/.test(host) || !parent.includes('.')) return undefined;
  const pages = settings.allowedOrigins.map((origin) => new URL(origin).hostname);
  const hasPages = pages.some((page) => page === parent || page.endsWith(`.${parent}`));
  return hasPages || host.startsWith('clerk.') ? parent : undefined;
}

/** By publishable key. A digest is quick, but a trip to another thread and back with every answer. */
const suffixes = new Map<string, Promise<string>>();

/** What the second family of cookie names ends with. */
export function suffixOf({ publishableKey }: Pick<CookieContext, 'publishableKey'>): Promise<string> {
  const suffix = suffixes.get(publishableKey) ?? cookieSuffix(publishableKey);
  suffixes.set(publishableKey, suffix);
  return suffix;
}

/** `__client_uat` and its suffixed twin. */
export const clientUatNames = async (context: Pick<CookieContext, 'publishableKey'>): Promise<[string, string]> => [
  '__client_uat',
  `__client_uat_${await suffixOf(context)}`,
];

/** What `__client_uat` says of a client: seconds of its last authentication change, `0` for nobody signed in. */
export function clientUat(client: { sessions: readonly unknown[]; updated_at: number | null } | null): string {
  return client?.sessions.length ? String(Math.floor((client.updated_at ?? 0) / 1000)) : '0';
}

/** Lines that bring `__client_uat` up to date; none where the browser shows the right values already. */
export async function clientUatLines(
  context: CookieContext,
  cookieHeader: string | undefined,
  client: Parameters<typeof clientUat>[0],
): Promise<string[]> {
  const value = clientUat(client);
  const options = { maxAge: longLife, secure: isSecure(context), domain: sharedDomain(context) };
  return (await clientUatNames(context))
    .filter((name) => {
      const shown = cookieValues(cookieHeader, name);
      return shown.length !== 1 || shown[0] !== value;
    })
    .map((name) => cookieLine(name, value, options));
}
