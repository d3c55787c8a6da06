/** Signing in with a ticket: a sign-in token, an actor token, or an invitation of somebody who has an account (dossier part 2, §2.4). */
import type { Dependencies } from '../dependencies.ts';
import type { Caller } from '../frontend-api/handler.ts';
import { createId } from '../ids.ts';
import { inTransaction } from '../store/database.ts';
import { insertSignIn } from '../store/sign-ins.ts';
import type { SignIn } from '../store/sign-ins.ts';
import type { Ticket } from '../store/tickets.ts';
import { findUser, findUserByIdentifier } from '../store/users.ts';
import type { User } from '../store/users.ts';
import { lockUser } from '../store/write-users.ts';
import { insertVerification } from '../store/verifications.ts';
import { countWithin, refuseLocked } from './lockout.ts';
import { finishFirstFactor } from './second-step.ts';
import type { Impersonation } from './sessions.ts';
import { attemptLifetime, refuseBanned, refuseSignedInUser } from './sign-in.ts';
import { requireTicket, ticketError, useTicket } from './tickets.ts';

const strategy = 'ticket';

/**
 * Makes an attempt that has proved its first factor: complete, unless a second one is asked for.
 * @throws ApiError 400 with the code of the ticket, 400 `invitation_account_not_exists`, `identifier_already_signed_in`, 403
 * `user_locked`, `user_banned`. Then the ticket is as good as before.
 */
export async function signInWithTicket(context: Dependencies, caller: Caller, token: string): Promise<SignIn> {
  const { database, now } = context;
  const ticket = await requireTicket(context, token);
  const holder = await findHolder(context, ticket);
  refuseBanned(holder);
  await refuseLocked(context, { userId: holder.id });
  const client = await caller.ensureClient();
  await refuseSignedInUser(context, client.id, holder.id);
  const { signIn, isComplete } = await inTransaction(database, async (transaction) => {
    await lockUser(transaction, holder.id);
    await countWithin(context, transaction, { userId: holder.id });
    await useTicket(context, transaction, ticket.id);
    const verificationId = createId('ver');
    await insertVerification(transaction, { id: verificationId, strategy, status: 'verified', attempts: 1, created_at: now() });
    const signIn = await insertSignIn(transaction, {
      client_id: client.id,
      user_id: holder.id,
      identifier: identifierOf(holder),
      status: 'needs_first_factor',
      created_at: now(),
      abandon_at: now() + attemptLifetime,
    });
    const impersonation = impersonationOf(ticket);
    // The telephone of the person whose place is taken is not at hand.
    const satisfiesSecondFactor = impersonation !== undefined;
    const proof = { signIn, userId: holder.id, strategy, verificationId, impersonation, satisfiesSecondFactor };
    return { signIn, isComplete: await finishFirstFactor(context, transaction, caller, proof) };
  });
  if (isComplete) caller.renewCredential();
  return signIn;
}

/** Whom a ticket signs in. Who has opened the mail of an invitation has the address that it went to. */
async function findHolder({ database }: Dependencies, { user_id, email_address_normalized: invited }: Ticket): Promise<User> {
  const user = invited === null ? await findUser(database, user_id ?? '') : await findUserByIdentifier(database, { emailAddress: invited });
  if (user) return user;
  throw ticketError('invitation_account_not_exists', 'There is no account for this invitation yet. Sign up with it.');
}

/** What a sign-in is shown with that was begun without a name. */
export const identifierOf = ({ email_addresses, primary_email_address_id, username }: User) =>
  email_addresses.find(({ id }) => id === primary_email_address_id)?.email_address ?? username;

function impersonationOf({ actor, session_lifetime: lifetime }: Ticket): Impersonation | undefined {
  return actor && lifetime !== null ? { actor, lifetime } : undefined;
}
