/**
 * `/v1/oauth_callback`: where providers send browsers back to (dossier part 2, §8, step 3). It is a navigation from another site: what
 * makes it safe is the state, which works once, and the browser, which has to be the one that has set out.
 */
import type { Context, Hono } from 'hono';
import { allowedRedirect } from '../../../src/rules/redirect.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../errors.ts';
import { finishOAuth } from '../oauth/callback.ts';
import { callbackInvalid } from '../oauth/errors.ts';
import { callbackUrl } from '../oauth/protocol.ts';
import { answerRefusal } from '../notice-page.ts';
import { presentClient } from '../present/client.ts';
import { frontendApiBodyLimit, parseUrlEncoded, readText } from '../request-body.ts';
import type { AppEnvironment } from '../request-context.ts';
import { findClient, findClientBySecret } from '../store/clients.ts';
import { takeOAuthState } from '../store/oauth-states.ts';
import { clientUatLines, devBrowserCookies } from './cookies.ts';
import type { Caller } from './handler.ts';
import { identify } from './identity.ts';
import type { IdentifiedCaller } from './identity.ts';
import { logicalMethod, readQuery } from './parameters.ts';
import type { Parameters } from './parameters.ts';

/** What of an answer is handed on. */
const answerNames = ['code', 'state', 'error', 'scope', 'iss'];

/** Some providers answer by a form. It comes without our cookies, so the browser is asked to come again; nothing changes here. */
export async function oauthFormToQuery(c: Context<AppEnvironment>, { frontendApiUrl }: Dependencies): Promise<Response> {
  const fields = parseUrlEncoded(await readText(c.req.raw, frontendApiBodyLimit));
  const target = new URL(callbackUrl({ frontendApiUrl }));
  for (const [name, value] of fields) if (answerNames.includes(name)) target.searchParams.append(name, value);
  return c.body(null, 303, { location: target.href, 'cache-control': 'no-store' });
}

export function addOAuthCallback(app: Hono<AppEnvironment>, context: Dependencies, isAllowed: (origin: string) => boolean): void {
  app.all('/v1/oauth_callback', async (c) => {
    const query = readQuery(c);
    // A look at the headers must not use anything up.
    if (c.req.method === 'HEAD' || logicalMethod(c, query) !== 'GET') throw notFound('address');
    try {
      return await comeBack(context, c, { query, isAllowed });
    } catch (error) {
      return answerRefusal(c, context, error);
    }
  });
}

/** @throws ApiError 400 `oauth_callback_invalid`: nothing waits for this answer, in this browser. */
async function comeBack(
  context: Dependencies,
  c: Context<AppEnvironment>,
  { query, isAllowed }: { query: Parameters; isAllowed: (origin: string) => boolean },
): Promise<Response> {
  const secret = query.one('state');
  const state = secret && (await takeOAuthState(context.database, secret, context.now()));
  if (!secret || !state) throw callbackInvalid();
  const caller = await callerOf(context, c, { clientId: state.client_id, isAllowed });
  if (!caller) throw callbackInvalid();

  const isComplete = await finishOAuth({ context, caller, state, secret, answer: answerOf(query) });
  c.get('answerHeaders').push(...(await caller.credentialHeaders()));
  if (context.instanceType === 'production') {
    const lines = await clientUatLines(context, c.req.header('cookie'), await presentClient(context, state.client_id, caller));
    c.get('answerHeaders').push(...lines.map((line): [string, string] => ['set-cookie', line]));
  }
  const target = isComplete ? (state.action_complete_redirect_url ?? state.redirect_url) : state.redirect_url;
  // Looked at again: the settings may have changed since (security.md, B5).
  const url = allowedRedirect(target, { allowedOrigins: [isAllowed] }) ?? new URL(context.frontendApiUrl);
  return c.body(null, 303, { location: url.href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
}

function answerOf(query: Parameters): URLSearchParams {
  const answer = new URLSearchParams();
  for (const name of answerNames) {
    const value = query.one(name);
    if (value !== undefined) answer.set(name, value);
  }
  return answer;
}

const noParameters: Parameters = { names: [], one: () => undefined, all: () => [] };

/**
 * The browser that has set out; `undefined` if another has come back. In production its cookie says so. In development browsers are
 * known by what pages put into URLs, and nobody puts anything into this one: those that show a dev browser in a cookie have to show
 * the right one.
 */
async function callerOf(
  context: Dependencies,
  c: Context<AppEnvironment>,
  { clientId, isAllowed }: { clientId: string; isAllowed: (origin: string) => boolean },
): Promise<IdentifiedCaller | undefined> {
  const caller = await identify(context, c, { query: noParameters, isAllowed, isMutation: true });
  if (context.instanceType === 'production') return caller.client?.id === clientId ? caller : undefined;
  const known = await Promise.all(
    devBrowserCookies(c.req.header('cookie')).map((secret) =>
      findClientBySecret(context.database, { secret, kind: 'dev_browser' }, context.now()),
    ),
  );
  const shown = known.flatMap((entry) => (entry ? [entry.client.id] : []));
  if (shown.length && !shown.includes(clientId)) return undefined;
  const client = await findClient(context.database, clientId);
  if (!client) return undefined;
  const overrides: Pick<Caller, 'client' | 'ensureClient'> = { client, ensureClient: () => Promise.resolve(client) };
  return { ...caller, ...overrides, currentClientId: () => client.id };
}
