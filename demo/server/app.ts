/** The two applications: the Frontend API with the demo's pages, and the Backend API, which has a port of its own. */
import { Hono } from 'hono';
import { avatar } from './avatar.ts';
import { createBackendApi } from './backend-api/index.ts';
import { createAddressReader } from './client-address.ts';
import type { DemoBackend } from './demo-backend.ts';
import type { Dependencies } from './dependencies.ts';
import { notFound } from './errors.ts';
import { createFrontendApi } from './frontend-api/index.ts';
import { oauthFormToQuery } from './frontend-api/oauth-callback.ts';
import { health } from './health.ts';
import { createHostedPages } from './hosted-pages.ts';
import type { Fetch } from './http-server.ts';
import { createInbox } from './inbox/inbox.ts';
import { cors, createOriginCheck, requireAllowedOrigin } from './origins.ts';
import type { AppEnvironment } from './request-context.ts';
import { popupCallback } from './popup-callback.ts';
import { answerErrors, observeRequests } from './request-log.ts';
import { sendFile } from './static-files.ts';
import type { StaticFiles } from './static-files.ts';
import { rememberCause } from './webhooks/cause.ts';

export interface AppOptions {
  files: StaticFiles;
  /** Only while no mail server is set, on loopback, and never with production keys (security.md, E11). */
  hasInbox: boolean;
  /** Below `/api`; under the same conditions, except that it has nothing to do with mail. */
  demoBackend?: DemoBackend | undefined;
}

/** Fetch functions for the two ports. */
export function createApp(dependencies: Dependencies, options: AppOptions): { frontend: Fetch; backend: Fetch } {
  const frontend = createBase(dependencies);
  mountFrontendApi(frontend, dependencies);
  mountPages(frontend, dependencies, options);

  const backend = createBase(dependencies);
  backend.use(privateAnswers);
  backend.get('/v1/health', health(dependencies));
  backend.route('/', createBackendApi(dependencies));

  return { frontend: frontend.fetch as Fetch, backend: backend.fetch as Fetch };
}

function createBase(dependencies: Dependencies): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  const addressOf = createAddressReader(dependencies.settings.trustedProxies);
  app.use(observeRequests({ log: dependencies.log, addressOf }));
  if (dependencies.settings.webhooks.length) app.use(rememberCause);
  app.use(async (c, next) => {
    await next();
    c.res.headers.set('x-content-type-options', 'nosniff');
  });
  app.use(async (c, next) => {
    // No id has one, and PostgreSQL takes none.
    if (c.req.path.includes('\0')) throw notFound('address');
    await next();
  });
  app.onError(answerErrors(dependencies));
  app.notFound(() => {
    throw notFound('address');
  });
  return app;
}

/** Answers for one caller: never cached, never embedded. */
const privateAnswers: Parameters<Hono<AppEnvironment>['use']>[1] = async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
  c.res.headers.set('cross-origin-resource-policy', 'same-origin');
};

function mountFrontendApi(app: Hono<AppEnvironment>, dependencies: Dependencies): void {
  const isAllowed = createOriginCheck(dependencies);
  // From other sites, by their nature.
  app.post('/v1/oauth_callback', (c) => oauthFormToQuery(c, dependencies));
  for (const path of ['/v1/*', '/.well-known/*']) {
    app.use(path, cors(isAllowed));
    app.use(path, privateAnswers);
    app.use(path, requireAllowedOrigin(isAllowed));
  }
  app.get('/v1/health', health(dependencies));
  // Its routes carry their whole paths: `/v1/client`, `/.well-known/jwks.json`.
  app.route('/', createFrontendApi(dependencies));
}

function mountPages(app: Hono<AppEnvironment>, dependencies: Dependencies, { files, hasInbox, demoBackend }: AppOptions): void {
  app.get('/npm/:scope{@clerk}/:package{clerk-js@[^/]+}/dist/:file', (c) => {
    const file = files.dist.get(c.req.param('file'));
    if (!file) throw notFound('file');
    return sendFile(c, file);
  });
  app.get('/avatars/:name{user_[0-9A-Za-z]+\\.svg}', (c) => {
    const id = c.req.param('name').slice(0, -'.svg'.length);
    return c.body(avatar(id), 200, {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=31536000, immutable',
      // Clerk's own UI asks for pictures as it asks for data, with `crossorigin`.
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': "default-src 'none'",
    });
  });
  app.get('/popup-callback', popupCallback(dependencies));
  if (hasInbox) app.route('/inbox', createInbox(dependencies));
  if (demoBackend) app.all('/api/*', privateAnswers, (c) => demoBackend(c.req.raw));
  app.route('/', createHostedPages(files, dependencies));
  app.get('*', (c, next) => {
    const file = files.demo.get(c.req.path);
    return file ? sendFile(c, file) : next();
  });
}
