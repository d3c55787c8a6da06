/** `/v1/invitations` (dossier part 2, §6.7). */
import { Hono } from 'hono';
import { allowedRedirect } from '../../../src/rules/redirect.ts';
import type { Dependencies } from '../dependencies.ts';
import { parseEmailAddress } from '../domain/identifiers.ts';
import { invite } from '../domain/invitations.ts';
import type { NewInvitation } from '../domain/invitations.ts';
import { checkMetadata, parseMetadata } from '../domain/metadata.ts';
import { whyNot } from '../domain/tickets.ts';
import { notFound, parameterError } from '../errors.ts';
import { createOriginCheck } from '../origins.ts';
import { presentInvitation } from '../present/ticket.ts';
import type { InvitationJSON } from '../present/ticket.ts';
import type { AppEnvironment } from '../request-context.ts';
import { inTransaction } from '../store/database.ts';
import { deleteTicket, findTicket, invitationColumns, listInvitations, revokeTicket } from '../store/tickets.ts';
import { readBodies, readBody } from './body.ts';
import type { Body } from './body.ts';
import { readChoice, readOrder, readPage, readQuery } from './query.ts';

const day = 24 * 3600_000;
/** Days. */
const usualLifetime = 30;
const longestLifetime = 365;
/** In one request. */
const maximumCount = 10;
const kind = 'invitation';

export function createInvitationRoutes(context: Dependencies): Hono<AppEnvironment> {
  const { database, now } = context;
  const app = new Hono<AppEnvironment>();
  const read = createReader(context);
  /** All of them or none. */
  const send = async (invitations: NewInvitation[]): Promise<InvitationJSON[]> => {
    const sent = await inTransaction(database, async (transaction) => {
      const list = [];
      for (const invitation of invitations) list.push(await invite(context, transaction, invitation));
      return list;
    });
    return sent.map(({ ticket, url, post }) => {
      post();
      return presentInvitation(ticket, now(), url);
    });
  };

  app.get('/', async (c) => {
    const query = readQuery(c);
    const { invitations, count } = await listInvitations(
      database,
      {
        status: readChoice(query, 'status', ['pending', 'accepted', 'revoked', 'expired']),
        query: query.one('query'),
        order: readOrder(query, invitationColumns),
        ...readPage(query),
      },
      now(),
    );
    const data = invitations.map((ticket) => presentInvitation(ticket, now()));
    return c.json(query.flag('paginated') ? { data, total_count: count } : data);
  });
  app.post('/', async (c) => c.json((await send([read(await readBody(c))]))[0]));
  app.post('/bulk', async (c) => c.json(await send((await readBodies(c, maximumCount)).map(read))));
  app.post('/:id/revoke', async (c) => {
    const id = c.req.param('id');
    const revoked = await revokeTicket(database, { id, kind }, now());
    if (revoked) return c.json(presentInvitation(revoked, now()));
    const ticket = await findTicket(database, { id, kind });
    throw ticket ? whyNot(ticket) : notFound(kind);
  });
  app.delete('/:id', async (c) => {
    const id = c.req.param('id');
    if (!(await deleteTicket(database, { id, kind }))) throw notFound(kind);
    return c.json({ object: kind, id, deleted: true });
  });
  return app;
}

/** Reads one invitation of a body. @throws ApiError 422. */
function createReader(context: Dependencies): (body: Body) => NewInvitation {
  const isAllowed = createOriginCheck(context);
  const base = new URL(context.settings.urls.home || '/', context.frontendApiUrl);
  return (body) => {
    const emailAddress = body.text('email_address');
    if (!emailAddress) throw parameterError('form_param_missing', 'email_address', 'email_address must be included.');
    const metadata = body.raw('public_metadata') ?? {};
    const publicMetadata = parseMetadata(metadata, 'public_metadata');
    checkMetadata({ public_metadata: publicMetadata });
    const slug = body.text('template_slug');
    if (slug && slug !== 'invitation' && slug !== 'waitlist_invitation') {
      throw parameterError('form_param_value_invalid', 'template_slug', 'template_slug must be invitation or waitlist_invitation.');
    }
    const target = body.text('redirect_url', 8192);
    const redirectUrl = target ? allowedRedirect(target, { allowedOrigins: [isAllowed], base }) : undefined;
    if (target && !redirectUrl) {
      const message = 'redirect_url must be an address of a page that may use this instance.';
      throw parameterError('invalid_redirect_url', 'redirect_url', message);
    }
    return {
      emailAddress: parseEmailAddress(emailAddress),
      publicMetadata,
      redirectUrl: redirectUrl?.href ?? null,
      notify: body.flag('notify') ?? true,
      ignoreExisting: body.flag('ignore_existing') ?? false,
      lifetime: day * readDays(body),
    };
  };
}

function readDays(body: Body): number {
  const days = body.wholeNumber('expires_in_days') ?? usualLifetime;
  if (days >= 1 && days <= longestLifetime) return days;
  throw parameterError('form_param_value_invalid', 'expires_in_days', `expires_in_days must be from 1 to ${longestLifetime}.`);
}
