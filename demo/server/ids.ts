/** Identifiers and secrets, all from the system's cryptographic random source. */
import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A new identifier: prefix, underscore, 27 base62 characters (dossier part 1, §0.2). */
export function createId(prefix: string): string {
  let id = `${prefix}_`;
  for (let length = 0; length < 27; length++) id += alphabet[randomInt(alphabet.length)];
  return id;
}

/** A secret that is safe in URLs and cookies: 256 random bits, base64url. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** 32 hexadecimal characters, as in `clerk_trace_id`. No secret, so a UUID does, for which Node draws random bytes in advance. */
export function createTraceId(): string {
  return randomUUID().replaceAll('-', '');
}

/** SHA-256, the only form in which bearer secrets are stored or compared. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
