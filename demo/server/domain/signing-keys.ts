/** Signing keys that a template brings along, for services that cannot read ours (dossier part 2, §6.8). */
import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';

/** Bytes that a secret must have at least, by algorithm: as many as the hash (RFC 7518, §3.2). */
const secretLengths: Record<string, number> = { HS256: 32, HS384: 48, HS512: 64 };
const keyPairAlgorithms = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'];

export const signingAlgorithms: readonly string[] = [...keyPairAlgorithms, ...Object.keys(secretLengths)];

export interface SigningKeyText {
  algorithm: string;
  /** The secret of an `HS…` algorithm, or a private key as PEM. */
  key: string;
}

/** Signs with a key of a template. The header names no key: it is not among the published ones. */
export async function signWithKey(claims: Record<string, unknown>, { algorithm, key }: SigningKeyText, category: string): Promise<string> {
  const material = Object.hasOwn(secretLengths, algorithm) ? new TextEncoder().encode(key) : createPrivateKey(key);
  return new SignJWT(claims).setProtectedHeader({ alg: algorithm, typ: 'JWT', cat: category }).sign(material);
}

/** Why a key cannot be used with its algorithm; never quotes it. */
export async function signingKeyProblem({ algorithm, key }: SigningKeyText): Promise<string | undefined> {
  const least = Object.hasOwn(secretLengths, algorithm) ? secretLengths[algorithm] : undefined;
  if (least !== undefined) return Buffer.byteLength(key) < least ? `must have ${least} bytes or more for ${algorithm}.` : undefined;
  try {
    await signWithKey({}, { algorithm, key }, '');
    return undefined;
  } catch {
    return `must be a private key for ${algorithm}, as PEM without a passphrase; RSA keys of 2048 bits or more.`;
  }
}
