/** Which pages may call the Frontend API: CORS for reading, and the Origin rules for changing (security.md, E1, E3). */
import type { MiddlewareHandler } from 'hono';
import { isLoopbackHost } from '../../src/rules/publishable-key.ts';
import type { Dependencies } from './dependencies.ts';
import { ApiError } from './errors.ts';
import type { AppEnvironment } from './request-context.ts';

type OriginContext = Pick<Dependencies, 'settings' | 'instanceType' | 'frontendApiUrl'>;

/** `true` for an origin whose pages may use this instance: compared whole, never by prefix. */
export function createOriginCheck({ settings, instanceType, frontendApiUrl }: OriginContext): (origin: string) => boolean {
  const allowed = new Set([new URL(frontendApiUrl).origin, ...settings.allowedOrigins]);
  return (origin) => {
    if (allowed.has(origin)) return true;
    if (instanceType !== 'development' || !URL.canParse(origin)) return false;
    // A test instance knows its callers by a token in the URL, not by a cookie that any local page would send along.
    const { origin: parsed, host, protocol } = new URL(origin);
    return parsed === origin && (protocol === 'http:' || protocol === 'https:') && isLoopbackHost(host);
  };
}

const corsHeaders = {
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'Authorization, Clerk-Db-Jwt, Retry-After, X-Country, X-Clerk-Trace-Id',
};

const preflightHeaders = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers': 'content-type, authorization, clerk-api-version',
  'access-control-max-age': '600',
};

/** CORS answers, on errors too: without them a page would take a refusal for a network failure. */
export function cors(isAllowed: (origin: string) => boolean): MiddlewareHandler<AppEnvironment> {
  return async (c, next) => {
    const origin = c.req.header('origin');
    const isPreflight = c.req.method === 'OPTIONS';
    if (isPreflight) c.res = new Response(null, { status: 204 });
    else await next();
    c.res.headers.append('vary', 'Origin');
    if (origin === undefined || !isAllowed(origin)) return;
    const headers = { 'access-control-allow-origin': origin, ...corsHeaders, ...(isPreflight && preflightHeaders) };
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  };
}

/** Lets only listed origins change anything. Requests are "simple" by protocol, so no preflight would stop another page's. */
export function requireAllowedOrigin(isAllowed: (origin: string) => boolean): MiddlewareHandler<AppEnvironment> {
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (origin !== undefined && c.req.header('authorization') !== undefined) {
      throw refusal('origin_authorization_headers_conflict', 'Send either an Origin or an Authorization header, not both.');
    }
    if (!['GET', 'HEAD'].includes(c.req.method)) {
      if (origin === undefined) throw refusal('origin_missing', 'A request that changes something needs an Origin header.');
      if (!isAllowed(origin)) {
        throw refusal(
          'origin_invalid',
          'This origin may not use this instance. Add it to allowed_origins in the instance settings if it should.',
        );
      }
    }
    await next();
  };
}

const refusal = (code: string, longMessage: string) => new ApiError(400, { code, message: 'Invalid request origin', longMessage });
