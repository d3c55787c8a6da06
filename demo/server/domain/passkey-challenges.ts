/** Challenges for passkeys: asked once, answered once, for one attempt. */
import type { Dependencies } from '../dependencies.ts';
import { createId } from '../ids.ts';
import type { Database } from '../store/database.ts';
import { findVerification, insertVerification, takeChallenge, voidVerifications } from '../store/verifications.ts';
import type { Verification } from '../store/verifications.ts';
import { alreadyVerified, verificationError } from './code-verification.ts';

/** As it is named on the wire. */
export const passkeyStrategy = 'passkey';

/** Milliseconds to answer. */
export const challengeLifetime = 10 * 60_000;

/** What is needed of the options to judge the answer. */
export interface AskedOptions {
  challenge: string;
  /** Of a registration. */
  rp?: { id: string };
  /** Of a signature. */
  rpId?: string;
  allowCredentials?: { id: string }[];
}

/**
 * Asks a challenge in the place of the former one.
 * @param options of WebAuthn, with the challenge in them.
 * @returns the id of its verification.
 */
export async function askChallenge(
  { now: clock }: Pick<Dependencies, 'now'>,
  transaction: Database,
  { options, formerId }: { options: AskedOptions; formerId: string | null },
): Promise<string> {
  const now = clock();
  await voidVerifications(transaction, [formerId]);
  const id = createId('ver');
  await insertVerification(transaction, {
    id,
    strategy: passkeyStrategy,
    status: 'unverified',
    nonce: JSON.stringify(options),
    expire_at: now + challengeLifetime,
    created_at: now,
  });
  return id;
}

/**
 * Uses a challenge up, within the transaction that judges the answer: commit, be the answer right or wrong.
 * @throws ApiError 400 `verification_missing`, `verification_strategy_invalid`, `verification_expired`, `verification_failed` or
 * `verification_already_verified`.
 */
export async function useChallenge(
  { now }: Pick<Dependencies, 'now'>,
  transaction: Database,
  verificationId: string | null,
): Promise<{ verificationId: string; options: AskedOptions }> {
  const nonce = verificationId === null ? undefined : await takeChallenge(transaction, verificationId, passkeyStrategy, now());
  if (nonce === undefined || verificationId === null) throw whyUnusable(await findVerification(transaction, verificationId));
  return { verificationId, options: JSON.parse(nonce) as AskedOptions };
}

function whyUnusable(verification: Verification | undefined): Error {
  if (!verification) return verificationError('verification_missing', 'No passkey was asked for. Ask for one first.');
  if (verification.strategy !== passkeyStrategy) {
    return verificationError('verification_strategy_invalid', 'What was asked for last is no passkey.');
  }
  if (verification.status === 'verified') return alreadyVerified();
  if (verification.status === 'failed') {
    return verificationError('verification_failed', 'This request for a passkey was answered already. Ask for the passkey again.');
  }
  return verificationError('verification_expired', 'This request for a passkey has expired. Ask for the passkey again.');
}
