/** Encryption of what has to be read again (AES-256-GCM): a table, or a copy of it, shows none of it without the key. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const ivLength = 12;
const tagLength = 16;

/**
 * @param key 32 bytes
 * @param about what the text belongs to: sealed for one thing, it does not open for another
 */
export function seal(key: Buffer, text: string, about = ''): Buffer {
  const iv = randomBytes(ivLength);
  const sealing = createCipheriv(cipher, key, iv).setAAD(Buffer.from(about));
  return Buffer.concat([iv, sealing.update(text, 'utf8'), sealing.final(), sealing.getAuthTag()]);
}

/** @throws Error for another key, another thing, or a changed byte. */
export function open(key: Buffer, sealed: Buffer, about = ''): string {
  const opening = createDecipheriv(cipher, key, sealed.subarray(0, ivLength)).setAAD(Buffer.from(about));
  opening.setAuthTag(sealed.subarray(-tagLength));
  return opening.update(sealed.subarray(ivLength, -tagLength)).toString('utf8') + opening.final('utf8');
}
