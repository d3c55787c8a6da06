/** The client itself (dossier part 1, §3.1, §5.4). */
import type { clientEndpoints } from '../../../src/wire/client.ts';
import type { clientLifecycleEndpoints } from '../../../src/wire/client-lifecycle.ts';
import { endSessions } from '../domain/sessions.ts';
import { presentClient } from '../present/client.ts';
import { deleteClient, dropSupersededCookies } from '../store/clients.ts';
import { inTransaction } from '../store/database.ts';
import type { Handlers } from './handler.ts';

export const clientHandlers: Handlers<keyof (typeof clientEndpoints & typeof clientLifecycleEndpoints)> = {
  getClient: ({ context, caller }) => presentClient(context, caller.client, { ...caller, mayRepeatTokens: true }),

  createClient: async ({ context, caller }) => presentClient(context, (await caller.ensureClient()).id, caller),

  deleteClient: async ({ context: { database, now }, caller }) => {
    const { client } = caller;
    if (!client) return null;
    await inTransaction(database, async (transaction) => {
      // Nobody could tell afterwards that they have ended.
      await endSessions(transaction, { clientId: client.id }, { now: now(), status: 'removed' });
      await deleteClient(transaction, client.id, now());
    });
    return null;
  },

  endAllSessions: async ({ context, caller }) => {
    const { client } = caller;
    if (!client) return null;
    const now = context.now();
    await inTransaction(context.database, async (transaction) => {
      await endSessions(transaction, { clientId: client.id }, { now, status: 'removed' });
      await dropSupersededCookies(transaction, client.id);
      await caller.claimCredential(transaction);
    });
    caller.renewCredential();
    return presentClient(context, client.id, caller);
  },

  // No challenge is ever asked for (`captcha_bypass`, `captcha_enabled`), so there is nothing to solve.
  verifyClient: ({ context, caller }) => presentClient(context, caller.client?.id, caller),
};
