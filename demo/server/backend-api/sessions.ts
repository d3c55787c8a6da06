/** `/v1/sessions`: sessions of users, as backends see and end them (dossier part 2, §6.5). */
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { templateLifetime } from '../domain/claim-rules.ts';
import { createSessionToken } from '../domain/session-token.ts';
import type { TokenSubject } from '../domain/session-token.ts';
import { endSessions, startSession } from '../domain/sessions.ts';
import { createTemplateToken } from '../domain/template-token.ts';
import { ApiError, authenticationInvalid, notFound, parameterError, templateNotFound } from '../errors.ts';
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
import { readPage, readQuery } from './query.ts';
import { requireUser } from './users.ts';

export function createSessionRoutes(context: Dependencies): Hono<AppEnvironment> {
  const { database, now, instanceType } = context;
  const app = new Hono<AppEnvironment>();
  const requireSession = async (id: string, connection: Database = database): Promise<Session> => {
    const session = await findSession(connection, id, now());
    if (!session) throw notFound('session');
    return session;
  };

  /** Whom a token is for, and for how long. A ban holds whatever became of the sessions. */
  const readSubject = async (c: Context<AppEnvironment>, id: string): Promise<TokenSubject> => {
    const session = await requireSession(id);
    const [client, user] = await Promise.all([findClient(database, session.client_id), findUser(database, session.user_id)]);
    if (!isActive(session) || !client || !user || user.banned) throw authenticationInvalid();
    const lifetime = (await readBody(c)).wholeNumber('expires_in_seconds') ?? undefined;
    const { minimum, maximum } = templateLifetime;
    if (lifetime !== undefined && !(lifetime >= minimum && lifetime <= maximum)) {
      const message = `expires_in_seconds must be from ${minimum} to ${maximum}.`;
      throw parameterError('form_param_value_invalid', 'expires_in_seconds', message);
    }
    return { session, user, client, origin: undefined, lifetime };
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
  app.post('/:id/refresh', () => {
    // Browsers get no refresh tokens here; SDKs take this answer as "do a handshake" (dossier part 1, §9.4).
    throw new ApiError(401, {
      code: 'refresh_token_invalid',
      message: 'Invalid refresh token',
      longMessage: 'This server gives out no refresh tokens. Use the handshake.',
    });
  });
  return app;
}
