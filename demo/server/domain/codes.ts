/** One-time codes: how they are made, kept and limited (security.md §3; dossier part 2, §0.5, §7). */
import { createHmac, randomInt } from 'node:crypto';

/** Milliseconds. */
export const codeLifetime = 10 * 60_000;
/** Wrong tries, after which a code is spent. */
export const codeAttempts = 3;
/** Milliseconds between two sends of the same code. */
export const resendPause = 30_000;
/** Sends to one address in {@link sendWindow} milliseconds. */
export const sendLimit = 10;
export const sendWindow = 3600_000;

/** What every code is that would go to a test address. */
export const testCode = '424242';

/** Six digits, all of them equally likely. */
export const createCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/** The only form in which a code is kept: bound to its verification, and worthless without the instance's key. */
export function hashCode(key: Buffer, verificationId: string, code: string): Buffer {
  return createHmac('sha256', key).update(`${verificationId}:${code}`).digest();
}

/**
 * Milliseconds until another code may go to an address; 0 means now.
 * @param sent when codes were sent to it in the last hour, latest first.
 * @param last when the last one was sent for the same purpose, if it was.
 */
export function pauseBeforeSending(sent: readonly number[], last: number | undefined, now: number): number {
  const afterLast = last === undefined ? 0 : last + resendPause - now;
  const oldest = sent.slice(0, sendLimit)[sendLimit - 1];
  const afterWindow = oldest === undefined ? 0 : oldest + sendWindow - now;
  return Math.max(0, afterLast, afterWindow);
}
