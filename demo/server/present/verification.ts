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
  passkey: 'verification_passkey',
  ticket: 'verification_ticket',
  google_one_tap: 'verification_google_one_tap',
};

const isOfProvider = (strategy: string) => strategy.startsWith('oauth_');

/** The kind of a verification, which follows from how something was proved. */
export function objectOf(strategy: string): string {
  if (isOfProvider(strategy)) return 'verification_oauth';
  if (strategy.startsWith('from_oauth_')) return 'verification_from_oauth';
  return objects[strategy] ?? 'verification_otp';
}

/** Codes for phone numbers say how they go. */
export const channelOf = (strategy: string) => (strategy.endsWith('phone_code') ? { channel: 'sms' } : {});

/** @param now milliseconds since 1970: time alone makes a verification `expired`. */
export function presentVerification(
  verification: Pick<Verification, 'strategy' | 'status' | 'attempts' | 'expire_at'> &
    Partial<Pick<Verification, 'redirect_url' | 'error' | 'nonce' | 'verified_at_client'>>,
  now: number,
): Complete<VerificationJSON> {
  const { strategy, status, attempts, expire_at, redirect_url = null, error = null, nonce = null, verified_at_client } = verification;
  const isTooOld = status === 'unverified' && expire_at !== null && expire_at <= now;
  return {
    object: objectOf(strategy),
    status: isTooOld ? 'expired' : status,
    strategy,
    // Nobody tries at a provider more than once.
    attempts: isOfProvider(strategy) ? null : attempts,
    expire_at,
    // What is answered already asks for nothing.
    ...(nonce !== null && status === 'unverified' && !isTooOld && { nonce }),
    ...(redirect_url !== null && { external_verification_redirect_url: redirect_url }),
    ...(error && {
      error: { code: error.code, message: error.message, long_message: error.longMessage ?? error.message, meta: error.meta ?? {} },
    }),
    ...channelOf(strategy),
    ...(status === 'verified' && verified_at_client && { verified_at_client }),
  };
}

/** @param since milliseconds since 1970: published as the end of what is over, which is a number always. */
export const presentProved = (strategy: string, since: number): Complete<VerificationJSON> => ({
  object: objectOf(strategy),
  status: 'verified',
  strategy,
  attempts: null,
  expire_at: since,
  ...channelOf(strategy),
});
