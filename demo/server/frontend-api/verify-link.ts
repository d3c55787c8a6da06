/**
 * `GET /v1/verify` (dossier part 2, §2.8): where links in mails lead. A GET that acts, since people open links; what allows it is the
 * token, which is too long to be guessed and works once (security.md, E2). What only looks at links does not use them up: a HEAD
 * request, and a browser that fetches a page before somebody wants it. A program that opens links in mails as a browser does cannot
 * be told from a person; where mails go through such programs, `email_link.require_same_client` keeps them from signing anybody in.
 */
import type { Context, Hono } from 'hono';
import { allowedRedirect } from '../../../src/rules/redirect.ts';
import type { Dependencies } from '../dependencies.ts';
import { linkExpired, linkInvalid, openLink } from '../domain/open-link.ts';
import type { LinkStatus, OpenedLink, Opener } from '../domain/open-link.ts';
import { ApiError, notFound } from '../errors.ts';
import { answerRefusal, noticePage } from '../notice-page.ts';
import type { AppEnvironment } from '../request-context.ts';
import { findClientBySecret } from '../store/clients.ts';
import { cookieValues } from './cookies.ts';
import { identify } from './identity.ts';
import type { IdentifiedCaller } from './identity.ts';
import { logicalMethod, readQuery } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import { seeOther } from './redirects.ts';

export function addLinkVerification(app: Hono<AppEnvironment>, context: Dependencies, isAllowed: (origin: string) => boolean): void {
  app.all('/v1/verify', async (c) => {
    const query = readQuery(c);
    if (logicalMethod(c, query) !== 'GET') throw notFound('address');
    if (c.req.method === 'HEAD') return c.body(null, 200);
    // Browsers do not keep such an answer for the person who may come.
    if (isPrefetch(c)) return c.body(null, 503, { 'cache-control': 'no-store' });
    try {
      const token = query.one('token');
      if (!token) throw linkInvalid();
      const caller = await identify(context, c, { query: noParameters, isAllowed, isMutation: true });
      const opened = await openLink(context, await findOpener(context, c, caller), token);
      c.get('answerHeaders').push(...(await caller.credentialHeaders()));
      return answer(c, context, opened, isAllowed);
    } catch (error) {
      return answerRefusal(c, context, error);
    }
  });
}

const isPrefetch = (c: Context<AppEnvironment>) =>
  ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) => /\b(prefetch|prerender|preview)\b/i.test(c.req.header(name) ?? ''));

/** In the address there is nothing but the token: nobody can be made another browser by a link. */
const noParameters: Parameters = { names: [], one: () => undefined, all: () => [] };

/** In development pages keep the browser's id in a cookie, which comes along where the page is on the same host as we are. */
async function findOpener(context: Dependencies, c: Context<AppEnvironment>, caller: IdentifiedCaller): Promise<Opener> {
  if (context.instanceType === 'production') return { client: caller.client, caller };
  const [secret] = cookieValues(c.req.header('cookie'), '__clerk_db_jwt');
  const known = secret ? await findClientBySecret(context.database, { secret, kind: 'dev_browser' }, context.now()) : undefined;
  return { client: known?.client, caller: { ...caller, client: known?.client } };
}

function answer(
  c: Context<AppEnvironment>,
  context: Dependencies,
  { link, status, sessionId }: OpenedLink,
  isAllowed: (origin: string) => boolean,
): Response {
  // What was allowed when the link was sent may have been taken off the list since.
  const target = allowedRedirect(link.redirect_url, { allowedOrigins: [isAllowed] });
  if (target) {
    target.searchParams.set('__clerk_status', status);
    if (sessionId !== null) target.searchParams.set('__clerk_created_session', sessionId);
    return seeOther(c, target);
  }
  if (status === 'expired') throw linkExpired();
  if (status === 'failed') throw linkInvalid();
  if (status === 'client_mismatch') throw notSameClient(link.subject_id.startsWith('sua_') ? 'sign_up' : 'sign_in');
  return noticePage(context, notices[status]);
}

const notices: Record<Extract<LinkStatus, 'verified' | 'transferable'>, { title: string; text: string }> = {
  verified: { title: 'That was it', text: 'Your email address is verified. Go back to where you began; this page may be closed.' },
  transferable: { title: 'Almost there', text: 'Go back to where you began to make your account; this page may be closed.' },
};

/** 403: where it must be the same browser, it is another one. */
const notSameClient = (attempt: 'sign_in' | 'sign_up') =>
  new ApiError(403, {
    code: `${attempt}_email_link_not_same_client`,
    message: 'Open this link where you began',
    longMessage: 'This link works only in the browser in which you asked for it. Open it there.',
  });
