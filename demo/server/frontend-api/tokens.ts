/** Session tokens, and tokens from templates (dossier part 1, §6.1). */
import type { tokenEndpoints } from '../../../src/wire/token.ts';
import { createSessionToken } from '../domain/session-token.ts';
import type { TokenSubject } from '../domain/session-token.ts';
import { createTemplateToken } from '../domain/template-token.ts';
import { authenticationInvalid, notFound, templateNotFound } from '../errors.ts';
import { findClient } from '../store/clients.ts';
import { findTemplateByName } from '../store/jwt-templates.ts';
import { findUser } from '../store/users.ts';
import type { Handlers } from './handler.ts';
import { userBanned } from './identity.ts';
import { requireOpenSession } from './sessions.ts';

export const tokenHandlers: Handlers<keyof typeof tokenEndpoints> = {
  createToken: async (request) => {
    const subject = await requireSubject(request);
    if (request.form.organization_id) throw notFound('organization');
    return { object: 'token', jwt: await createSessionToken(request.context, subject) };
  },

  createTokenFromTemplate: async (request) => {
    const subject = await requireSubject(request);
    const { context, path } = request;
    const template = await findTemplateByName(context.database, path.template);
    if (!template) throw templateNotFound('name', path.template);
    return { object: 'token', jwt: await createTemplateToken(context, template, subject) };
  },
};

/** Whom the token is for, as stored now. */
async function requireSubject(request: Parameters<typeof requireOpenSession>[0]): Promise<TokenSubject> {
  const { context, caller } = request;
  const session = await requireOpenSession(request);
  const user = await findUser(context.database, session.user_id);
  if (user?.banned) throw userBanned();
  const client = await findClient(context.database, session.client_id);
  if (!client || !user) throw authenticationInvalid();
  return { session, user, client, origin: caller.origin };
}
