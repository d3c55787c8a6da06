/** Watches every request: gives it a trace id, writes one log line, and turns failures into answers. */
import type { Context, MiddlewareHandler } from 'hono';
import type { Dependencies } from './dependencies.ts';
import { errorResponse, toApiError } from './error-response.ts';
import { createTraceId } from './ids.ts';
import { parseUrlEncoded, rawQuery } from './request-body.ts';
import type { AppEnvironment } from './request-context.ts';

/** Query parameters whose values say nothing secret; of all others only the name is logged. */
const openParameters = new Set([
  '_method',
  '__clerk_api_version',
  '_clerk_js_version',
  '_clerk_retry_attempt',
  'paginated',
  'limit',
  'offset',
  'order_by',
]);

/** The query with values hidden. */
export function describeQuery(url: string): string | undefined {
  try {
    const pairs = parseUrlEncoded(rawQuery(url));
    return pairs.map(([name, value]) => `${name}=${openParameters.has(name) ? value : '*'}`).join('&') || undefined;
  } catch {
    return '(unreadable)';
  }
}

type LogContext = Pick<Dependencies, 'log'> & { addressOf: (remote: string | undefined, forwardedFor: string | undefined) => string };

export function observeRequests({ log, addressOf }: LogContext): MiddlewareHandler<AppEnvironment> {
  return async (c, next) => {
    const start = performance.now();
    const traceId = createTraceId();
    c.set('traceId', traceId);
    c.set('clientAddress', addressOf(c.env?.incoming?.socket.remoteAddress, c.req.header('x-forwarded-for')));
    await next();
    c.res.headers.set('x-clerk-trace-id', traceId);
    log({
      method: c.req.method,
      path: c.req.path,
      query: describeQuery(c.req.url),
      status: c.res.status,
      ms: Math.round(performance.now() - start),
      traceId,
    });
  };
}

/** For Hono's `onError`: refusals are answers, anything else is logged with its stack, which the caller never sees. */
export function answerErrors({ log }: Pick<Dependencies, 'log'>) {
  return (failure: unknown, c: Context<AppEnvironment>): Response => {
    const error = toApiError(failure);
    const traceId = c.get('traceId');
    if (error.status >= 500) {
      // While the database is away every request fails alike: one line each says enough.
      const isExpected = error.status === 503;
      const cause = failure instanceof Error ? ((isExpected ? undefined : failure.stack) ?? failure.message) : String(failure);
      log({ level: isExpected ? 'warn' : 'error', message: 'request failed', error: cause, traceId });
    }
    return errorResponse(error, traceId);
  };
}
