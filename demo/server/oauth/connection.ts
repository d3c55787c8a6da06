/** Accounts that a signed-in user connects, renews and removes (dossier part 2, §4.1). */
import type { Dependencies } from '../dependencies.ts';
import { ApiError, authenticationInvalid, notFound } from '../errors.ts';
import { open } from '../seal.ts';
import { inTransaction, violatedUniqueIndex } from '../store/database.ts';
import {
  deleteExternalAccount,
  findExternalAccount,
  findExternalAccountOf,
  insertExternalAccount,
  listExternalAccounts,
  updateExternalAccount,
} from '../store/external-accounts.ts';
import type { ExternalAccount } from '../store/external-accounts.ts';
import { findSession, isActive } from '../store/sessions.ts';
import type { Session } from '../store/sessions.ts';
import { findUser } from '../store/users.ts';
import type { User } from '../store/users.ts';
import { lockUser } from '../store/write-users.ts';
import { settleVerification, voidVerifications } from '../store/verifications.ts';
import { alreadyConnected, callbackInvalid, identificationClaimed } from './errors.ts';
import type { ProviderTokens } from './identity.ts';
import { storeIdentity } from './owner.ts';
import { revokeTokens } from './protocol.ts';
import { findProvider, requireProvider } from './providers.ts';
import type { Returned } from './sign-in.ts';
import { oauthPatience, startOAuth } from './start.ts';
import type { OAuthForm } from './start.ts';

interface Asking {
  session: Session;
  form: OAuthForm;
}

/**
 * Begins to connect an account. It is there at once, unverified, and becomes the user's when the browser comes back.
 * @throws ApiError 400 `oauth_provider_not_enabled`, `oauth_account_already_connected`; 422 for the form.
 */
export async function startConnection(context: Dependencies, { session, form }: Asking, strategy: string): Promise<string> {
  const provider = requireProvider(context.settings, strategy);
  const userId = session.user_id;
  if ((await listExternalAccounts(context.database, { userId, strategy })).length) throw alreadyConnected(provider.name);
  const begun = await inTransaction(context.database, async (transaction) => {
    await lockUser(transaction, userId);
    return insertExternalAccount(transaction, { userId, strategy }, context.now());
  });
  try {
    await sendConnection(context, { session, form }, begun);
  } catch (error) {
    await deleteExternalAccount(context.database, { id: begun.id, userId }, context.now());
    throw error;
  }
  return begun.id;
}

/**
 * Sends the browser to the provider once more: for other scopes, or new tokens. The account stays connected meanwhile.
 * @throws ApiError 400 `oauth_provider_not_enabled`; 404; 422 for the form.
 */
export async function renewConnection(context: Dependencies, asking: Asking, accountId: string): Promise<void> {
  const account = await findExternalAccount(context.database, { id: accountId, userId: asking.session.user_id });
  if (!account) throw notFound('external account');
  await sendConnection(context, asking, account);
}

async function sendConnection(context: Dependencies, { session, form }: Asking, account: ExternalAccount): Promise<void> {
  await startOAuth(context, {
    provider: requireProvider(context.settings, account.strategy),
    clientId: session.client_id,
    purpose: 'connection',
    attemptId: account.id,
    sessionId: session.id,
    form,
    attach: async (transaction, verificationId) => {
      await lockUser(transaction, session.user_id);
      const current = await findExternalAccount(transaction, { id: account.id, userId: session.user_id });
      if (!current) throw notFound('external account');
      await voidVerifications(transaction, [current.verification_id]);
      await updateExternalAccount(transaction, current, { verification_id: verificationId }, context.now());
    },
  });
}

/**
 * Makes the account the user's, if the session that has asked for it still is.
 * @throws ApiError for an account that is somebody else's, or another than before.
 */
