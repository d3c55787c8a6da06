/** A backup code in the place of another second factor (dossier part 2, §2.5). Each works once. */
import { takeBackupCodeOf } from '../domain/second-factors.ts';
import { createKeptCode } from './kept-code.ts';

export const backupCode = createKeptCode({
  strategy: 'backup_code',
  isOffered: ({ backup_code_enabled }, { attributes }) => attributes.backupCode.enabled && backup_code_enabled,
  take: takeBackupCodeOf,
  isSubstitute: true,
});
