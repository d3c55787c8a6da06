/** `/v1/allowlist_identifiers` and `/v1/blocklist_identifiers` (Clerk's API description of 2026-05-12). */
import { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { normalizeEmailAddress, normalizePhoneNumber } from '../domain/identifiers.ts';
import { invite } from '../domain/invitations.ts';
import { ApiError, notFound, parameterError } from '../errors.ts';
import type { AppEnvironment } from '../request-context.ts';
import { deleteAccessIdentifier, insertAccessIdentifier, listAccessIdentifiers } from '../store/access-identifiers.ts';
import type { AccessIdentifier, AccessList } from '../store/access-identifiers.ts';
import { inTransaction } from '../store/database.ts';
import { readBody } from './body.ts';
import type { Body } from './body.ts';
import { readPage, readQuery } from './query.ts';

/** Milliseconds. */
const invitationLifetime = 30 * 24 * 3600_000;

export function createAccessRoutes(context: Dependencies, list: AccessList): Hono<AppEnvironment> {
  const { database, keys, now } = context;
  const app = new Hono<AppEnvironment>();
  const object = `${list}_identifier`;
  const present = ({ list: _list, invitation_id, ...row }: AccessIdentifier) => ({
    object,
    ...row,
    ...(invitation_id !== null && { invitation_id }),
    instance_id: keys.instanceId,
  });

  app.get('/', async (c) => {
    const query = readQuery(c);
    const { identifiers, count } = await listAccessIdentifiers(database, list, readPage(query));
    const data = identifiers.map(present);
    return c.json(list === 'blocklist' || query.flag('paginated') ? { data, total_count: count } : data);
  });
  app.post('/', async (c) => {
    const body = await readBody(c);
    const identifier = readIdentifier(body);
    const isTold = list === 'allowlist' && body.flag('notify') === true && identifier.identifier_type === 'email_address';
    const { row, post } = await inTransaction(database, async (transaction) => {
      const address = isTold ? normalizeEmailAddress(identifier.identifier) : undefined;
      const sent = address && (await invite(context, transaction, { ...invitation, emailAddress: address }));
      const added = await insertAccessIdentifier(transaction, { list, ...identifier, invitation_id: sent?.ticket.id ?? null }, now());
      if (!added) throw duplicate();
      return { row: added, post: sent?.post };
    });
    post?.();
    return c.json(present(row));
  });
  app.delete('/:id', async (c) => {
    const id = c.req.param('id');
    if (!(await deleteAccessIdentifier(database, { list, id }))) throw notFound('identifier');
    return c.json({ object, id, deleted: true });
  });
  return app;
}

/** Of whoever is told. */
const invitation = { publicMetadata: {}, redirectUrl: null, notify: true, ignoreExisting: true, lifetime: invitationLifetime };

/** An address, a number, or a domain, as `*@example.com` or by its name alone. @throws ApiError 422. */
function readIdentifier(body: Body): Pick<AccessIdentifier, 'identifier' | 'identifier_type'> {
  const text = body.text('identifier')?.trim();
  if (!text) throw parameterError('form_param_missing', 'identifier', 'identifier must be included.');
  const number = normalizePhoneNumber(text);
  if (number !== undefined) return { identifier: number, identifier_type: 'phone_number' };
  const isDomain = text.startsWith('*@') || !text.includes('@');
  const address = normalizeEmailAddress(isDomain ? `any@${text.replace(/^\*@/, '')}` : text);
  if (address)
    return { identifier: isDomain ? address.normalized.replace(/^any/, '*') : address.normalized, identifier_type: 'email_address' };
  const message = 'identifier must be an email address, a domain such as *@example.com, or a phone number with its country code.';
  throw parameterError('form_param_format_invalid', 'identifier', message);
}

const duplicate = () =>
  new ApiError(400, { code: 'duplicate_record', message: 'Already there', longMessage: 'This identifier is on the list already.' });
