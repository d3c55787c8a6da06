/** Who was proved at a provider while it is open what becomes of it: kept sealed, with the verification that proves it. */
import type { Dependencies } from '../dependencies.ts';
import { open, seal } from '../seal.ts';
import type { Database } from '../store/database.ts';
import { deleteProvedIdentity, findProvedIdentity, insertProvedIdentity } from '../store/oauth-states.ts';
import { findVerification, settleVerification } from '../store/verifications.ts';
import { transferInvalid } from './errors.ts';
import type { Identity } from './identity.ts';

type HoldingContext = Pick<Dependencies, 'keys' | 'now'>;

export async function keepIdentity(
  { keys }: Pick<Dependencies, 'keys'>,
  transaction: Database,
  verificationId: string,
  identity: Identity,
): Promise<void> {
  await insertProvedIdentity(transaction, verificationId, seal(keys.sealingKey, JSON.stringify(identity), verificationId));
}

/** Who was proved; `undefined` for nobody. */
export async function readProved(
  { keys }: Pick<Dependencies, 'keys'>,
  transaction: Database,
  verificationId: string,
): Promise<Identity | undefined> {
  const sealed = await findProvedIdentity(transaction, verificationId);
  return sealed && (JSON.parse(open(keys.sealingKey, sealed, verificationId)) as Identity);
}

/**
 * Uses up a verification that waits for a transfer; of several at the same time, one gets it.
 * @param code why it waits: the other kind of attempt cannot take it.
 * @throws ApiError 400 `account_transfer_invalid`.
 */
export async function takeProved({ now }: HoldingContext, transaction: Database, verificationId: string, code: string): Promise<void> {
  const verification = await findVerification(transaction, verificationId);
  const isOpen = verification?.error?.code === code && (verification.expire_at ?? 0) > now();
  if (!isOpen) throw transferInvalid();
  const taken = { id: verificationId, from: 'transferable' } as const;
  if (!(await settleVerification(transaction, taken, { status: 'verified', expireAt: verification.expire_at ?? now() }))) {
    throw transferInvalid();
  }
}

/** Once it is an account of somebody. */
export const forgetIdentity = deleteProvedIdentity;
