import { toAddress } from '../email-code/factor.ts';
import type { FactorRules } from '../factor.ts';

export const resetPasswordEmailCodeRules: FactorRules = {
  strategy: 'reset_password_email_code',
  prepare: toAddress,
  attempt: ({ code = '' }) => ({ strategy: 'reset_password_email_code', code }),
};
