/** The cookies of a site after a handshake, in both families of names (dossier part 1, §9.2). */
import type { Dependencies } from '../dependencies.ts';
import { createRefreshToken } from '../domain/refresh-tokens.ts';
import { createSessionToken } from '../domain/session-token.ts';
import { findClient } from '../store/clients.ts';
import { findSessionsOfClient } from '../store/sessions.ts';
import { findUsers } from '../store/users.ts';
import { clientUat, cookieLine, longLife, sharedDomain, suffixOf } from './cookies.ts';
import type { CookieOptions } from './cookies.ts';

/** What brings the answer back: a query parameter in development, a cookie in production. */
export const nonceName = '__clerk_handshake_nonce';
export const tokenName = '__clerk_handshake';

export interface HandshakeSubject {
  clientId: string | undefined;
  sessionsBefore: number | undefined;
  /** Development only. */
  devBrowser: string | undefined;
  /** Page that the browser returns to; the token is for its origin. */
  target: URL;
}

/** Complete `Set-Cookie` lines, which the site's server passes on. */
export async function handshakeDirectives(
  context: Dependencies,
  { clientId, sessionsBefore, devBrowser, target }: HandshakeSubject,
): Promise<string[]> {
  const suffix = await suffixOf(context);
  const both = (name: string, line: (name: string) => string) => [line(name), line(`${name}_${suffix}`)];
  const own = cookieOptions(target);
  // In production the Frontend API writes this one itself, on the shared domain: another domain would make a second cookie.
  const shared = { ...own, domain: context.instanceType === 'production' ? sharedDomain(context) : undefined };
  const { client, sessions, session, user } = await findSignedIn(context, clientId, sessionsBefore);
  const token = client && session && user ? await createSessionToken(context, { session, user, client, origin: target.origin }) : undefined;
  const uat = clientUat(client ? { sessions, updated_at: client.updated_at } : null);
  return [
    ...both('__client_uat', (name) => cookieLine(name, uat, shared)),
    ...(devBrowser === undefined ? [] : both('__clerk_db_jwt', (name) => cookieLine(name, devBrowser, own))),
    // Nothing else would delete them before their end, and a page opened meanwhile would ask in vain.
    ...(context.instanceType === 'production' ? [nonceName, tokenName].map((name) => cookieLine(name, '', { ...shared, maxAge: 0 })) : []),
    // No page's script has a use for it, and backends look for this name alone.
    keptOrDeleted(`__refresh_${suffix}`, token && session && createRefreshToken(context, session.id), { ...own, httpOnly: true }),
    ...both('__session', (name) => keptOrDeleted(name, token, own)),
  ];
}

/** The cookies that hold a token that a backend has had renewed, in both families of names. */
export async function sessionDirectives(context: Pick<Dependencies, 'publishableKey'>, token: string, target: URL): Promise<string[]> {
  const names = ['__session', `__session_${await suffixOf(context)}`];
  return names.map((name) => cookieLine(name, token, cookieOptions(target)));
}

/** Cookies that a site keeps for itself. */
const cookieOptions = (target: URL): CookieOptions => ({ maxAge: longLife, secure: target.protocol === 'https:' });

const keptOrDeleted = (name: string, value: string | undefined, options: CookieOptions) =>
  cookieLine(name, value ?? '', value === undefined ? { ...options, maxAge: 0 } : options);

/** The sessions that count, and the one whose token is handed out, with its user. */
async function findSignedIn({ database, now }: Dependencies, clientId: string | undefined, sessionsBefore = Infinity) {
  const client = clientId === undefined ? undefined : await findClient(database, clientId);
  if (!client) return { client, sessions: [], session: undefined, user: undefined };
  const all = await findSessionsOfClient(database, client.id, now());
  const users = await findUsers(
    database,
    all.map((session) => session.user_id),
  );
  const banned = new Set(users.filter((user) => user.banned).map((user) => user.id));
  const sessions = all.filter((session) => session.created_at < sessionsBefore && !banned.has(session.user_id));
  const session = sessions.find(({ id }) => id === client.last_active_session_id) ?? sessions[0];
  return { client, sessions, session, user: users.find(({ id }) => id === session?.user_id) };
}
