/** Tickets: how they are made, and why one does not work (dossier part 2, §3.5, §6.6, §6.7). */
import type { Dependencies } from '../dependencies.ts';
import { ApiError } from '../errors.ts';
import { createId, createSecret } from '../ids.ts';
import type { Database } from '../store/database.ts';
import { findTicket, findTicketByToken, insertTicket, takeTicket, ticketStatus } from '../store/tickets.ts';
import type { NewTicket, Ticket, TicketKind } from '../store/tickets.ts';
import { issuerOf } from './session-token.ts';

/** Says in the header `cat` that no backend must take this for a session token; it has no subject either. */
const ticketCategory = 'ticket';

const prefixes: Record<TicketKind, string> = { sign_in_token: 'sit', actor_token: 'act', invitation: 'inv' };

/**
 * Makes a ticket. Its token is shown this once: of it only the hash is kept, and by that it is known again, so a ticket lives through
 * a change of signing keys.
 */
export async function createTicket(
  context: Pick<Dependencies, 'keys' | 'now' | 'frontendApiHost'>,
  database: Database,
  ticket: Omit<NewTicket, 'id' | 'token'>,
): Promise<{ ticket: Ticket; token: string }> {
  const now = context.now();
  const id = createId(prefixes[ticket.kind]);
  const claims = {
    iss: issuerOf(context),
    eid: id,
    st: ticket.kind,
    jti: createSecret(),
    iat: seconds(now),
    exp: seconds(ticket.expire_at),
  };
  const token = await context.keys.sign(claims, { cat: ticketCategory });
  return { ticket: await insertTicket(database, { ...ticket, id, token }, now), token };
}

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);

/** No ticket of ours is as long. */
const longestToken = 4096;

/**
 * A ticket that still works.
 * @throws ApiError 400 with the code that says why it does not.
 */
export async function requireTicket({ database, now }: Pick<Dependencies, 'database' | 'now'>, token: string): Promise<Ticket> {
  const ticket = token.length <= longestToken ? await findTicketByToken(database, token) : undefined;
  if (!ticket) throw ticketInvalid();
  if (ticketStatus(ticket, now()) !== 'pending') throw whyNot(ticket);
  return ticket;
}

/**
 * Uses a ticket up, within the transaction that acts on it.
 * @throws ApiError 400: somebody else was faster, or it was taken back or has expired meanwhile.
 */
export async function useTicket({ now }: Pick<Dependencies, 'now'>, transaction: Database, id: string): Promise<void> {
  if (await takeTicket(transaction, id, now())) return;
  const ticket = await findTicket(transaction, { id });
  throw ticket ? whyNot(ticket) : ticketInvalid();
}

const refusals: Record<TicketKind, Record<'accepted' | 'revoked', [code: string, longMessage: string]>> = {
  sign_in_token: {
    accepted: ['sign_in_token_already_used_code', 'This sign-in token has been used already. Each token works once.'],
    revoked: ['sign_in_token_revoked_code', 'This sign-in token has been revoked. Ask for a new one.'],
  },
  actor_token: {
    accepted: ['actor_token_already_used_code', 'This actor token has been used already. Each token works once.'],
    revoked: ['actor_token_revoked_code', 'This actor token has been revoked. Ask for a new one.'],
  },
  invitation: {
    accepted: ['invitation_already_accepted', 'This invitation has been accepted already. Sign in instead.'],
    revoked: ['revoked_invitation', 'This invitation has been revoked. Ask for a new one.'],
  },
};

/** 400: why a ticket does not work any more, or cannot be taken back. */
export function whyNot({ kind, status }: Pick<Ticket, 'kind' | 'status'>): ApiError {
  if (status === 'pending') return ticketError('ticket_expired_code', 'This link or token has expired. Ask for a new one.');
  return ticketError(...refusals[kind][status]);
}

/** 400 with a code about a ticket. */
export const ticketError = (code: string, longMessage: string): ApiError =>
  new ApiError(400, { code, message: longMessage.split('.')[0] ?? code, longMessage });

const ticketInvalid = () => ticketError('ticket_invalid_code', 'This link or token is not valid. Ask for a new one.');
