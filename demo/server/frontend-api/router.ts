/** Walks the endpoint tables: one route for each, with identity, forms, envelopes and credentials around its handler. */
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { ClientJSON } from '../../../src/wire/client.ts';
import type { Endpoint } from '../../../src/wire/endpoint.ts';
import { endpoints, forms } from '../../../src/wire/endpoints.ts';
import type { EndpointName } from '../../../src/wire/endpoints.ts';
import type { Complete } from '../../../src/wire/primitives.ts';
import { readApiVersion } from '../api-version.ts';
import type { Dependencies } from '../dependencies.ts';
import { ApiError, notFound } from '../errors.ts';
import { presentClient } from '../present/client.ts';
import type { AppEnvironment } from '../request-context.ts';
import { clientUatLines } from './cookies.ts';
import type { Handler, Handlers } from './handler.ts';
import { identify } from './identity.ts';
import type { IdentifiedCaller } from './identity.ts';
import { logicalMethod, readForm, readQuery } from './parameters.ts';

export interface RouterOptions {
  context: Dependencies;
  handlers: Handlers;
  /** Whether pages of an origin may use this instance. */
  isAllowed: (origin: string) => boolean;
}

/** Answered without asking who calls: a browser needs them to become known. */
const anonymous = new Set<EndpointName>(['createDevBrowser', 'getEnvironment', 'updateEnvironment']);

/** Their resource is the client already (dossier part 1, §3.1). */
const withoutPiggyback = new Set<EndpointName>(['getClient', 'createClient', 'deleteClient', 'verifyClient']);

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Headers collected in `answerHeaders` reach the browser with errors too. */
export function createFrontendApp(): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  app.use('/v1/*', async (c, next) => {
    c.set('answerHeaders', []);
    await next();
    for (const [name, value] of c.get('answerHeaders')) c.res.headers.append(name, value);
  });
  return app;
}

/** Adds a route for every endpoint of the tables. */
export function addEndpoints(app: Hono<AppEnvironment>, options: RouterOptions): void {
  const all = Object.entries(endpoints) as [EndpointName, Endpoint][];
  for (const path of new Set(all.map(([, endpoint]) => endpoint.path))) {
    const entries = all.filter(([, endpoint]) => endpoint.path === path);
    app.on(methods, [`/v1${path}`, `/v1${path}/`], (c) => {
      const query = readQuery(c);
      const method = logicalMethod(c, query);
      const [name] = entries.find(([, endpoint]) => endpoint.method === method) ?? [];
      if (name === undefined) throw notFound('address');
      return answer(name, c, query, options);
    });
  }
}

async function answer(
  name: EndpointName,
  c: Context<AppEnvironment>,
  query: ReturnType<typeof readQuery>,
  { context, handlers, isAllowed }: RouterOptions,
): Promise<Response> {
  const { method, plain }: Endpoint = endpoints[name];
  const apiVersion = readApiVersion(c);
  const form = await readForm(c, { method, query, schema: forms[name] });
  const isMutation = method !== 'GET';
  const caller = await identify(context, c, { query: anonymous.has(name) ? noParameters : query, isAllowed, isMutation });
  // The tables tie names, paths and forms together; a loop over them cannot.
  const handle = handlers[name] as unknown as Handler<never>;
  const request = { context, caller, path: c.req.param(), form, apiVersion } as unknown as Parameters<typeof handle>[0];

  let resource: unknown;
  try {
    resource = await handle(request);
  } catch (error) {
    await addCredentials(c, caller);
    if (isMutation && !plain) await addClientToError(error, context, caller);
    throw error;
  }
  await addCredentials(c, caller);
  if (plain) return c.json(resource as object);

  const client = withoutPiggyback.has(name) ? null : await presentCallersClient(context, caller);
  const known = withoutPiggyback.has(name) ? (resource as Complete<ClientJSON> | null) : client;
  await addClientUat(c, context, caller, known);
  return c.json({ response: resource, client });
}

const noParameters = { names: [], one: () => undefined, all: () => [] };

async function presentCallersClient(context: Dependencies, caller: IdentifiedCaller) {
  return presentClient(context, caller.currentClientId(), caller);
}

async function addCredentials(c: Context<AppEnvironment>, caller: IdentifiedCaller): Promise<void> {
  c.get('answerHeaders').push(...(await caller.credentialHeaders()));
}

/** In production the server alone says when authentication last changed; in development the page's script does. */
async function addClientUat(
  c: Context<AppEnvironment>,
  context: Dependencies,
  caller: IdentifiedCaller,
  client: Complete<ClientJSON> | null,
): Promise<void> {
  // A browser with a replaced credential is about to learn of the newer state, and must not be set back.
  if (context.instanceType === 'development' || caller.sessionsBefore !== undefined) return;
  const lines = await clientUatLines(context, c.req.header('cookie'), client);
  c.get('answerHeaders').push(...lines.map((line): [string, string] => ['set-cookie', line]));
}

/** A refused attempt may have changed the client: tries are counted, sign-ins locked (dossier part 1, §3.2). */
const withClient = new Set([400, 403, 422]);

async function addClientToError(error: unknown, context: Dependencies, caller: IdentifiedCaller): Promise<void> {
  if (!(error instanceof ApiError)) return;
  // Whoever is told that there is no account finds in the client what has become of the attempt.
  const isTransfer = error.items.some(({ code }) => code === 'sign_up_if_missing_transfer');
  if (!isTransfer && !withClient.has(error.status)) return;
  const client = await presentCallersClient(context, caller).catch(() => null);
  if (client) error.meta = { ...error.meta, client };
}
