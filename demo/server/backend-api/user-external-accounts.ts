/** Accounts of a user at other providers, and the tokens that backends call those providers with (dossier part 2, §6.4). */
import { findProvider } from '../oauth/providers.ts';
import { openTokens, removeConnection } from '../oauth/connection.ts';
import type { ProviderTokens } from '../oauth/identity.ts';
import { refreshTokens } from '../oauth/protocol.ts';
import type { Dependencies } from '../dependencies.ts';
import { seal } from '../seal.ts';
import { listExternalAccounts, replaceTokens } from '../store/external-accounts.ts';
import type { ExternalAccount } from '../store/external-accounts.ts';
import { readPage, readQuery } from './query.ts';
import { requireUser } from './users.ts';
import type { UserRoutes } from './users.ts';

/** Milliseconds: a token that ends so soon is of no use to whoever asks. */
const leastLife = 30_000;

export function addExternalAccountRoutes({ app, context }: UserRoutes): void {
  app.get('/:id/oauth_access_tokens/:provider', async (c) => {
    const query = readQuery(c);
    const { limit, offset } = readPage(query);
    const { id: userId } = await requireUser(context.database, c.req.param('id'));
    const provider = c.req.param('provider');
    // Backends say it with and without the prefix.
    const strategy = provider.startsWith('oauth_') ? provider : `oauth_${provider}`;
    const accounts = await listExternalAccounts(context.database, { userId, strategy });
    const presented = await Promise.all(accounts.map((account) => presentTokens(context, account)));
    const all = presented.filter((token) => token !== undefined);
    const data = all.slice(offset, offset + limit);
    return c.json(query.flag('paginated') ? { data, total_count: all.length } : data);
  });

  app.delete('/:id/external_accounts/:accountId', async (c) => {
    const { id: userId } = await requireUser(context.database, c.req.param('id'));
    const { id } = await removeConnection(context, { userId, accountId: c.req.param('accountId') });
    return c.json({ object: 'external_account', id, deleted: true });
  });
}

/** A token that can be used now: one that is over is renewed, if the provider has given us the means. */
async function presentTokens(context: Dependencies, account: ExternalAccount): Promise<object | undefined> {
  const stored = openTokens(context, account);
  const tokens = stored && (await freshTokens(context, account, stored));
  if (!tokens) return undefined;
  return {
    object: 'oauth_access_token',
    external_account_id: account.id,
    provider_user_id: account.provider_user_id ?? '',
    token: tokens.accessToken,
    expires_at: tokens.expireAt,
    provider: account.strategy,
    public_metadata: {},
    label: null,
    scopes: account.approved_scopes.split(' ').filter(Boolean),
    ...(tokens.idToken !== undefined && { id_token: tokens.idToken }),
  };
}

async function freshTokens(context: Dependencies, account: ExternalAccount, tokens: ProviderTokens): Promise<ProviderTokens> {
  const provider = findProvider(context.settings, account.strategy);
  const isOver = tokens.expireAt !== null && tokens.expireAt - context.now() < leastLife;
  if (!isOver || !provider || tokens.refreshToken === undefined || !account.sealed_tokens) return tokens;
  try {
    const renewed = await refreshTokens(context, provider, tokens);
    const to = seal(context.keys.sealingKey, JSON.stringify(renewed), account.id);
    await replaceTokens(context.database, account.id, { from: account.sealed_tokens, to });
    return renewed;
  } catch (error) {
    // Whoever asks learns from the provider that the old one is over.
    context.log({ level: 'warn', message: `A token of ${account.strategy} could not be renewed.`, error: String(error) });
    return tokens;
  }
}
