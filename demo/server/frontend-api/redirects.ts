/** Redirects of the Frontend API: only to pages that may use this instance (security.md, B5). */
import type { Context } from 'hono';
import { allowedRedirect } from '../../../src/rules/redirect.ts';
import { parameterError } from '../errors.ts';
import type { AppEnvironment } from '../request-context.ts';
import type { Parameters } from './parameters.ts';

/** @throws ApiError 422 `form_param_missing` or `invalid_redirect_url`. */
export function readRedirectUrl(query: Parameters, isAllowed: (origin: string) => boolean): URL {
  const target = query.one('redirect_url');
  if (!target) throw parameterError('form_param_missing', 'redirect_url', 'redirect_url must be included.');
  const url = allowedRedirect(target, { allowedOrigins: [isAllowed] });
  if (url) return url;
  throw parameterError('invalid_redirect_url', 'redirect_url', 'redirect_url must be an address of a page that may use this instance.');
}

/** A temporary redirect that nothing keeps. */
export function redirectTo(c: Context<AppEnvironment>, url: URL): Response {
  return c.body(null, 307, { location: url.href, 'cache-control': 'no-store' });
}

/** "Go on there": the same, whatever the method was. */
export function seeOther(c: Context<AppEnvironment>, url: URL): Response {
  return c.body(null, 303, { location: url.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
}
