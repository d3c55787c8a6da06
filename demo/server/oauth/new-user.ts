/** The account at a provider of somebody who signs up becomes theirs with the user, in the same transaction. */
import type { Dependencies } from '../dependencies.ts';
import { violatedUniqueIndex } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { insertExternalAccount } from '../store/external-accounts.ts';
import type { SignUp } from '../store/sign-ups.ts';
import { identificationClaimed } from './errors.ts';
import { forgetIdentity, readProved } from './held-identity.ts';
import { storeIdentity } from './owner.ts';

/** @throws ApiError 400 `oauth_identification_claimed` if somebody else has connected it meanwhile. */
export async function connectNewUser(context: Dependencies, transaction: Database, signUp: SignUp, userId: string): Promise<void> {
  const { external_account_verification_id: verificationId, external_account_strategy: strategy } = signUp;
  if (verificationId === null || strategy === null) return;
  const identity = await readProved(context, transaction, verificationId);
  // Proved so long ago that nothing is known of it any more.
  if (!identity) throw identificationClaimed();
  try {
    const account = await insertExternalAccount(transaction, { userId, strategy }, context.now());
    await storeIdentity(context, transaction, account, identity);
  } catch (error) {
    throw violatedUniqueIndex(error) === 'external_accounts_provider_key' ? identificationClaimed() : error;
  }
  await forgetIdentity(transaction, verificationId);
}
