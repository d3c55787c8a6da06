/** Proving anew, within a session, who one is (dossier part 2, §4.4). */
import type { reverificationEndpoints } from '../../../src/wire/reverification.ts';
import { attemptReverification, prepareReverification, startReverification } from '../domain/reverification.ts';
import type { ReverificationStep } from '../domain/reverification.ts';
import { authenticationInvalid, notFound } from '../errors.ts';
import { presentReverification } from '../present/reverification.ts';
import { findReverification } from '../store/reverifications.ts';
import { findSession } from '../store/sessions.ts';
import { findUser } from '../store/users.ts';
import type { FrontendRequest, Handlers } from './handler.ts';
import { userBanned } from './identity.ts';
import { requireOpenSession } from './sessions.ts';

type SessionRequest = Pick<FrontendRequest, 'context' | 'caller'> & { path: { sessionId: string } };
type FactorForm = Partial<Record<'strategy' | 'code' | 'password' | 'email_address_id' | 'public_key_credential', string | undefined>>;

export const reverificationHandlers: Handlers<keyof typeof reverificationEndpoints> = {
  startReverification: async (request) => {
    const { session, user } = await read(request);
    await startReverification(request.context, { session, user, level: request.form.level });
    return present(request);
  },
  prepareFirstReverification: (request) => prepare(request, request.form, 'first_factor'),
  attemptFirstReverification: (request) => attempt(request, request.form, 'first_factor'),
  prepareSecondReverification: (request) => prepare(request, request.form, 'second_factor'),
  attemptSecondReverification: (request) => attempt(request, request.form, 'second_factor'),
};

async function prepare(request: SessionRequest, form: FactorForm, step: ReverificationStep) {
  const { context, caller } = request;
  await prepareReverification({ context, ...(await read(request)), step, strategy: form.strategy, origin: caller.origin }, form);
  return present(request);
}

async function attempt(request: SessionRequest, form: FactorForm, step: ReverificationStep) {
  const { context, caller } = request;
  await caller.checkRate('attempt');
  await attemptReverification({ context, ...(await read(request)), step, strategy: form.strategy, origin: caller.origin }, form);
  return present(request);
}

async function read(request: SessionRequest) {
  const session = await requireOpenSession(request);
  const user = await findUser(request.context.database, session.user_id);
  if (!user) throw authenticationInvalid();
  if (user.banned) throw userBanned();
  return { session, user };
}

/** The reverification, and the session, as the step has left them. */
async function present({ context, caller, path }: SessionRequest) {
  const { database, now } = context;
  const session = await findSession(database, path.sessionId, now());
  const reverification = await findReverification(database, path.sessionId, now());
  const user = session && (await findUser(database, session.user_id));
  if (!session || !reverification || !user || !caller.client) throw notFound('session');
  return presentReverification(context, reverification, { session, user, client: caller.client, origin: caller.origin });
}
