import type { FactorRules } from '../factor.ts';

export const backupCodeRules: FactorRules = {
  strategy: 'backup_code',
  second: 9,
  isTextCode: true,
  attempt: ({ code = '' }) => ({ strategy: 'backup_code', code }),
};
