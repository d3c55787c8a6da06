/** `/v1/email_addresses` and `/v1/phone_numbers` (dossier part 2, §6.4): one kind as the other. */
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { addVouched, changeVouched, identificationStatuses, removeVouched, replaceAll } from '../domain/backend-identifications.ts';
import type { IdentificationStatus } from '../domain/backend-identifications.ts';
import { identificationKinds } from '../domain/identification-kinds.ts';
import { notFound, parameterError } from '../errors.ts';
import { presentEmailAddress, presentPhoneNumber } from '../present/identification.ts';
import type { AppEnvironment } from '../request-context.ts';
import { findOwnerId } from '../store/identifications.ts';
import type { IdentificationKind } from '../store/identifications.ts';
import { findUser } from '../store/users.ts';
import { readBody } from './body.ts';
import type { Body } from './body.ts';
import { unknownParameter } from './user-fields.ts';
import { requireUser } from './users.ts';
import type { UserRoutes } from './users.ts';

export function createIdentificationRoutes(context: Dependencies, kind: IdentificationKind): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>();
  const { database } = context;
  const { noun } = identificationKinds[kind];
  const requireOwnerOf = async (id: string): Promise<string> => {
    const userId = await findOwnerId(database, kind, id);
    if (userId === undefined) throw notFound(noun);
    return userId;
  };
  const answer = async (c: Context<AppEnvironment>, id: string) =>
    c.json(await present(context, kind, { id, userId: await requireOwnerOf(id) }));

  app.post('/', async (c) => {
    const body = await readBody(c);
    const text = requireValue(context, body, kind);
    const userId = body.text('user_id');
    if (!userId) throw parameterError('form_param_missing', 'user_id', 'user_id must be included.');
    await requireUser(database, userId);
    return answer(c, await addVouched(context, { kind, userId, text, flags: readFlags(body, kind) }));
  });
  app.get('/:id', (c) => answer(c, c.req.param('id')));
  app.patch('/:id', async (c) => {
    const id = c.req.param('id');
    const flags = readFlags(await readBody(c), kind);
    await changeVouched(context, { kind, id, userId: await requireOwnerOf(id) }, flags);
    return answer(c, id);
  });
  app.delete('/:id', async (c) => {
    const id = c.req.param('id');
    await removeVouched(context, { kind, id, userId: await requireOwnerOf(id) });
    return c.json({ object: kind, id, deleted: true });
  });
  return app;
}

/** `PUT /v1/users/{id}/email_address` and `…/phone_number`: one in the place of all that the user has. */
export function addReplacementRoutes({ app, context }: UserRoutes): void {
  const add = (path: '/:id/email_address' | '/:id/phone_number', kind: IdentificationKind) =>
    app.put(path, async (c: Context<AppEnvironment, typeof path>) => {
      const body = await readBody(c);
      const text = requireValue(context, body, kind);
      const status = readStatus(body);
      const { id: userId } = await requireUser(context.database, c.req.param('id'));
      const id = await replaceAll(context, { kind, userId, text, status });
      return c.json(await present(context, kind, { id, userId }));
    });
  add('/:id/email_address', 'email_address');
  add('/:id/phone_number', 'phone_number');
}

async function present({ database, now }: Dependencies, kind: IdentificationKind, { id, userId }: { id: string; userId: string }) {
  const user = await findUser(database, userId);
  const address = kind === 'email_address' && user?.email_addresses.find((own) => own.id === id);
  const number = kind === 'phone_number' && user?.phone_numbers.find((own) => own.id === id);
  if (address) return presentEmailAddress(address, now());
  if (number) return presentPhoneNumber(number, now());
  throw notFound(identificationKinds[kind].noun);
}

function requireValue({ settings }: Pick<Dependencies, 'settings'>, body: Body, kind: IdentificationKind): string {
  if (!identificationKinds[kind].settingsOf(settings.attributes).enabled) throw unknownParameter(kind);
  const text = body.text(kind);
  if (!text) throw parameterError('form_param_missing', kind, `${kind} must be included.`);
  return text;
}

const readFlags = (body: Body, kind: IdentificationKind) => ({
  verified: body.flag('verified'),
  primary: body.flag('primary'),
  reservedForSecondFactor: kind === 'phone_number' ? body.flag('reserved_for_second_factor') : undefined,
});

function readStatus(body: Body): IdentificationStatus {
  const text = body.text('identification_status') ?? 'verified';
  const status = identificationStatuses.find((known) => known === text);
  if (status) return status;
  const message = `identification_status must be one of ${identificationStatuses.join(', ')}.`;
  throw parameterError('form_param_value_invalid', 'identification_status', message);
}
