/** The request that is being answered, for events of what it changes: stores know no requests, and need not. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { MiddlewareHandler } from 'hono';
import type { AppEnvironment } from '../request-context.ts';

export interface RequestCause {
  /** Of the caller, as `client-address.ts` reads it. */
  address: string;
  userAgent: string;
  traceId: string;
}

const causes = new AsyncLocalStorage<RequestCause>();

/** The request behind the work that is under way; `undefined` at start, say. */
export const currentCause = (): RequestCause | undefined => causes.getStore();

/** Remembers the request while it is answered. Comes after `observeRequests()`, which names it. */
export const rememberCause: MiddlewareHandler<AppEnvironment> = (c, next) =>
  causes.run(
    { address: c.get('clientAddress'), userAgent: (c.req.header('user-agent') ?? '').slice(0, 512), traceId: c.get('traceId') },
    next,
  );
