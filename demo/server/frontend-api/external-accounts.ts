/** Accounts at other providers of the signed-in user (dossier part 2, §4.1). */
import type { externalAccountEndpoints } from '../../../src/wire/external-account.ts';
import { requireText } from '../domain/form-values.ts';
import type { Dependencies } from '../dependencies.ts';
import { notFound } from '../errors.ts';
import { forgetTokens, removeConnection, renewConnection, startConnection } from '../oauth/connection.ts';
import { presentExternalAccount } from '../present/external-account.ts';
import { presentUser } from '../present/user.ts';
import { findUser } from '../store/users.ts';
import type { Handlers } from './handler.ts';
import { requireOwner, requireUser } from './user.ts';

export const externalAccountHandlers: Handlers<keyof typeof externalAccountEndpoints> = {
  createExternalAccount: async ({ context, caller, form }) => {
    const user = await requireOwner(context, caller);
    const session = await caller.session();
    const id = await startConnection(context, { session, form }, requireText(form.strategy, 'strategy'));
    return present(context, user.id, id);
  },

  reauthorizeExternalAccount: async ({ context, caller, path, form }) => {
    const user = await requireUser(context, caller);
    await renewConnection(context, { session: await caller.session(), form }, path.externalAccountId);
    return present(context, user.id, path.externalAccountId);
  },

  deleteExternalAccount: async ({ context, caller, path }) => {
    const user = await requireOwner(context, caller);
    const { id } = await removeConnection(context, { userId: user.id, accountId: path.externalAccountId, byOwner: true });
    return { object: 'external_account', id, deleted: true };
  },

  revokeExternalAccountTokens: async ({ context, caller, path }) => {
    const user = await requireOwner(context, caller);
    await forgetTokens(context, { userId: user.id, accountId: path.externalAccountId });
    return presentUser(await requireUser(context, caller), context);
  },
};

/** The account with the address to go to. */
async function present(context: Dependencies, userId: string, accountId: string) {
  const user = await findUser(context.database, userId);
  const account = user?.external_accounts.find(({ id }) => id === accountId);
  if (!account) throw notFound('external account');
  return presentExternalAccount(account, context.now(), true);
}
