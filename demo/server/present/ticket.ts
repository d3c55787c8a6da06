/** Tickets of backends, as backends see them (dossier part 2, §6.6, §6.7). The token is in the answer of the creation alone. */
import type { Dependencies } from '../dependencies.ts';
import { ticketStatus } from '../store/tickets.ts';
import type { Ticket, TicketStatus } from '../store/tickets.ts';

/** What only who has made a ticket learns. */
interface Shown {
  token: string;
  url: string;
}

/** Where people go with a ticket. */
export function ticketUrls({ settings, frontendApiUrl }: Pick<Dependencies, 'settings' | 'frontendApiUrl'>) {
  return {
    /** The page that signs in with it. */
    signIn: (token: string) => {
      const url = new URL(settings.urls.signIn || '/', frontendApiUrl);
      url.searchParams.set('__clerk_ticket', token);
      return url.href;
    },
    /** The address in mails, which knows what to do with each kind. */
    accept: (token: string) => `${frontendApiUrl}/v1/tickets/accept?ticket=${token}`,
  };
}

const common = ({ id, created_at, updated_at }: Ticket) => ({ id, created_at, updated_at });

/** Of these two nobody is told that they have expired. */
export const presentSignInToken = (ticket: Ticket, shown?: Shown) => ({
  object: 'sign_in_token' as const,
  ...common(ticket),
  status: ticket.status,
  user_id: ticket.user_id ?? '',
  ...shown,
});

export const presentActorToken = (ticket: Ticket, shown?: Shown) => ({
  object: 'actor_token' as const,
  ...common(ticket),
  status: ticket.status,
  user_id: ticket.user_id ?? '',
  actor: ticket.actor ?? {},
  ...shown,
});

export interface InvitationJSON {
  object: 'invitation';
  id: string;
  email_address: string;
  public_metadata: Record<string, unknown>;
  status: TicketStatus;
  revoked: boolean;
  url?: string;
  expires_at: number;
  created_at: number;
  updated_at: number;
}

export const presentInvitation = (ticket: Ticket, now: number, url?: string): InvitationJSON => ({
  object: 'invitation',
  ...common(ticket),
  email_address: ticket.email_address ?? '',
  public_metadata: ticket.public_metadata ?? {},
  status: ticketStatus(ticket, now),
  revoked: ticket.status === 'revoked',
  ...(url !== undefined && { url }),
  expires_at: ticket.expire_at,
});