export async function finishConnection({ context, state, identity }: Returned): Promise<boolean> {
  const { database, now } = context;
  const session = await findSession(database, state.session_id ?? '', now());
  if (!session || !isActive(session) || session.client_id !== state.client_id) throw authenticationInvalid();
  const userId = session.user_id;
  await inTransaction(database, async (transaction) => {
    await lockUser(transaction, userId);
    const account = await findExternalAccount(transaction, { id: state.attempt_id, userId });
    if (account?.verification_id !== state.verification_id) throw callbackInvalid();
    const known = await findExternalAccountOf(transaction, {
      strategy: identity.strategy,
      providerUserId: identity.provider_user_id,
    });
    if (known && known.id !== account.id) {
      throw known.user_id === userId
        ? alreadyConnected(findProvider(context.settings, identity.strategy)?.name ?? '')
        : identificationClaimed();
    }
    // Somebody else's session at the provider: what was connected stays what it was.
    if (account.provider_user_id !== null && account.provider_user_id !== identity.provider_user_id) throw identificationClaimed();
    const settled = { id: state.verification_id, from: 'unverified' } as const;
    if (!(await settleVerification(transaction, settled, { status: 'verified', expireAt: now() + oauthPatience }))) throw callbackInvalid();
    await storeIdentity(context, transaction, account, identity);
  }).catch((error: unknown) => {
    throw violatedUniqueIndex(error) === 'external_accounts_provider_key' ? identificationClaimed() : error;
  });
  return true;
}

/**
 * Takes an account away.
 * @param byOwner whether the person asks, who must not lock themselves out.
 * @throws ApiError 404; 400 `last_required_identification_deletion_failed`.
 */
export async function removeConnection(
  context: Dependencies,
  { userId, accountId, byOwner = false }: { userId: string; accountId: string; byOwner?: boolean },
): Promise<ExternalAccount> {
  return inTransaction(context.database, async (transaction) => {
    await lockUser(transaction, userId);
    const removed = await deleteExternalAccount(transaction, { id: accountId, userId }, context.now());
    if (!removed) throw notFound('external account');
    const user = await findUser(transaction, userId);
    if (byOwner && removed.verified_at !== null && user && !canSignIn(user, context)) throw lastIdentification();
    return removed;
  });
}

/** Whether somebody has a way in. */
function canSignIn(user: User, { settings: { attributes, social } }: Pick<Dependencies, 'settings'>): boolean {
  const { emailAddress, username, password } = attributes;
  const hasIdentifier = (emailAddress.enabled && user.email_addresses.length > 0) || (username.enabled && user.username !== null);
  return (
    (password.enabled && user.has_password && hasIdentifier) ||
    (emailAddress.enabled && emailAddress.firstFactors.length > 0 && user.email_addresses.length > 0) ||
    user.external_accounts.some(
      ({ strategy, verified_at }) => verified_at !== null && social.some((one) => one.strategy === strategy && one.authenticatable),
    )
  );
}

/** Forgets the tokens of an account, here and, where it can be told, at the provider. @throws ApiError 404. */
export async function forgetTokens(context: Dependencies, { userId, accountId }: { userId: string; accountId: string }): Promise<void> {
  const account = await findExternalAccount(context.database, { id: accountId, userId });
  if (!account) throw notFound('external account');
  const tokens = openTokens(context, account);
  await inTransaction(context.database, (transaction) =>
    updateExternalAccount(transaction, account, { sealed_tokens: null, approved_scopes: '' }, context.now()),
  );
  const provider = findProvider(context.settings, account.strategy);
  if (!tokens || !provider) return;
  await revokeTokens(context, provider, tokens).catch((error: unknown) => {
    context.log({ level: 'warn', message: `Tokens of ${account.strategy} could not be revoked.`, error: String(error) });
  });
}

/** The tokens of an account; `undefined` where there are none, or none that can still be read. */
export function openTokens({ keys }: Pick<Dependencies, 'keys'>, account: ExternalAccount): ProviderTokens | undefined {
  if (!account.sealed_tokens) return undefined;
  try {
    return JSON.parse(open(keys.sealingKey, account.sealed_tokens, account.id)) as ProviderTokens;
  } catch {
    // Sealed with another pepper.
    return undefined;
  }
}

const lastIdentification = () =>
  new ApiError(400, {
    code: 'last_required_identification_deletion_failed',
    message: 'Deletion failed',
    longMessage: 'This is your last way to sign in. Add another before you remove it.',
  });
