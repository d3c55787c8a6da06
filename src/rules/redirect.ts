/**
 * Where a redirect may lead (security.md, B5; dossier part 1, §8.2). One rule for both halves: the browser core asks it before it
 * navigates, the server before it answers with `Location`.
 */

/** An origin that is allowed: exactly (`https://www.example.com`), by glob (`https://*.example.com`), by pattern, or by a rule. */
export type AllowedOrigin = string | RegExp | ((origin: string) => boolean);

export interface RedirectRules {
  readonly allowedOrigins: readonly AllowedOrigin[];
  /** What relative targets are resolved against: the address of the page. Without it they are refused. */
  readonly base?: string | URL | undefined;
}

/** Longer targets serve nobody, and some proxies cut them. */
const maximumLength = 8192;

/**
 * Reads a redirect target that came from outside.
 *
 * @returns the **parsed** address, which alone may be navigated to: the text may look different to the next parser. `undefined`
 *   if the target is not an `http:` or `https:` address on an allowed origin, or is spelled to mislead.
 * @example
 * allowedRedirect('/account', { base: location.href, allowedOrigins: [location.origin] })?.href
 */
export function allowedRedirect(target: string | null | undefined, { allowedOrigins, base }: RedirectRules): URL | undefined {
  if (!target || target.length > maximumLength || misleading.test(target)) return undefined;
  const url = webUrl(target, base);
  if (!url || url.username || url.password || misleadingPath.test(url.pathname)) return undefined;
  return allowedOrigins.some((allowed) => matchesOrigin(url.origin, allowed)) ? url : undefined;
}

/**
 * `true` if an origin, as `URL` spells it, is the allowed one. In a glob `*` stands for whole labels (`https://*.example.com`), for a
 * part of one label (`https://preview-*.example.com`) or for the port (`http://localhost:*`). Patterns must match the whole origin.
 */
export function matchesOrigin(origin: string, allowed: AllowedOrigin): boolean {
  if (typeof allowed === 'function') return allowed(origin);
  if (typeof allowed !== 'string') {
    // A pattern without anchors would let `https://example.com.evil.test` through; flags `g` and `y` would make it remember.
    return new RegExp(`^(?:${allowed.source})$`, allowed.flags.replace(/[gy]/g, '')).test(origin);
  }
  if (!allowed.includes('*')) return webUrl(allowed)?.origin === origin;
  return globPattern(allowed).test(origin);
}

/**
 * Before parsing, what parsers drop, turn round or disagree about: control characters; a backslash in front of the query; `//host`;
 * and `https:x`, `https:/x`, `https:///x`, which they repair, each in its own way.
 */
const misleading = /\p{Cc}|^[^?#]*\\|^\s*\/\/|^\s*https?:(?!\/\/[^/?#])/iu;

/** After parsing: paths that the next program down the line may take for another host, or cannot print. */
const misleadingPath = /^\/(\/|%2f|%5c)|%[01][\da-f]|%7f/i;

/** An address of the web; `undefined` for anything else, such as one that could run script. */
export function webUrl(text: string, base?: string | URL): URL | undefined {
  try {
    const url = new URL(text, base);
    return /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
}

/** Labels of a host name, as `URL` spells them. */
const wholeLabels = '[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*';
const partOfLabel = '[a-z0-9_-]*';

function globPattern(glob: string): RegExp {
  const [, scheme, host, port] = /^(https?):\/\/([^/:?#@\\]+)(?::(\d+|\*))?\/?$/i.exec(glob.trim()) ?? [];
  if (!scheme || !host) return /^(?!)/;
  const labels = host
    .toLowerCase()
    .split('.')
    .map((label) => {
      return label === '*' ? wholeLabels : label.split('*').map(escapePattern).join(partOfLabel);
    });
  const portPattern = port === '*' ? '(?::\\d+)?' : port ? `:${port}` : '';
  return new RegExp(`^${scheme.toLowerCase()}://${labels.join('\\.')}${portPattern}$`);
}

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
