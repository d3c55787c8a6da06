/** Verifications on the wire (dossier part 2, §0.5). */
import type { Complete } from '../../../src/wire/primitives.ts';
import type { VerificationJSON } from '../../../src/wire/verification.ts';
import type { Verification } from '../store/verifications.ts';

/** Where no code is sent. */
const objects: Record<string, string> = {
  admin: 'verification_admin',
  email_link: 'verification_email_link',
  password: 'verification_password',
  totp: 'verification_totp',
  backup_code: 'verification_backup_code',
  ticket: 'verification_ticket',
};

/** The kind of a verification, which follows from how something was proved. */
export const objectOf = (strategy: string): string => objects[strategy] ?? 'verification_otp';

/** Codes for phone numbers say how they go. */
export const channelOf = (strategy: string) => (strategy.endsWith('phone_code') ? { channel: 'sms' } : {});

/** @param now milliseconds since 1970: time alone makes a verification `expired`. */
export function presentVerification(
  verification: Pick<Verification, 'strategy' | 'status' | 'attempts' | 'expire_at'>,
  now: number,
): Complete<VerificationJSON> {
  const { strategy, status, attempts, expire_at } = verification;
  const isTooOld = status === 'unverified' && expire_at !== null && expire_at <= now;
  return {
    object: objectOf(strategy),
    status: isTooOld ? 'expired' : status,
    strategy,
    attempts,
    expire_at,
    external_verification_redirect_url: null,
    error: null,
    ...channelOf(strategy),
  };
}
