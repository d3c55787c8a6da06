/** An HTTP server around a fetch function, with time limits that slow or silent callers cannot stretch (security.md §3). */
import { getRequestListener } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorResponse, toApiError } from './error-response.ts';
import { createTraceId } from './ids.ts';
import { StartError } from './start-error.ts';

/** Node's names and, unless it says otherwise, milliseconds. Node's own limits are 60, 300 and 30 seconds (security.md §3). */
export const httpLimits = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 5_000,
  /** Bytes. */
  maxHeaderSize: 16 * 1024,
  /** Connections at the same time. */
  maxConnections: 2_000,
};

export type Fetch = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

export interface HttpServer {
  port: number;
  /** Takes no new work, waits for running requests at most so many milliseconds, and closes. */
  close(patience: number): Promise<void>;
}

export interface HttpServerOptions {
  host: string;
  /** 0 for a free one. */
  port: number;
  /** What the port is for and how to change it, for the sentence that says it is taken: `PORT`. */
  setting: string;
  fetch: Fetch;
  /** Throws an ApiError for a request that is not even looked at. */
  checkHost: (request: IncomingMessage) => void;
  /** Answers requests that are not for `fetch`, and says which. */
  intercept?: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;
  /** Default: {@link httpLimits}. */
  limits?: typeof httpLimits;
}

/** @throws StartError if the port is taken or may not be used. */
export async function startHttpServer({
  host,
  port,
  setting,
  fetch,
  checkHost,
  intercept,
  limits = httpLimits,
}: HttpServerOptions): Promise<HttpServer> {
  const listener = getRequestListener(fetch as Parameters<typeof getRequestListener>[0], { overrideGlobalObjects: false });
  let isClosing = false;
  const server = createServer(limits, (incoming, outgoing) => {
    // Who has a connection gets the answer to what was on its way, and then has to look elsewhere.
    if (isClosing) outgoing.shouldKeepAlive = false;
    outgoing.once('close', () => {
      if (isClosing) server.closeIdleConnections();
    });
    try {
      checkHost(incoming);
    } catch (error) {
      const traceId = createTraceId();
      const refusal = errorResponse(toApiError(error), traceId);
      outgoing.writeHead(refusal.status, { ...Object.fromEntries(refusal.headers), 'x-clerk-trace-id': traceId, connection: 'close' });
      void refusal.text().then((body) => outgoing.end(body));
      return;
    }
    if (!intercept?.(incoming, outgoing)) void listener(incoming, outgoing);
  });
  server.maxConnections = limits.maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port, setting)));
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async (patience) => {
      isClosing = true;
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      clearTimeout(timer);
    },
  };
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number, setting: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} on ${host} is taken by another program. Stop that one, or set ${setting} to another port.`);
    case 'EACCES':
      return new StartError(`Port ${port} on ${host} may not be used by this user. Set ${setting} to a port above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`HOST: ${host} is not an address of this machine. Set HOST to one that is, such as 127.0.0.1.`);
    default:
      return error;
  }
}
