/**
 * `GET /v1/client/handshake` (dossier part 1, §9.2): the server of a site cannot see our cookies, so it sends the browser here, and the
 * browser brings back what it needs: behind a nonce that works once, or as a signed token for old SDKs.
 */
import type { Context, Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../errors.ts';
import type { AppEnvironment } from '../request-context.ts';
import { createClient, credentialGrace, findClientBySecret } from '../store/clients.ts';
import type { KnownClient } from '../store/clients.ts';
import { handshakeLifetime, insertHandshake } from '../store/handshakes.ts';
import { cookieLine, isSecure, sharedDomain } from './cookies.ts';
import { handshakeDirectives, nonceName, tokenName } from './handshake-directives.ts';
import { devBrowserOf, findClientByCookie } from './identity.ts';
import { logicalMethod, readQuery } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import { readRedirectUrl, redirectTo } from './redirects.ts';

export function addHandshake(app: Hono<AppEnvironment>, context: Dependencies, isAllowed: (origin: string) => boolean): void {
  app.all('/v1/client/handshake', async (c) => {
    const query = readQuery(c);
    if (logicalMethod(c, query) !== 'GET') throw notFound('address');
    const target = readRedirectUrl(query, isAllowed);
    const { known, devBrowser } = await findBrowser(context, c, query);
    const sessionsBefore = known && known.supersededUntil !== null ? known.supersededUntil - credentialGrace : undefined;
    const lines = await handshakeDirectives(context, { clientId: known?.client.id, sessionsBefore, devBrowser, target });
    const [name, value] =
      query.one('format') === 'nonce'
        ? [nonceName, await insertHandshake(context.database, lines, context.now())]
        : [tokenName, await context.keys.sign({ handshake: lines })];
    // In development the site may be on another host name, where our cookies do not reach.
    if (context.instanceType === 'development') {
      target.searchParams.set(name, value);
    } else {
      const options = { maxAge: handshakeLifetime / 1000, httpOnly: true, secure: isSecure(context), domain: sharedDomain(context) };
      c.get('answerHeaders').push(['set-cookie', cookieLine(name, value, options)]);
    }
    return redirectTo(c, target);
  });
}

/** The browser's client; in development a browser that is not known becomes so. */
async function findBrowser(
  context: Dependencies,
  c: Context<AppEnvironment>,
  query: Parameters,
): Promise<{ known: Omit<KnownClient, 'secretHash'> | undefined; devBrowser: string | undefined }> {
  if (context.instanceType === 'production') return { known: await findClientByCookie(context, c), devBrowser: undefined };
  const { database, now } = context;
  const shown = devBrowserOf(query);
  const known = shown && (await findClientBySecret(database, { secret: shown, kind: 'dev_browser' }, now()));
  if (known) return { known, devBrowser: shown };
  const { client, secret } = await createClient(database, 'dev_browser', now());
  return { known: { client, supersededUntil: null }, devBrowser: secret };
}
