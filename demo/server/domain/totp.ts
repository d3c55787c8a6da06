/** Codes of authenticator apps: RFC 6238 with SHA-1, six digits and steps of 30 seconds, as every such app understands. */
import { Secret, TOTP } from 'otpauth';

const parameters = { algorithm: 'SHA1', digits: 6, period: 30 };
/** Steps by which the clock of a phone may be off, in either direction. */
const drift = 1;
/** Bytes: as long as the hash, as RFC 4226 recommends; and the least that is taken from elsewhere. */
const secretBytes = 20;
const leastBytes = 10;

/** A new secret, in base32. */
export const createTotpSecret = (): string => new Secret({ size: secretBytes }).base32;

/** The secret of an app that was set up elsewhere, as it is kept here; `undefined` if it is none, or so short that it could be guessed. */
export function parseTotpSecret(text: string): string | undefined {
  const letters = text.replace(/[\s=-]/g, '');
  // Before the case is folded, which would turn a dotless i into a letter of base32.
  if (!/^[A-Za-z2-7]{1,256}$/.test(letters)) return undefined;
  const base32 = letters.toUpperCase();
  return Secret.fromBase32(base32).bytes.length < leastBytes ? undefined : base32;
}

/** What the QR code says to the app. */
export function totpUri({ secret, issuer, account }: { secret: string; issuer: string; account: string }): string {
  return new TOTP({ ...parameters, issuer, label: account, secret }).toString();
}

/**
 * The time step of a code; `undefined` if it is not one of now.
 * @param now milliseconds since 1970
 */
export function findStep(secret: string, code: string, now: number): number | undefined {
  // Apps show it in two groups.
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const totp = new TOTP({ ...parameters, secret });
  const delta = totp.validate({ token, timestamp: now, window: drift });
  return delta === null ? undefined : totp.counter({ timestamp: now }) + delta;
}
