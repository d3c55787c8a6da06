/** Sessions and clients as the Backend API reads them (dossier part 2, §6.5). */
import { sql } from 'kysely';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Client } from './clients.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import { evaluate } from './sessions.ts';
import type { Session } from './sessions.ts';

export interface SessionFilter {
  clientId?: string | undefined;
  userId?: string | undefined;
  status?: string | undefined;
}

/** The status that holds now, as `evaluate()` has it. */
const statusAt = (now: number) =>
  sql<string>`case when status <> 'active' then status when expire_at <= ${now} then 'expired' when abandon_at <= ${now} then 'abandoned' when cardinality(tasks) > 0 then 'pending' else 'active' end`;

/** Newest first, with the number of all. */
export async function listSessions(
  database: Database,
  filter: SessionFilter,
  { limit, offset, now }: { limit: number; offset: number; now: number },
): Promise<{ sessions: Session[]; count: number }> {
  const matches = (eb: ExpressionBuilder<Tables, 'sessions'>): Expression<SqlBool> =>
    eb.and([
      ...(filter.clientId === undefined ? [] : [eb('client_id', '=', filter.clientId)]),
      ...(filter.userId === undefined ? [] : [eb('user_id', '=', filter.userId)]),
      ...(filter.status === undefined ? [] : [eb(statusAt(now), '=', filter.status)]),
    ]);
  const all = database.selectFrom('sessions').where(matches);
  const [sessions, { count }] = await Promise.all([
    all.selectAll().orderBy('created_at', 'desc').orderBy('id').limit(limit).offset(offset).execute(),
    all.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { sessions: sessions.map((session) => evaluate(session, now)), count };
}

/** All sessions that a client ever had, oldest first. */
export async function findAllSessionsOfClient(database: Database, { id }: Client, now: number): Promise<Session[]> {
  const sessions = await database
    .selectFrom('sessions')
    .selectAll()
    .where('client_id', '=', id)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return sessions.map((session) => evaluate(session, now));
}
