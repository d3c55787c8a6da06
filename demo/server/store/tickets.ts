/** Tickets of backends: sign-in tokens, actor tokens, invitations. Each is used up by one statement (security.md, C3). */
import { sql } from 'kysely';
import type { ExpressionBuilder, Insertable, Selectable } from 'kysely';
import { sha256 } from '../ids.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import type { TicketTable } from './tables/instance.ts';
import type { MetadataDocument } from './tables/people.ts';

export type Ticket = Omit<Selectable<TicketTable>, 'token_hash'>;
export type TicketKind = Ticket['kind'];

/** As it is shown: time alone makes a pending one `expired`. */
export type TicketStatus = Ticket['status'] | 'expired';

const columns = [
  'id',
  'kind',
  'status',
  'user_id',
  'actor',
  'session_lifetime',
  'email_address',
  'email_address_normalized',
  'public_metadata',
  'redirect_url',
  'expire_at',
  'created_at',
  'updated_at',
] as const;

export const ticketStatus = ({ status, expire_at }: Ticket, now: number): TicketStatus =>
  status === 'pending' && expire_at <= now ? 'expired' : status;

export type NewTicket = Omit<
  Insertable<TicketTable>,
  'token_hash' | 'status' | 'actor' | 'public_metadata' | 'created_at' | 'updated_at'
> & {
  /** What its holder shows. */
  token: string;
  actor?: Record<string, unknown>;
  public_metadata?: MetadataDocument;
};

export async function insertTicket(
  database: Database,
  { token, actor, public_metadata, ...values }: NewTicket,
  now: number,
): Promise<Ticket> {
  return database
    .insertInto('tickets')
    .values({
      ...values,
      token_hash: sha256(token),
      actor: actor ? JSON.stringify(actor) : null,
      public_metadata: JSON.stringify(public_metadata ?? {}),
      created_at: now,
      updated_at: now,
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
}

/** Whatever has become of it. */
export async function findTicketByToken(database: Database, token: string): Promise<Ticket | undefined> {
  return database.selectFrom('tickets').select(columns).where('token_hash', '=', sha256(token)).executeTakeFirst();
}

/** @param ticket with a kind, only if it is of that. */
export async function findTicket(database: Database, { id, kind }: { id: string; kind?: TicketKind }): Promise<Ticket | undefined> {
  const ticket = await database.selectFrom('tickets').select(columns).where('id', '=', id).executeTakeFirst();
  return kind === undefined || ticket?.kind === kind ? ticket : undefined;
}

/** Uses a ticket up: of several at once, one is told `true`. */
export async function takeTicket(transaction: Database, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('tickets')
    .set({ status: 'accepted', updated_at: now })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .where('expire_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Takes a pending ticket back; `undefined` if it is not pending any more. One that has expired can be taken back too. */
export async function revokeTicket(
  database: Database,
  { id, kind }: { id: string; kind: TicketKind },
  now: number,
): Promise<Ticket | undefined> {
  return database
    .updateTable('tickets')
    .set({ status: 'revoked', updated_at: now })
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('status', '=', 'pending')
    .returning(columns)
    .executeTakeFirst();
}

export async function deleteTicket(database: Database, { id, kind }: { id: string; kind: TicketKind }): Promise<boolean> {
  const { numDeletedRows } = await database.deleteFrom('tickets').where('id', '=', id).where('kind', '=', kind).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Whether an invitation to this address waits for its answer. */
export async function isInvited(database: Database, normalized: string, now: number): Promise<boolean> {
  const row = await database
    .selectFrom('tickets')
    .select('id')
    .where('kind', '=', 'invitation')
    .where('email_address_normalized', '=', normalized)
    .where('status', '=', 'pending')
    .where('expire_at', '>', now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether somebody with one of these addresses has come by an invitation. */
export async function wasInvited(database: Database, addresses: readonly string[]): Promise<boolean> {
  if (!addresses.length) return false;
  const row = await database
    .selectFrom('tickets')
    .select('id')
    .where('kind', '=', 'invitation')
    .where('status', '=', 'accepted')
    .where('email_address_normalized', 'in', addresses)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export const invitationColumns = ['created_at', 'email_address', 'expires_at'] as const;

export interface InvitationList {
  /** Default: all but those taken back. */
  status?: TicketStatus | undefined;
  /** A part of the address, or an id. */
  query?: string | undefined;
  order: { column: (typeof invitationColumns)[number]; direction: 'asc' | 'desc' };
  limit: number;
  offset: number;
}

/** With the number of all. */
export async function listInvitations(
  database: Database,
  { status, query, order, limit, offset }: InvitationList,
  now: number,
): Promise<{ invitations: Ticket[]; count: number }> {
  const shown = sql<string>`case when status = 'pending' and expire_at <= ${now} then 'expired' else status end`;
  const matches = (eb: ExpressionBuilder<Tables, 'tickets'>) =>
    eb.and([
      eb('kind', '=', 'invitation'),
      status ? eb(shown, '=', status) : eb('status', '!=', 'revoked'),
      ...(query ? [eb.or([eb('id', '=', query), eb('email_address', 'ilike', `%${query.replace(/[\\%_]/g, '\\$&')}%`)])] : []),
    ]);
  const all = database.selectFrom('tickets').where(matches);
  const column = order.column === 'expires_at' ? 'expire_at' : order.column;
  const [invitations, { count }] = await Promise.all([
    all.select(columns).orderBy(column, order.direction).orderBy('id', order.direction).limit(limit).offset(offset).execute(),
    all.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
  ]);
  return { invitations, count };
}
