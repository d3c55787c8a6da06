/** Sessions and clients as the Backend API reads them (dossier part 2, §6.5). */
import { sql } from 'kysely';
import type { Expression, ExpressionBuilder, Selectable, SqlBool } from 'kysely';
import type { Database } from './database.ts';
import type { ClientTable, SessionTable, Tables } from './schema.ts';

export type BackendSession = Selectable<SessionTable>;
export type BackendClient = Selectable<ClientTable> & { sessions: BackendSession[] };

export interface SessionFilter {
  clientId?: string | undefined;
  userId?: string | undefined;
  /** As `sessionStatus()` has it. */
  status?: string | undefined;
}

/** What a session is by now: nothing rewrites the row at the moment when its time is over. */
export function sessionStatus({ status, expire_at, abandon_at }: Pick<BackendSession, 'status' | 'expire_at' | 'abandon_at'>, now: number): string {
  if (status !== 'active') return status;
  if (expire_at <= now) return 'expired';
  return abandon_at <= now ? 'abandoned' : 'active';
}

/** The same as `sessionStatus()`, for PostgreSQL. */
const statusAt = (now: number) =>
  sql<string>`case when status <> 'active' then status when expire_at <= ${now} then 'expired' when abandon_at <= ${now} then 'abandoned' else 'active' end`;

/** Newest first, with the number of all. */
export async function listSessions(
  database: Database,
  filter: SessionFilter,
  { limit, offset, now }: { limit: number; offset: number; now: number },
): Promise<{ sessions: BackendSession[]; count: number }> {
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
  return { sessions, count };
}

export async function findBackendSession(database: Database, id: string): Promise<BackendSession | undefined> {
  return database.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findBackendClient(database: Database, id: string): Promise<BackendClient | undefined> {
  const client = await database.selectFrom('clients').selectAll().where('id', '=', id).executeTakeFirst();
  if (!client) return undefined;
  const sessions = await database.selectFrom('sessions').selectAll().where('client_id', '=', id).orderBy('created_at').orderBy('id').execute();
  return { ...client, sessions };
}

/** The client that a browser credential belongs to, unless a newer one has replaced it. */
export async function findClientIdByCredential(database: Database, secretHash: Buffer): Promise<string | undefined> {
  const row = await database
    .selectFrom('client_credentials')
    .select('client_id')
    .where('secret_hash', '=', secretHash)
    .where('superseded_until', 'is', null)
    .executeTakeFirst();
  return row?.client_id;
}
