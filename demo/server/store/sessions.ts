/** Sessions. Whoever reads one gets the status that holds now: time alone ends sessions, and no job has to run for it. */
import { sql } from 'kysely';
import type { ExpressionBuilder, Insertable, Selectable, Updateable } from 'kysely';
import { createId } from '../ids.ts';
import { buildOnceAsJson } from './built-query.ts';
import { noteSession } from './changes.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import type { SessionTable } from './tables/attempts.ts';

export type Session = Selectable<SessionTable>;

/** Signed in, as far as the row says; whether something is left to do is in another column. */
const openStatus = 'active';

/** Signed in, but for what is left to do (dossier part 1, §5.2). */
const pendingStatus = 'pending';

/** The row with the status that it has at `now`: `expired`, `abandoned` and `pending` are never stored. */
export function evaluate(session: Session, now: number): Session {
  if (session.status !== openStatus) return session;
  if (session.expire_at <= now) return { ...session, status: 'expired' };
  if (session.abandon_at <= now) return { ...session, status: 'abandoned' };
  return session.tasks.length ? { ...session, status: pendingStatus } : session;
}

/** `true` while somebody is signed in by it, though they may have something to do first. */
export const isActive = ({ status }: Pick<Session, 'status'>): boolean => status === openStatus || status === pendingStatus;

export async function findSession(database: Database, id: string, now: number): Promise<Session | undefined> {
  const [session] = await selectSession(database, { id });
  return session && evaluate(session, now);
}

const selectSession = buildOnceAsJson((database, { id }: { id: string }) =>
  database.selectFrom('sessions').selectAll().where('id', '=', id),
);

/** All sessions of a client that are active now, oldest first. */
export async function findSessionsOfClient(database: Database, clientId: string, now: number): Promise<Session[]> {
  const sessions = await selectOpenOfClient(database, { clientId, now });
  return sessions.map((session) => evaluate(session, now));
}

const selectOpenOfClient = buildOnceAsJson((database, { clientId, now }: { clientId: string; now: number }) =>
  selectOpen(database, now).where('client_id', '=', clientId).orderBy('created_at').orderBy('id'),
);

/** Sessions of a user, latest first: those that are active, or the last hundred of any status. */
export async function findSessionsOfUser(
  database: Database,
  { userId, status }: { userId: string; status: 'active' | 'any' },
  now: number,
): Promise<Session[]> {
  const query = status === 'active' ? selectOpen(database, now) : database.selectFrom('sessions').selectAll();
  const sessions = await query.where('user_id', '=', userId).orderBy('created_at', 'desc').orderBy('id').limit(100).execute();
  return sessions.map((session) => evaluate(session, now));
}

const selectOpen = (database: Database, now: number) =>
  database.selectFrom('sessions').selectAll().where('status', '=', openStatus).where('expire_at', '>', now).where('abandon_at', '>', now);

export async function insertSession(transaction: Database, session: Omit<Insertable<SessionTable>, 'id' | 'status'>): Promise<string> {
  const row = await transaction
    .insertInto('sessions')
    .values({ ...session, id: createId('sess'), status: openStatus })
    .returningAll()
    .executeTakeFirstOrThrow();
  noteSession(transaction, evaluate(row, row.created_at));
  return row.id;
}

export type SessionChanges = Omit<Updateable<SessionTable>, 'id' | 'status' | 'client_id' | 'user_id' | 'created_at' | 'updated_at'>;

/** Changes columns of an active session; `updated_at` strictly grows (dossier part 1, §7.2). `false` if it is not active any more. */
export async function updateSession(database: Database, id: string, changes: SessionChanges, now: number): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('sessions')
    .set((eb) => ({ ...changes, updated_at: eb.fn<number>('greatest', [eb.val(now), eb('updated_at', '+', 1)]) }))
    .where('id', '=', id)
    .where('status', '=', openStatus)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Somebody has done what was left to do, so their sessions are as good as others. */
export async function completeTask(transaction: Database, { userId, task }: { userId: string; task: string }, now: number): Promise<void> {
  const rows = await transaction
    .updateTable('sessions')
    .set((eb) => ({
      tasks: sql<string[]>`array_remove(tasks, ${task})`,
      updated_at: eb.fn<number>('greatest', [eb.val(now), eb('updated_at', '+', 1)]),
    }))
    .where((eb) => matches(eb, { userId }, now))
    .where(sql<boolean>`${task} = any(tasks)`)
    .returningAll()
    .execute();
  for (const row of rows) noteSession(transaction, evaluate(row, now));
}

/** Whether a client has ever held a session of a user, as far as is remembered. */
export async function hasHeldSession(database: Database, { clientId, userId }: { clientId: string; userId: string }): Promise<boolean> {
  const row = await database
    .selectFrom('sessions')
    .select('id')
    .where('client_id', '=', clientId)
    .where('user_id', '=', userId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Which sessions to end: of a client, of a user, or one; all members must fit. */
export interface SessionChoice {
  sessionId?: string | undefined;
  clientId?: string | undefined;
  userId?: string | undefined;
  exceptSessionId?: string | undefined;
}

const matches = (eb: ExpressionBuilder<Tables, 'sessions'>, choice: SessionChoice, now: number) =>
  eb.and([
    eb('status', '=', openStatus),
    eb('expire_at', '>', now),
    eb('abandon_at', '>', now),
    ...(choice.sessionId === undefined ? [] : [eb('id', '=', choice.sessionId)]),
    ...(choice.clientId === undefined ? [] : [eb('client_id', '=', choice.clientId)]),
    ...(choice.userId === undefined ? [] : [eb('user_id', '=', choice.userId)]),
    ...(choice.exceptSessionId === undefined ? [] : [eb('id', '!=', choice.exceptSessionId)]),
  ]);

/** The clients on which chosen sessions are active. */
export async function findClientsOfSessions(database: Database, choice: SessionChoice, now: number): Promise<string[]> {
  const rows = await database
    .selectFrom('sessions')
    .select('client_id')
    .distinct()
    .where((eb) => matches(eb, choice, now))
    .execute();
  return rows.map((row) => row.client_id);
}

/** Ends the chosen sessions that are active, and says on which clients. */
export async function closeSessions(transaction: Database, choice: SessionChoice, status: string, now: number): Promise<string[]> {
  const rows = await transaction
    .updateTable('sessions')
    .set((eb) => ({ status, updated_at: eb.fn<number>('greatest', [eb.val(now), eb('updated_at', '+', 1)]) }))
    .where((eb) => matches(eb, choice, now))
    .returningAll()
    .execute();
  for (const row of rows) noteSession(transaction, row);
  return [...new Set(rows.map((row) => row.client_id))].sort();
}
