/** Session tokens (dossier part 1, §6.1). */
import type { tokenEndpoints } from '../../../src/wire/token.ts';
import { createSessionToken } from '../domain/session-token.ts';
import { authenticationInvalid, notFound } from '../errors.ts';
import { findClient } from '../store/clients.ts';
import { findUser } from '../store/users.ts';
import type { Handlers } from './handler.ts';
import { userBanned } from './identity.ts';
import { requireOpenSession } from './sessions.ts';

export const tokenHandlers: Handlers<keyof typeof tokenEndpoints> = {
  createToken: async (request) => {
    const { context, caller, form } = request;
    const session = await requireOpenSession(request);
    if (form.organization_id) throw notFound('organization');
    const user = await findUser(context.database, session.user_id);
    if (user?.banned) throw userBanned();
    const client = await findClient(context.database, session.client_id);
    if (!client || !user) throw authenticationInvalid();
    return { object: 'token', jwt: await createSessionToken(context, { session, client, origin: caller.origin }) };
  },

  createTokenFromTemplate: async (request) => {
    await requireOpenSession(request);
    throw notFound('template');
  },
};
