/** `/v1/sessions`: sessions of users, as backends see and end them (dossier part 2, §6.5). */
import { Hono } from 'hono';
import type { Context } from 'hono';
import { webUrl } from '../../../src/rules/redirect.ts';
import type { Dependencies } from '../dependencies.ts';
import { templateLifetime } from '../domain/claim-rules.ts';
import { checkRefresh } from '../domain/refresh-tokens.ts';
import { createSessionToken } from '../domain/session-token.ts';
import type { TokenSubject } from '../domain/session-token.ts';
import { endSessions, startSession } from '../domain/sessions.ts';
import { createTemplateToken } from '../domain/template-token.ts';
import { ApiError, authenticationInvalid, notFound, parameterError, templateNotFound } from '../errors.ts';
import { sessionDirectives } from '../frontend-api/handshake-directives.ts';
import { createOriginCheck } from '../origins.ts';
import { presentBackendSession } from '../present/backend-session.ts';
import type { AppEnvironment } from '../request-context.ts';
import { listSessions } from '../store/backend-sessions.ts';
import { createClient, findClient } from '../store/clients.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { findTemplateByName } from '../store/jwt-templates.ts';
import { findSession, isActive } from '../store/sessions.ts';
import type { Session } from '../store/sessions.ts';
import { findUser } from '../store/users.ts';
import { lockUser } from '../store/write-users.ts';
import { readBody } from './body.ts';
import type { Body } from './body.ts';
import { readPage, readQuery } from './query.ts';
import { requireUser } from './users.ts';

export function createSessionRoutes(context: Dependencies): Hono<AppEnvironment> {
  const { database, now, instanceType } = context;
  const isAllowed = createOriginCheck(context);
  const app = new Hono<AppEnvironment>();
  const requireSession = async (id: string, connection: Database = database): Promise<Session> => {
    const session = await findSession(connection, id, now());
    if (!session) throw notFound('session');
    return session;
  };

  /** Whom a token is for. A ban holds whatever became of the sessions. */
  const requireSubject = async (session: Session): Promise<Pick<TokenSubject, 'session' | 'user' | 'client'>> => {
    const [client, user] = await Promise.all([findClient(database, session.client_id), findUser(database, session.user_id)]);
    if (!isActive(session) || !client || !user || user.banned) throw authenticationInvalid();
    return { session, user, client };
  };

  /** The same, with how long it is for. */
  const readSubject = async (c: Context<AppEnvironment>, id: string): Promise<TokenSubject> => {
    const subject = await requireSubject(await requireSession(id));
    const lifetime = (await readBody(c)).wholeNumber('expires_in_seconds') ?? undefined;
    const { minimum, maximum } = templateLifetime;
    if (lifetime !== undefined && !(lifetime >= minimum && lifetime <= maximum)) {
      const message = `expires_in_seconds must be from ${minimum} to ${maximum}.`;
      throw parameterError('form_param_value_invalid', 'expires_in_seconds', message);
    }
    return { ...subject, origin: undefined, lifetime };
  };

  app.get('/', async (c) => {
    const query = readQuery(c);
    const filter = { clientId: query.one('client_id'), userId: query.one('user_id'), status: query.one('status') };
    const { sessions, count } = await listSessions(database, filter, { ...readPage(query), now: now() });
    const data = sessions.map(presentBackendSession);
    return c.json(query.flag('paginated') ? { data, total_count: count } : data);
  });
  app.post('/', async (c) => {
    if (instanceType !== 'development') {
      throw new ApiError(403, {
        code: 'feature_not_enabled',
        message: 'Not enabled',
        longMessage: 'Backends create sessions in test instances only: elsewhere people sign in themselves.',
      });
    }
    const body = await readBody(c);
    const userId = body.text('user_id');
    if (!userId) throw parameterError('form_param_missing', 'user_id', 'user_id must be included.');
    const { banned } = await requireUser(database, userId);
    if (banned)
      throw new ApiError(403, { code: 'user_banned', message: 'User is banned', longMessage: 'This user is banned and gets no session.' });
    const id = await inTransaction(database, async (transaction) => {
      await lockUser(transaction, userId);
      // No browser ever gets this client's credential: the session is for tests of a backend.
      const { client } = await createClient(transaction, 'cookie', now());
      const address = c.get('clientAddress');
      return startSession(context, transaction, {
        clientId: client.id,
        userId,
        strategy: 'admin',
        address,
        userAgent: c.req.header('user-agent'),
      });
    });
    return c.json(presentBackendSession(await requireSession(id)));
  });
  app.get('/:id', async (c) => c.json(presentBackendSession(await requireSession(c.req.param('id')))));
  app.post('/:id/revoke', async (c) => {
    const { id } = await requireSession(c.req.param('id'));
    await inTransaction(database, (transaction) => endSessions(transaction, { sessionId: id }, { now: now(), status: 'revoked' }));
    return c.json(presentBackendSession(await requireSession(id)));
  });
  app.post('/:id/verify', () => {
    throw new ApiError(410, {
      code: 'gone',
      message: 'Gone',
      longMessage: 'Sessions are not verified by a request any more. Verify the session token with the keys of /v1/jwks.',
    });
  });
  app.post('/:id/tokens', async (c) => {
    const subject = await readSubject(c, c.req.param('id'));
    return c.json({ object: 'token', jwt: await createSessionToken(context, subject) });
  });
  app.post('/:id/tokens/:template', async (c) => {
    const subject = await readSubject(c, c.req.param('id'));
    const template = await findTemplateByName(database, c.req.param('template'));
    if (!template) throw templateNotFound('name', c.req.param('template'));
    return c.json({ object: 'token', jwt: await createTemplateToken(context, template, subject) });
  });
  // All that is wrong with it is answered with 401, which SDKs take as "do a handshake" (dossier part 1, §9.4).
  app.post('/:id/refresh', async (c) => {
    const body = await readBody(c);
    const session = await findSession(database, c.req.param('id'), now());
    if (!session) throw authenticationInvalid();
    const target = webUrl(requireText(body, 'request_origin'));
    await checkRefresh(context, session, {
      refreshToken: requireText(body, 'refresh_token'),
      expiredToken: requireText(body, 'expired_token'),
    });
    const subject = await requireSubject(session);
    if (!target || !isAllowed(target.origin)) throw authenticationInvalid();
    const jwt = await createSessionToken(context, { ...subject, origin: target.origin, lifetime: undefined });
    const isCookie = body.text('format') === 'cookie';
    return c.json(isCookie ? { object: 'cookies', cookies: await sessionDirectives(context, jwt, target) } : { object: 'token', jwt });
  });
  return app;
}

/** Longer than any token. */
const longestText = 16_384;

function requireText(body: Body, name: string): string {
  const text = body.text(name, longestText);
  if (text) return text;
  throw parameterError('form_param_missing', name, `${name} must be included.`);
}
