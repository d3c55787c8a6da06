/** `auth()` of `@clerk/nextjs` without a build of Next: its middleware, and then its helper as inside of a route of the app router. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire, Module, register } from 'node:module';

const require = createRequire(import.meta.url);

/** As Next's own server does, before any part of Next is loaded. */
Object.assign(globalThis, { AsyncLocalStorage });

/** Where Next keeps what a request is, for `headers()`. */
interface Storage {
  run<Result>(store: object, task: () => Result): Result;
}

/** What is used of the package; its own types would bring those of Next, which change what the environment is for the whole program. */
interface ClerkOfNext {
  auth(): Promise<{ userId: string | null; sessionClaims: object | null }>;
  clerkMiddleware(): (request: Request, event: object) => Promise<Response>;
}

const overrides = 'x-middleware-override-headers';

/** On a server, Next puts an empty module in the place of this one, which otherwise throws. */
const serverOnly = require.resolve('server-only');
require.cache[serverOnly] = Object.assign(new Module(serverOnly), { loaded: true });

/** Next's parts import each other without an extension, as its bundler allows. */
const withExtension =
  'export const resolve = (name, context, next) => next(/^next\\/[\\w/-]+$/.test(name) ? `${name}.js` : name, context);';
register(`data:text/javascript,${encodeURIComponent(withExtension)}`);

/** What `auth()` finds in a request that carries this session token. */
export async function authOfNext(jwt: string): Promise<{ userId: unknown; sessionClaims: Record<string, unknown> }> {
  const { NextRequest } = require('next/server') as { NextRequest: typeof Request };
  const { auth, clerkMiddleware } = require('@clerk/nextjs/server') as ClerkOfNext;
  const { workAsyncStorage } = require('next/dist/server/app-render/work-async-storage.external') as { workAsyncStorage: Storage };
  const { workUnitAsyncStorage } = require('next/dist/server/app-render/work-unit-async-storage.external') as {
    workUnitAsyncStorage: Storage;
  };

  const request = new NextRequest('http://127.0.0.1:3000/', { headers: { authorization: `Bearer ${jwt}` } });
  const passed = await clerkMiddleware()(request, {});
  // As Next does between middleware and route.
  const headers = new Headers(request.headers);
  for (const name of passed.headers.get(overrides)?.split(',') ?? []) {
    headers.set(name, passed.headers.get(`x-middleware-request-${name}`) ?? '');
  }
  const { userId, sessionClaims } = await workAsyncStorage.run({ route: '/' }, () =>
    workUnitAsyncStorage.run({ type: 'request', phase: 'render', headers }, () => auth()),
  );
  return { userId, sessionClaims: { ...sessionClaims } };
}
