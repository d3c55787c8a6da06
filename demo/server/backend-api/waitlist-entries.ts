/** `/v1/waitlist_entries`: who waits, and whose turn it is (Clerk's API description of 2026-05-12). */
import { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { parseEmailAddress } from '../domain/identifiers.ts';
import type { NormalizedEmailAddress } from '../domain/identifiers.ts';
import { invite } from '../domain/invitations.ts';
import { joinWaitlist } from '../domain/waitlist.ts';
import { ApiError, notFound, parameterError } from '../errors.ts';
import { presentInvitation } from '../present/ticket.ts';
import type { AppEnvironment } from '../request-context.ts';
import { inTransaction } from '../store/database.ts';
import { findTicket } from '../store/tickets.ts';
import {
  deleteWaitlistEntry,
  findWaitlistEntry,
  listWaitlistEntries,
  moveWaitlistEntry,
  waitlistColumns,
} from '../store/waitlist-entries.ts';
import type { WaitlistEntry } from '../store/waitlist-entries.ts';
import { readBodies, readBody } from './body.ts';
import type { Body } from './body.ts';
import { readChoice, readOrder, readPage, readQuery } from './query.ts';

const day = 24 * 3600_000;
/** Milliseconds. */
const invitationLifetime = 30 * day;
/** In one request. */
const maximumCount = 50;

export function createWaitlistRoutes(context: Dependencies): Hono<AppEnvironment> {
  const { database, now } = context;
  const app = new Hono<AppEnvironment>();

  const present = async (entry: WaitlistEntry) => {
    const ticket = entry.invitation_id === null ? undefined : await findTicket(database, { id: entry.invitation_id });
    const { id, email_address, status, created_at, updated_at } = entry;
    const invitation = ticket ? presentInvitation(ticket, now()) : null;
    return { object: 'waitlist_entry', id, email_address, status, is_locked: false, invitation, created_at, updated_at };
  };
  const join = (body: Body) => joinWaitlist(context, readAddress(body), { notify: body.flag('notify') ?? true });
  const require = async (id: string): Promise<WaitlistEntry> => {
    const entry = await findWaitlistEntry(database, id);
    if (!entry) throw notFound('waitlist entry');
    return entry;
  };

  app.get('/', async (c) => {
    const query = readQuery(c);
    const { entries, count } = await listWaitlistEntries(database, {
      status: readChoice(query, 'status', ['pending', 'invited', 'completed', 'rejected']),
      query: query.one('query'),
      order: readOrder(query, waitlistColumns),
      ...readPage(query),
    });
    return c.json({ data: await Promise.all(entries.map(present)), total_count: count });
  });
  app.post('/', async (c) => c.json(await present(await join(await readBody(c)))));
  app.post('/bulk', async (c) => {
    const bodies = await readBodies(c, maximumCount);
    // All are read before any is stored.
    for (const body of bodies) readAddress(body);
    const entries = [];
    for (const body of bodies) entries.push(await present(await join(body)));
    return c.json(entries);
  });
  app.post('/:id/invite', async (c) => {
    const entry = await require(c.req.param('id'));
    const ignoreExisting = (await readBody(c)).flag('ignore_existing') ?? false;
    const { invited, post } = await inTransaction(database, async (transaction) => {
      const { email_address: address, email_address_normalized: normalized } = entry;
      const { ticket, post } = await invite(context, transaction, {
        emailAddress: { address, normalized },
        publicMetadata: {},
        redirectUrl: null,
        notify: true,
        ignoreExisting,
        lifetime: invitationLifetime,
      });
      const from = ignoreExisting ? (['pending', 'rejected', 'invited'] as const) : (['pending', 'rejected'] as const);
      const changes = { status: 'invited' as const, invitation_id: ticket.id, invited_at: now(), now: now() };
      const invited = await moveWaitlistEntry(transaction, { id: entry.id, from }, changes);
      if (!invited) throw decided(entry);
      return { invited, post };
    });
    post();
    return c.json(await present(invited));
  });
  app.post('/:id/reject', async (c) => {
    const entry = await require(c.req.param('id'));
    const rejected = await moveWaitlistEntry(database, { id: entry.id, from: ['pending'] }, { status: 'rejected', now: now() });
    if (!rejected) throw decided(entry);
    return c.json(await present(rejected));
  });
  app.delete('/:id', async (c) => {
    const entry = await require(c.req.param('id'));
    if (!(await deleteWaitlistEntry(database, entry.id))) throw decided(entry);
    return c.json({ object: 'waitlist_entry', id: entry.id, deleted: true });
  });
  return app;
}

function readAddress(body: Body): NormalizedEmailAddress {
  const text = body.text('email_address');
  if (!text) throw parameterError('form_param_missing', 'email_address', 'email_address must be included.');
  return parseEmailAddress(text);
}

/** 409: somebody has decided on the entry already. */
const decided = ({ status }: WaitlistEntry) =>
  new ApiError(409, {
    code: 'waitlist_entry_not_pending',
    message: 'Waitlist entry is not pending',
    longMessage: `This cannot be done with a waitlist entry that is ${status} already.`,
  });
