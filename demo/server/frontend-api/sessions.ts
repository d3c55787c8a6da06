/** Sessions of this browser, and of the user on other devices (dossier part 1, §5.4; part 2, §4.1). */
import type { ownSessionEndpoints } from '../../../src/wire/own-sessions.ts';
import type { oneSessionEndpoints } from '../../../src/wire/one-session.ts';
import type { sessionEndpoints } from '../../../src/wire/session.ts';
import { endSessions, sessionPatience, startOfDay } from '../domain/sessions.ts';
import type { EndStatus } from '../domain/sessions.ts';
import { authenticationInvalid, notFound } from '../errors.ts';
import { presentSession, presentSessionWithActivity } from '../present/session.ts';
import { dropSupersededCookies, updateClient } from '../store/clients.ts';
import { inTransaction } from '../store/database.ts';
import { findSession, findSessionsOfClient, findSessionsOfUser, isActive, updateSession } from '../store/sessions.ts';
import type { Session } from '../store/sessions.ts';
import { findUser } from '../store/users.ts';
import { updateUser } from '../store/write-users.ts';
import type { FrontendRequest, Handlers } from './handler.ts';
import { findOwnSession } from './identity.ts';
import { requireOwner } from './user.ts';

type SessionRequest = Pick<FrontendRequest, 'context' | 'caller'> & { path: { sessionId: string } };

/**
 * The session that the path names.
 * @throws ApiError 401 if the browser is not known, 404 if it is not one of its sessions (security.md, E6).
 */
export async function requireOwnSession({ context, caller, path }: SessionRequest): Promise<Session> {
  if (!caller.client) throw authenticationInvalid();
  const session = await findOwnSession(context, caller, path.sessionId);
  if (!session) throw notFound('session');
  return session;
}

/** @throws ApiError also 401 if it is not active any more. */
export async function requireOpenSession(request: SessionRequest): Promise<Session> {
  const session = await requireOwnSession(request);
  if (!isActive(session)) throw authenticationInvalid();
  return session;
}

export const sessionHandlers: Handlers<keyof (typeof sessionEndpoints & typeof oneSessionEndpoints)> = {
  touchSession: async (request) => {
    const { context, form } = request;
    const { id, client_id: clientId, user_id: userId } = await requireOpenSession(request);
    if (form.active_organization_id) throw notFound('organization');
    const now = context.now();
    await inTransaction(context.database, async (transaction) => {
      const user = await findUser(transaction, userId);
      if ((user?.last_active_at ?? 0) < startOfDay(now)) await updateUser(transaction, userId, { last_active_at: startOfDay(now) }, now);
      await updateClient(transaction, clientId, { last_active_session_id: id });
      // It may have been ended a moment ago; then nothing of this happens.
      const changes = { last_active_at: now, abandon_at: now + sessionPatience };
      if (!(await updateSession(transaction, id, changes, now))) throw authenticationInvalid();
    });
    return present(request, id);
  },

  endSession: (request) => close(request, 'ended'),
  removeSession: (request) => close(request, 'removed'),

  getSession: async (request) => present(request, (await requireOwnSession(request)).id),
};

export const ownSessionHandlers: Handlers<keyof typeof ownSessionEndpoints> = {
  listActiveSessions: ({ context, caller }) => list({ context, caller }, 'active'),
  listSessions: ({ context, caller }) => list({ context, caller }, 'any'),

  revokeSession: async ({ context, caller, path }) => {
    const { database } = context;
    const now = context.now();
    const { id: userId } = await requireOwner(context, caller);
    const session = await findSession(database, path.sessionId, now);
    if (session?.user_id !== userId) throw notFound('session');
    await inTransaction(database, (transaction) => endSessions(transaction, { sessionId: session.id, userId }, { now, status: 'revoked' }));
    return presentSessionWithActivity((await findSession(database, session.id, now)) ?? session, now);
  },
};

/** Signs out one session; the last one takes the browser's credential with it. */
async function close(request: SessionRequest, status: EndStatus) {
  const { context, caller } = request;
  const { id, client_id: clientId } = await requireOwnSession(request);
  const now = context.now();
  const isLast = await inTransaction(context.database, async (transaction) => {
    await endSessions(transaction, { sessionId: id }, { now, status });
    if ((await findSessionsOfClient(transaction, clientId, now)).length) return false;
    await dropSupersededCookies(transaction, clientId);
    await caller.claimCredential(transaction);
    return true;
  });
  if (isLast) caller.renewCredential();
  return present(request, id);
}

async function list({ context, caller }: Pick<FrontendRequest, 'context' | 'caller'>, status: 'active' | 'any') {
  const { user_id: userId } = await caller.session();
  const now = context.now();
  const sessions = await findSessionsOfUser(context.database, { userId, status }, now);
  const before = caller.sessionsBefore ?? Infinity;
  return sessions.filter((session) => session.created_at < before).map((session) => presentSessionWithActivity(session, now));
}

async function present({ context, caller }: SessionRequest, id: string) {
  const session = await findSession(context.database, id, context.now());
  const user = session && (await findUser(context.database, session.user_id));
  if (!session || !user || !caller.client) throw notFound('session');
  // Ending one has moved the client on, but an ended session gets no token.
  return presentSession(context, { session, user, client: caller.client, origin: caller.origin });
}
