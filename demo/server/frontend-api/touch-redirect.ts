/**
 * `GET /v1/client/touch` (dossier part 1, §5.6): a browser that caps the life of cookies set by `fetch` comes here by navigation, and
 * is given the credential that it showed once more, with its full life.
 */
import type { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../errors.ts';
import type { AppEnvironment } from '../request-context.ts';
import { clientCookie, clientCookieLine, cookieValues } from './cookies.ts';
import { findClientByCookie } from './identity.ts';
import { logicalMethod, readQuery } from './parameters.ts';
import { readRedirectUrl, redirectTo } from './redirects.ts';

export function addTouchRedirect(app: Hono<AppEnvironment>, context: Dependencies, isAllowed: (origin: string) => boolean): void {
  app.all('/v1/client/touch', async (c) => {
    const query = readQuery(c);
    if (logicalMethod(c, query) !== 'GET') throw notFound('address');
    const target = readRedirectUrl(query, isAllowed);
    const known = context.instanceType === 'production' ? await findClientByCookie(context, c) : undefined;
    if (known && known.supersededUntil === null) {
      const [secret] = cookieValues(c.req.header('cookie'), clientCookie);
      c.get('answerHeaders').push(['set-cookie', clientCookieLine(context, secret)]);
    }
    return redirectTo(c, target);
  });
}
