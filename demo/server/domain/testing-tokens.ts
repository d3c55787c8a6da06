/** Testing tokens: signed notes with an end, so that nothing has to be stored for them (dossier part 2, §6.6). */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Milliseconds. */
const lifetime = 3600_000;

const sign = (key: Buffer, seconds: string) => createHmac('sha256', key).update(`testing token ${seconds}`).digest('base64url');

/** A token that is good for an hour; `expiresAt` in milliseconds since 1970. */
export function createTestingToken(key: Buffer, now: number): { token: string; expiresAt: number } {
  const expiresAt = Math.floor((now + lifetime) / 1000) * 1000;
  const seconds = String(expiresAt / 1000);
  return { token: `${seconds}-c_${sign(key, seconds)}`, expiresAt };
}

/** `true` for a token of this instance that has not expired. */
export function isTestingToken(token: string, key: Buffer, now: number): boolean {
  const [, seconds = '', signature = ''] = /^(\d{10,11})-c_([\w-]{43})$/.exec(token) ?? [];
  if (!seconds || Number(seconds) * 1000 <= now) return false;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(key, seconds)));
}
