/**
 * `GET /v1/tickets/accept` (dossier part 2, §3.5): where links with a ticket lead. It looks at the ticket and uses nothing up, so
 * whatever looks at links in mails does no harm; signing in or up with it is a request of its own.
 */
import type { Hono } from 'hono';
import { allowedRedirect } from '../../../src/rules/redirect.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireTicket } from '../domain/tickets.ts';
import { notFound, parameterError } from '../errors.ts';
import { answerRefusal } from '../notice-page.ts';
import type { AppEnvironment } from '../request-context.ts';
import { isTaken } from '../store/identifications.ts';
import type { Ticket } from '../store/tickets.ts';
import { logicalMethod, readQuery } from './parameters.ts';
import { seeOther } from './redirects.ts';

export function addTicketAcceptance(app: Hono<AppEnvironment>, context: Dependencies, isAllowed: (origin: string) => boolean): void {
  const { settings, database, frontendApiUrl } = context;

  const statusFor = async ({ kind, email_address_normalized: invited }: Ticket): Promise<'sign_in' | 'sign_up'> =>
    kind !== 'invitation' || (await isTaken(database, 'email_address', invited ?? '')) ? 'sign_in' : 'sign_up';

  app.all('/v1/tickets/accept', async (c) => {
    const query = readQuery(c);
    if (logicalMethod(c, query) !== 'GET') throw notFound('address');
    try {
      const token = query.one('ticket');
      if (!token) throw parameterError('form_param_missing', 'ticket', 'ticket must be included.', 400);
      const ticket = await requireTicket(context, token);
      const status = await statusFor(ticket);
      const page = new URL((status === 'sign_in' ? settings.urls.signIn : settings.urls.signUp) || '/', frontendApiUrl);
      // What was allowed when the invitation was made may have been taken off the list since.
      const target = allowedRedirect(ticket.redirect_url, { allowedOrigins: [isAllowed] }) ?? page;
      target.searchParams.set('__clerk_ticket', token);
      target.searchParams.set('__clerk_status', status);
      return seeOther(c, target);
    } catch (error) {
      return answerRefusal(c, context, error);
    }
  });
}
