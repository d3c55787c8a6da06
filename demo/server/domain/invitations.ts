/** Inviting people (dossier part 2, §6.7). */
import type { Dependencies } from '../dependencies.ts';
import { parameterError } from '../errors.ts';
import { invitationMail } from '../mail-templates.ts';
import { postMail } from '../post-mail.ts';
import { ticketUrls } from '../present/ticket.ts';
import type { Database } from '../store/database.ts';
import { isTaken } from '../store/identifications.ts';
import type { MetadataDocument } from '../store/tables/people.ts';
import { isInvited } from '../store/tickets.ts';
import type { Ticket } from '../store/tickets.ts';
import { lockAddress } from '../store/verifications.ts';
import { isTestEmailAddress } from './identifiers.ts';
import type { NormalizedEmailAddress } from './identifiers.ts';
import { createTicket, ticketError } from './tickets.ts';

export interface NewInvitation {
  emailAddress: NormalizedEmailAddress;
  /** What the user starts with. Checked by the caller. */
  publicMetadata: MetadataDocument;
  /** Where the link in the mail leads; checked by the caller. `null`: to the page of sign-up. */
  redirectUrl: string | null;
  /** Whether a mail is sent. */
  notify: boolean;
  /** Whoever is invited already, or has an account, may be invited all the same. */
  ignoreExisting: boolean;
  /** Milliseconds. */
  lifetime: number;
}

export interface SentInvitation {
  ticket: Ticket;
  /** Shown this once. */
  url: string;
  /** To be called when the invitation is stored. */
  post(): void;
}

/**
 * Invites somebody, within a transaction.
 * @throws ApiError 400 `duplicate_record` for who is invited already, 422 `form_identifier_exists` for who has an account.
 */
export async function invite(context: Dependencies, transaction: Database, invitation: NewInvitation): Promise<SentInvitation> {
  const { settings, now } = context;
  const { emailAddress, publicMetadata, redirectUrl, notify, ignoreExisting, lifetime } = invitation;
  const { address, normalized } = emailAddress;
  // Of two invitations of one address at the same time, the second one sees the first.
  await lockAddress(transaction, normalized);
  if (!ignoreExisting) {
    if (await isInvited(transaction, normalized, now())) {
      throw ticketError('duplicate_record', 'There is an invitation of this email address already. Revoke it, or set ignore_existing.');
    }
    if (await isTaken(transaction, 'email_address', normalized)) {
      throw parameterError('form_identifier_exists', 'email_address', 'This email address has an account already.');
    }
  }
  const { ticket, token } = await createTicket(context, transaction, {
    kind: 'invitation',
    email_address: address,
    email_address_normalized: normalized,
    public_metadata: publicMetadata,
    redirect_url: redirectUrl,
    expire_at: now() + lifetime,
  });
  const url = ticketUrls(context).accept(token);
  const isSent = notify && !(settings.testMode && isTestEmailAddress(normalized));
  const post = () => {
    if (isSent) postMail(context, invitationMail({ applicationName: settings.applicationName, to: address, url, days: daysOf(lifetime) }));
  };
  return { ticket, url, post };
}

const daysOf = (milliseconds: number) => Math.round(milliseconds / (24 * 3600_000));
