/** Backup codes that are left, as hashes. Using one deletes it. */
import type { Database } from './database.ts';

/** Puts new codes in the place of all that were left. */
export async function replaceBackupCodes(transaction: Database, userId: string, hashes: readonly Buffer[], now: number): Promise<void> {
  await deleteBackupCodes(transaction, userId);
  const rows = hashes.map((hash) => ({ user_id: userId, code_hash: hash, created_at: now }));
  await transaction.insertInto('backup_codes').values(rows).execute();
}

/** Uses a code up; `false` if there is no such code any more. Of several at once, one is told `true`. */
export async function takeBackupCode(database: Database, userId: string, hash: Buffer): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('backup_codes')
    .where('user_id', '=', userId)
    .where('code_hash', '=', hash)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** `true` if there were any. */
export async function deleteBackupCodes(database: Database, userId: string): Promise<boolean> {
  const { numDeletedRows } = await database.deleteFrom('backup_codes').where('user_id', '=', userId).executeTakeFirst();
  return numDeletedRows > 0n;
}
