/** Whose an account at a provider is, and how it becomes theirs (dossier part 2, §8.3). */
import type { Dependencies } from '../dependencies.ts';
import { normalizeEmailAddress } from '../domain/identifiers.ts';
import { removeSecondFactors } from '../domain/second-factors.ts';
import { endSessionsOfUser } from '../domain/sessions.ts';
import { seal } from '../seal.ts';
import type { Database } from '../store/database.ts';
import { deleteExternalAccounts, findExternalAccountOf, insertExternalAccount, updateExternalAccount } from '../store/external-accounts.ts';
import type { ExternalAccount } from '../store/external-accounts.ts';
import { deleteIdentifications, isClaimed, markVerified, ownersOf } from '../store/identifications.ts';
import type { EmailAddress } from '../store/identifications.ts';
import { deletePasskeys } from '../store/passkeys.ts';
import { abandonSignInsOfUser } from '../store/sign-ins.ts';
import { findPasswordHash, findUser } from '../store/users.ts';
import { lockUser, updateUser } from '../store/write-users.ts';
import type { Identity } from './identity.ts';

/** Who has an account already, or has its address. */
export interface Owner {
  userId: string;
  account?: ExternalAccount;
  /** By which they were found, if the account was not connected so far. */
  address?: EmailAddress;
}

/**
 * Finds and locks who an account belongs to: who has connected it; or else who has its address, if the provider vouches for it.
 * `undefined` if that is nobody.
 */
export async function findOwner(transaction: Database, identity: Identity): Promise<Owner | undefined> {
  const key = { strategy: identity.strategy, providerUserId: identity.provider_user_id };
  const account = await findExternalAccountOf(transaction, key);
  if (account) {
    await lockUser(transaction, account.user_id);
    return { userId: account.user_id, account };
  }
  const normalized = identity.email_address_verified ? normalizeEmailAddress(identity.email_address ?? '')?.normalized : undefined;
  if (normalized === undefined) return undefined;
  const found = await ownersOf(transaction, 'email_address', normalized).executeTakeFirst();
  if (!found) return undefined;
  await lockUser(transaction, found.user_id);
  // Proved meanwhile, or gone: as it is now that nobody else changes it.
  const user = await findUser(transaction, found.user_id);
  const address = user?.email_addresses.find((entry) => entry.email_address_normalized === normalized && isClaimed(entry));
  return address && { userId: found.user_id, address };
}

/**
 * Makes an account its owner's, or brings it up to date.
 * @returns `true` if the owner has to set a new password: the old one was set by somebody who never proved the address, and does not
 * count any more, nor does anything else that they have left behind.
 * @param signInId the attempt that this is for; others of the owner may end.
 */
export async function connect(
  context: Dependencies,
  transaction: Database,
  { owner, identity, signInId }: { owner: Owner; identity: Identity; signInId: string },
): Promise<boolean> {
  const { userId, address } = owner;
  const isUnproved = address !== undefined && address.verified_by === null;
  const needsPassword = isUnproved && (await takeOver(context, transaction, { userId, address, identity, signInId }));
  const account = owner.account ?? (await insertExternalAccount(transaction, { userId, strategy: identity.strategy }, context.now()));
  await storeIdentity(context, transaction, account, identity);
  return needsPassword;
}

/** Whoever shows up first with an address must not keep a way into the account of its real owner. */
async function takeOver(
  context: Dependencies,
  transaction: Database,
  { userId, address, identity, signInId }: { userId: string; address: EmailAddress; identity: Identity; signInId: string },
): Promise<boolean> {
  const now = context.now();
  const hadPassword = (await findPasswordHash(transaction, userId)) !== null;
  await markVerified(transaction, { kind: 'email_address', id: address.id, userId }, `from_${identity.strategy}`, now);
  await updateUser(
    transaction,
    userId,
    { password_hash: null, password_updated_at: null, primary_email_address_id: address.id, primary_phone_number_id: null },
    now,
  );
  const user = await findUser(transaction, userId);
  const others = user?.email_addresses.filter(({ id }) => id !== address.id) ?? [];
  for (const [kind, rows] of [
    ['email_address', others],
    ['phone_number', user?.phone_numbers ?? []],
  ] as const) {
    await deleteIdentifications(transaction, { kind, userId, ids: rows.map(({ id }) => id) });
  }
  await deleteExternalAccounts(transaction, userId);
  await deletePasskeys(transaction, userId);
  await removeSecondFactors({ ...context, database: transaction }, userId);
  await abandonSignInsOfUser(transaction, userId, { exceptSignInId: signInId });
  await endSessionsOfUser(transaction, userId, { now, status: 'revoked' });
  return hadPassword && context.settings.attributes.password.enabled;
}

/** Writes what the provider has said into an account, with its tokens sealed. */
export async function storeIdentity(
  { keys, now }: Pick<Dependencies, 'keys' | 'now'>,
  transaction: Database,
  account: Pick<ExternalAccount, 'id' | 'user_id' | 'verified_at'>,
  { strategy: _strategy, tokens, approved_scopes, ...profile }: Identity,
): Promise<void> {
  await updateExternalAccount(
    transaction,
    account,
    {
      ...profile,
      // An ID token that a page has handed in says nothing of scopes, and brings no tokens.
      ...(tokens && { approved_scopes, sealed_tokens: seal(keys.sealingKey, JSON.stringify(tokens), account.id) }),
      verified_at: account.verified_at ?? now(),
      verification_id: null,
    },
    now(),
  );
}
