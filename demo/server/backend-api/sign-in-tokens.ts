/** `/v1/sign_in_tokens` and `/v1/actor_tokens`: tickets that sign a user in, or somebody in a user's place (dossier part 2, §6.6). */
import { Hono } from 'hono';
import { isJsonObject } from '../../../src/rules/merge-patch.ts';
import { metadataBytes, metadataProblem } from '../../../src/rules/metadata-limits.ts';
import type { Dependencies } from '../dependencies.ts';
import { createTicket, ticketError } from '../domain/tickets.ts';
import { notFound, parameterError } from '../errors.ts';
import { presentActorToken, presentSignInToken, ticketUrls } from '../present/ticket.ts';
import type { AppEnvironment } from '../request-context.ts';
import { findTicket, revokeTicket } from '../store/tickets.ts';
import type { Ticket, TicketKind } from '../store/tickets.ts';
import { readBody } from './body.ts';
import type { Body } from './body.ts';
import { unknownParameter } from './user-fields.ts';
import { requireUser } from './users.ts';

/** Seconds. */
const signInTokenLifetime = 30 * 24 * 3600;
const actorTokenLifetime = 3600;
const actorSessionLifetime = 1800;
/** A session lives that long at most, and a ticket for one of them a year. */
const longestSession = 7 * 24 * 3600;
const longestTicket = 365 * 24 * 3600;
/** It becomes part of every session token, which travels in a cookie. */
const maximumActorBytes = 1024;

export function createSignInTokenRoutes(context: Dependencies): Hono<AppEnvironment> {
  const { database, now } = context;
  const app = new Hono<AppEnvironment>();
  const urls = ticketUrls(context);

  app.post('/', async (c) => {
    const body = await readBody(c);
    if (body.text('org_id')) throw unknownParameter('org_id');
    const { id: user_id } = await requireUser(database, requireId(body));
    const expire_at = now() + 1000 * readSeconds(body, 'expires_in_seconds', { usual: signInTokenLifetime, maximum: longestTicket });
    const { ticket, token } = await createTicket(context, database, { kind: 'sign_in_token', user_id, expire_at });
    return c.json(presentSignInToken(ticket, { token, url: urls.signIn(token) }));
  });
  app.post('/:id/revoke', async (c) => c.json(presentSignInToken(await revoke(context, c.req.param('id'), 'sign_in_token'))));
  return app;
}

export function createActorTokenRoutes(context: Dependencies): Hono<AppEnvironment> {
  const { database, now } = context;
  const app = new Hono<AppEnvironment>();
  const urls = ticketUrls(context);

  app.post('/', async (c) => {
    const body = await readBody(c);
    const actor = readActor(body);
    const { id: user_id } = await requireUser(database, requireId(body));
    const expire_at = now() + 1000 * readSeconds(body, 'expires_in_seconds', { usual: actorTokenLifetime, maximum: longestTicket });
    const session_lifetime =
      1000 * readSeconds(body, 'session_max_duration_in_seconds', { usual: actorSessionLifetime, maximum: longestSession });
    const { ticket, token } = await createTicket(context, database, { kind: 'actor_token', user_id, actor, session_lifetime, expire_at });
    return c.json(presentActorToken(ticket, { token, url: urls.accept(token) }));
  });
  app.post('/:id/revoke', async (c) => c.json(presentActorToken(await revoke(context, c.req.param('id'), 'actor_token'))));
  return app;
}

/** @throws ApiError 404; 400 `…_cannot_be_revoked_code` for one that is not pending. */
async function revoke({ database, now }: Dependencies, id: string, kind: TicketKind): Promise<Ticket> {
  const revoked = await revokeTicket(database, { id, kind }, now());
  if (revoked) return revoked;
  const noun = kind.replaceAll('_', ' ');
  const ticket = await findTicket(database, { id, kind });
  if (!ticket) throw notFound(noun);
  throw ticketError(`${kind}_cannot_be_revoked_code`, `This ${noun} cannot be revoked. It is ${ticket.status}, and not pending any more.`);
}

function requireId(body: Body): string {
  const id = body.text('user_id');
  if (id) return id;
  throw parameterError('form_param_missing', 'user_id', 'user_id must be included.');
}

function readSeconds(body: Body, name: string, { usual, maximum }: { usual: number; maximum: number }): number {
  const seconds = body.wholeNumber(name) ?? usual;
  if (seconds >= 1 && seconds <= maximum) return seconds;
  throw parameterError('form_param_value_invalid', name, `${name} must be from 1 to ${maximum}.`);
}

function readActor(body: Body): Record<string, unknown> {
  const actor = body.raw('actor');
  if (actor === undefined || actor === null) throw parameterError('form_param_missing', 'actor', 'actor must be included.');
  if (!isJsonObject(actor) || typeof actor['sub'] !== 'string' || !actor['sub'] || metadataProblem(actor)) {
    throw parameterError('form_param_value_invalid', 'actor', 'actor must be an object with sub, the id of whoever acts.');
  }
  if (metadataBytes(actor) <= maximumActorBytes) return actor;
  throw parameterError('form_param_exceeds_allowed_size', 'actor', `actor must be at most ${maximumActorBytes} bytes of JSON.`);
}
