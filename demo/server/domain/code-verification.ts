/** Sending codes and judging them, for sign-in and sign-up alike. */
import type { Dependencies } from '../dependencies.ts';
import { ApiError, parameterError } from '../errors.ts';
import { createId } from '../ids.ts';
import { sendCodeMessage } from '../code-messages.ts';
import type { CodePurpose } from '../code-messages.ts';
import { inTransaction } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import {
  consumeCode,
  findSendTimes,
  findVerification,
  insertVerification,
  lockAddress,
  voidVerifications,
} from '../store/verifications.ts';
import type { IdentificationKind } from '../store/identifications.ts';
import type { Verification } from '../store/verifications.ts';
import { codeAttempts, codeLifetime, createCode, hashCode, pauseBeforeSending, sendWindow, testCode } from './codes.ts';
import { identificationKinds } from './identification-kinds.ts';

/** Something to be proved by a secret that is sent. */
export interface VerificationOrder {
  strategy: string;
  normalized: string;
  /** `false`: nobody may learn that this address leads nowhere. All goes as usual, but nothing is sent and no code is right. */
  isReachable: boolean;
  secret: string;
  /** Nothing is sent, so nobody can be flooded. */
  isTest: boolean;
  /** Locks the attempt that the code is for, checks its state, and names the verification that the new one replaces. */
  lock: (transaction: Database) => Promise<string | null>;
  /** Makes the new verification the attempt's own. */
  attach: (transaction: Database, verificationId: string) => Promise<void>;
  /** Does what else belongs to the new one. */
  opened?: (transaction: Database, verification: { id: string; expireAt: number }) => Promise<void>;
}

/** A code to be sent. */
export interface CodeOrder extends Omit<VerificationOrder, 'secret' | 'isTest' | 'opened'> {
  purpose: CodePurpose;
  kind: IdentificationKind;
  /** An email address, or a phone number. */
  address: string;
}

/**
 * Sends a code, which voids the one before. The message leaves after the answer's work is done and never holds it up.
 * @throws ApiError 429 `verification_code_too_many_requests`, and what `lock` throws.
 */
export async function sendCode(context: Dependencies, { purpose, kind, address: to, ...order }: CodeOrder): Promise<void> {
  const { settings } = context;
  const isTest = settings.testMode && identificationKinds[kind].isTest(order.normalized);
  const code = isTest ? testCode : createCode();
  await openVerification(context, { ...order, secret: code, isTest });
  if (!order.isReachable || isTest) return;
  post(context, kind, () => sendCodeMessage(context, { kind, purpose, to, applicationName: settings.applicationName, code }));
}

/**
 * Makes a verification with a secret, within the limits on sending, and voids the one before.
 * @throws ApiError 429 `verification_code_too_many_requests`, and what `lock` throws.
 */
export async function openVerification({ database, keys, now: clock }: Dependencies, order: VerificationOrder): Promise<void> {
  await inTransaction(database, async (transaction) => {
    await lockAddress(transaction, order.normalized);
    const formerId = await order.lock(transaction);
    const now = clock();
    const former = await findVerification(transaction, formerId);
    const isResend = former?.strategy === order.strategy && former.sent_to === order.normalized;
    const sent = await findSendTimes(transaction, order.normalized, now - sendWindow);
    const pause = pauseBeforeSending(order.isTest ? [] : sent, isResend ? former.created_at : undefined, now);
    if (pause > 0) throw sentTooOften(pause);
    await voidVerifications(transaction, [formerId]);
    const id = createId('ver');
    const codeHash = hashCode(keys.codeKey, id, order.secret);
    await insertVerification(transaction, {
      id,
      strategy: order.strategy,
      status: 'unverified',
      code_hash: order.isReachable ? codeHash : null,
      sent_to: order.normalized,
      expire_at: now + codeLifetime,
      created_at: now,
    });
    await order.attach(transaction, id);
    await order.opened?.(transaction, { id, expireAt: now + codeLifetime });
  });
}

/** Milliseconds: by then the answer is out, so the work of sending does not show in its time (security.md, C5). */
const discreetDelay = 50;

/** Hands a message over without waiting. What goes wrong is logged without the other server's text, which may quote the message. */
function post({ log, settings }: Pick<Dependencies, 'log' | 'settings'>, kind: IdentificationKind, send: () => Promise<void>): void {
  const work = () =>
    void send().catch((error: unknown) => {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      log({ level: 'error', message: `A ${kind === 'email_address' ? 'mail' : 'text message'} could not be sent${code}.` });
    });
  if (settings.enumerationProtection) setTimeout(work, discreetDelay);
  else work();
}

/**
 * Judges a code within the transaction that acts on it.
 * @returns the verification if the code was right; `undefined` if it was wrong, which has used up one try: commit.
 * @throws ApiError 400 `verification_missing`, `verification_strategy_invalid`, `verification_expired`, `verification_failed` or
 * `verification_already_verified`: nothing was judged, so roll back.
 */
export async function judgeCode(
  { keys, now }: Pick<Dependencies, 'keys' | 'now'>,
  transaction: Database,
  { verificationId, strategy, code }: { verificationId: string | null; strategy: string; code: string },
): Promise<Verification | undefined> {
  if (verificationId === null) throw verificationError('verification_missing', 'No code was asked for. Ask for one first.');
  const codeHash = hashCode(keys.codeKey, verificationId, code);
  const judged = await consumeCode(transaction, { verificationId, strategy, codeHash, maximumAttempts: codeAttempts }, now());
  if (judged && !judged.isRight) return undefined;
  const verification = await findVerification(transaction, verificationId);
  if (judged && verification) return verification;
  throw whyNotJudged(verification, strategy);
}

function whyNotJudged(verification: Verification | undefined, strategy: string): ApiError {
  if (!verification) return verificationError('verification_missing', 'No code was asked for. Ask for one first.');
  if (verification.strategy !== strategy) {
    return verificationError('verification_strategy_invalid', 'The code that was sent last is for another purpose.');
  }
  if (verification.status === 'verified' || verification.status === 'transferable') return alreadyVerified();
  if (verification.status === 'failed') {
    return verificationError('verification_failed', 'Too many wrong codes were entered. Ask for a new code.');
  }
  return verificationError('verification_expired', 'This code has expired. Ask for a new one.');
}

/** 400 with one of the `verification_…` codes. */
export const verificationError = (code: string, longMessage: string) =>
  new ApiError(400, { code, message: longMessage.split('.')[0] ?? code, longMessage });

/** 400 `verification_already_verified`. */
export const alreadyVerified = () => verificationError('verification_already_verified', 'This was verified already.');

const sentTooOften = (pause: number) =>
  new ApiError(
    429,
    {
      code: 'verification_code_too_many_requests',
      message: 'Too many codes were asked for',
      longMessage: 'Too many codes were asked for. Wait a little before you ask for another.',
    },
    { retryAfter: Math.ceil(pause / 1000) },
  );

/** 422 `form_code_incorrect`. */
export const codeIncorrect = () => parameterError('form_code_incorrect', 'code', 'Incorrect code.');
