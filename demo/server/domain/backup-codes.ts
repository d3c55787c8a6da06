/** Backup codes: for the day on which the telephone is lost. Each works once. */
import { randomInt } from 'node:crypto';
import { hashCode } from './codes.ts';

/** How many are made at a time (dossier part 2, §4.2). */
export const backupCodeCount = 10;

/** Without characters that are taken for one another on paper: 31 of them, ten in a code, are 49 bits. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const codeLength = 10;

const createCode = () => Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('');

/** Different ones. */
export function createBackupCodes(): string[] {
  const codes = new Set<string>();
  while (codes.size < backupCodeCount) codes.add(createCode());
  return [...codes];
}

/** The only form in which a code is kept: of one user, however it was typed, and worthless without the key. */
export const hashBackupCode = (key: Buffer, userId: string, code: string): Buffer =>
  hashCode(key, userId, code.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase());
