/** What an invitation does for a sign-up: it supplies the address, proved, and what the user starts with (dossier part 2, §3.5). */
import type { Dependencies } from '../dependencies.ts';
import { parameterError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { isTaken } from '../store/identifications.ts';
import type { SignUp, SignUpChanges } from '../store/sign-ups.ts';
import type { Ticket } from '../store/tickets.ts';
import { insertVerification } from '../store/verifications.ts';
import { createId } from '../ids.ts';
import type { SignUpSource } from './sign-up-steps.ts';
import { requireTicket, ticketError } from './tickets.ts';

/** How an invited address is proved: who has the ticket has opened the mail. */
export const ticketStrategy = 'ticket';

/**
 * The invitation that a person has come with.
 * @throws ApiError 400 with the code of the ticket, `invitation_account_exists`, or that of a ticket that is for signing in.
 */
async function readInvitation(context: Pick<Dependencies, 'database' | 'now'>, token: string): Promise<Ticket> {
  const ticket = await requireTicket(context, token);
  if (ticket.kind === 'sign_in_token') {
    throw ticketError('sign_in_token_cannot_be_used_code', 'This sign-in token cannot be used here. Sign in with it.');
  }
  if (ticket.kind === 'actor_token') throw ticketError('actor_token_not_in_sign_in_code', 'Actor tokens work at sign-in only.');
  if (await isTaken(context.database, 'email_address', ticket.email_address_normalized ?? '')) throw accountExists();
  return ticket;
}

/** What a sign-up starts with that comes with an invitation. */
export async function invitedSource(context: Pick<Dependencies, 'database' | 'now'>, token: string): Promise<SignUpSource> {
  const invitation = await readInvitation(context, token);
  return {
    strategy: ticketStrategy,
    address: invitation.email_address_normalized,
    supply: (transaction, signUp) => acceptInvitation(context, transaction, { invitation, signUp }),
  };
}

/** Columns that an invitation supplies, with its address proved; nothing, where the sign-up has it already. */
async function acceptInvitation(
  { now }: Pick<Dependencies, 'now'>,
  transaction: Database,
  { invitation, signUp }: { invitation: Ticket; signUp: SignUp | undefined },
): Promise<SignUpChanges> {
  if (invitation.id === signUp?.invitation_id) return {};
  const { id, email_address, email_address_normalized, public_metadata } = invitation;
  const verificationId = createId('ver');
  await insertVerification(transaction, {
    id: verificationId,
    strategy: ticketStrategy,
    status: 'verified',
    attempts: 1,
    sent_to: email_address_normalized,
    created_at: now(),
  });
  return { invitation_id: id, email_address, email_address_normalized, email_address_verification_id: verificationId, public_metadata };
}

/**
 * Whoever comes with a proved address, by an invitation or from a sign-in, signs up with that one.
 * @param kept normalised; `null` where there is none.
 * @throws ApiError 422 for another one.
 */
export function keepAddress(changes: SignUpChanges, kept: string | null): void {
  const { email_address_normalized: given } = changes;
  if (kept === null || given === undefined) return;
  if (given !== kept) {
    throw parameterError('form_param_value_invalid', 'email_address', 'This sign-up is for the email address that it was started with.');
  }
  delete changes.email_address;
  delete changes.email_address_normalized;
}

export const accountExists = () =>
  ticketError('invitation_account_exists', 'There is an account for this invitation already. Sign in instead.');
