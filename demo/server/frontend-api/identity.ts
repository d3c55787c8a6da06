/** Who calls the Frontend API (dossier part 1, §2.12; security.md, E4–E6). */
import type { Context } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { checkRate } from '../domain/rate-limit.ts';
import { isTestingToken } from '../domain/testing-tokens.ts';
import { ApiError, authenticationInvalid } from '../errors.ts';
import type { AppEnvironment } from '../request-context.ts';
import { addCredential, createClient, credentialGrace, findClientBySecret, lockClients, supersedeCookie } from '../store/clients.ts';
import type { Client, KnownClient } from '../store/clients.ts';
import { findSession, isActive } from '../store/sessions.ts';
import type { Session } from '../store/sessions.ts';
import { findBan } from '../store/users.ts';
import { clientCookie, clientCookieLine, cookieValues } from './cookies.ts';
import type { Caller } from './handler.ts';
import type { Parameters } from './parameters.ts';

export interface CallerOptions {
  query: Parameters;
  /** Whether pages of an origin may use this instance. */
  isAllowed: (origin: string) => boolean;
  /** A request that changes something: replaced credentials do not count. */
  isMutation: boolean;
}

/** A caller, with the headers that tell the browser its new credential. */
export interface IdentifiedCaller extends Caller {
  /** The client that it has by now. */
  currentClientId(): string | undefined;
  /** Makes the credentials that were asked for. Once, after the handler, whether it failed or not. */
  credentialHeaders(): Promise<[name: string, value: string][]>;
}

/** Finds out who calls. @throws ApiError 401 `dev_browser_unauthenticated`. */
export async function identify(context: Dependencies, c: Context<AppEnvironment>, options: CallerOptions): Promise<IdentifiedCaller> {
  const { database, now } = context;
  const known = await findCaller(context, c, options.query);
  const isSuperseded = known !== undefined && known.supersededUntil !== null;
  const sessionsBefore = isSuperseded ? (known.supersededUntil ?? 0) - credentialGrace : undefined;
  const found = isSuperseded && options.isMutation ? undefined : known?.client;
  let made: { client: Client; secret: string } | undefined;
  let isRenewalDue = false;

  return {
    client: found,
    sessionsBefore,
    readUsers: [],
    checkRate: async (kind) => {
      if (!isTest(context, options.query)) await checkRate(context, kind, c.get('clientAddress'));
    },
    address: c.get('clientAddress'),
    userAgent: c.req.header('user-agent'),
    origin: pageOrigin(context, c, options.isAllowed),
    ensureClient: async () => {
      if (found) return found;
      // The browser has a newer credential already, which a client made now would overwrite.
      if (isSuperseded) throw authenticationInvalid();
      made ??= await createClient(database, kindOf(context), now());
      return made.client;
    },
    claimCredential: async (transaction) => {
      // A client made now has no other tabs, and dev browsers keep their id.
      if (!known || context.instanceType === 'development') return;
      await lockClients(transaction, [known.client.id]);
      if (!(await supersedeCookie(transaction, known.secretHash, now()))) throw authenticationInvalid();
    },
    renewCredential: () => {
      isRenewalDue = true;
    },
    session: async () => {
      const session = await findOwnSession(context, { client: found, sessionsBefore }, options.query.one('_clerk_session_id'));
      const isBanned = session && isActive(session) ? await findBan(database, session.user_id) : undefined;
      if (!session || isBanned === undefined) throw authenticationInvalid();
      if (isBanned) throw userBanned();
      return session;
    },
    currentClientId: () => (made?.client ?? found)?.id,
    credentialHeaders: async () => {
      if (context.instanceType === 'development') return made ? [['clerk-db-jwt', made.secret]] : [];
      const clientId = (made?.client ?? found)?.id;
      if (clientId === undefined) return [];
      const secret = isRenewalDue ? await addCredential(database, { clientId, kind: 'cookie' }, now()) : made?.secret;
      return secret === undefined ? [] : [['set-cookie', clientCookieLine(context, secret)]];
    },
  };
}

/** Whether an end-to-end test asks, which may ask often. */
function isTest({ settings, keys, now }: Dependencies, query: Parameters): boolean {
  const token = settings.testMode && query.one('__clerk_testing_token');
  return Boolean(token) && isTestingToken(String(token), keys.codeKey, now());
}

const kindOf = ({ instanceType }: Pick<Dependencies, 'instanceType'>) => (instanceType === 'development' ? 'dev_browser' : 'cookie');

/** The dev browser that a request names, in the query as browsers do. */
export const devBrowserOf = (query: Parameters): string | undefined =>
  query.one('__clerk_db_jwt') || query.one('__dev_session') || undefined;

async function findCaller(context: Dependencies, c: Context<AppEnvironment>, query: Parameters): Promise<KnownClient | undefined> {
  if (context.instanceType === 'production') return findClientByCookie(context, c);
  const devBrowser = devBrowserOf(query);
  if (devBrowser === undefined) return undefined;
  const known = await findClientBySecret(context.database, { secret: devBrowser, kind: 'dev_browser' }, context.now());
  if (known) return known;
  throw new ApiError(401, {
    code: 'dev_browser_unauthenticated',
    message: 'Browser unauthenticated',
    longMessage: 'Unable to authenticate this browser for your development instance. Check your Clerk cookies and try again.',
  });
}

/** The client of the `__client` cookie. Two such cookies are nobody's: a sibling domain can plant one (security.md, E4). */
export async function findClientByCookie({ database, now }: Dependencies, c: Context<AppEnvironment>): Promise<KnownClient | undefined> {
  const [secret, ...others] = cookieValues(c.req.header('cookie'), clientCookie);
  if (!secret || others.length) return undefined;
  return findClientBySecret(database, { secret, kind: 'cookie' }, now());
}

/** A session by id, if it is one of this browser's that it may see, of whatever status. */
export async function findOwnSession(
  { database, now }: Pick<Dependencies, 'database' | 'now'>,
  { client, sessionsBefore = Infinity }: Pick<Caller, 'client' | 'sessionsBefore'>,
  sessionId: string | undefined,
): Promise<Session | undefined> {
  if (!client || !sessionId) return undefined;
  const session = await findSession(database, sessionId, now());
  return session && session.client_id === client.id && session.created_at < sessionsBefore ? session : undefined;
}

/** The page that asks. Browsers leave `Origin` out when a page asks its own origin, so what else they say of the page counts too. */
function pageOrigin(
  { frontendApiUrl }: Dependencies,
  c: Context<AppEnvironment>,
  isAllowed: (origin: string) => boolean,
): string | undefined {
  const referer = c.req.header('referer');
  const refererOrigin = referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined;
  const ownOrigin = c.req.header('sec-fetch-site') === 'same-origin' ? new URL(frontendApiUrl).origin : undefined;
  const origin = c.req.header('origin') ?? refererOrigin ?? ownOrigin;
  return origin !== undefined && isAllowed(origin) ? origin : undefined;
}

/** 403: the user may not do anything here any more. */
export const userBanned = () =>
  new ApiError(403, {
    code: 'user_banned',
    message: 'User banned',
    longMessage: 'This account has been banned. Contact support if you think this is a mistake.',
  });
