/** Addresses that come from data, for `href`, `src`, `action` and navigation (security.md, B2): Lit does not look at schemes. */

/** What an address is for. Pictures may also be given as data. */
export type UrlUse = 'link' | 'image';

const imageData = /^data:image\/(png|jpeg|webp|gif)[;,]/;

/**
 * The address as the parser spells it; `undefined` if it could run script or is no address.
 *
 * @param base for relative addresses; without it they are refused.
 */
export function safeUrl(value: unknown, use: UrlUse = 'link', base?: string | URL): string | undefined {
  // Most addresses that are not there are empty, and an exception takes V8 longer than all that is drawn with it.
  if (typeof value !== 'string' || !value) return undefined;
  let url: URL;
  try {
    url = new URL(value, base);
  } catch {
    return undefined;
  }
  if (url.protocol === 'http:' || url.protocol === 'https:') return url.href;
  return use === 'image' && imageData.test(url.href) ? url.href : undefined;
}
