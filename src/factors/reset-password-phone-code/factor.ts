import { toNumber } from '../phone-code/factor.ts';
import type { FactorRules } from '../factor.ts';

export const resetPasswordPhoneCodeRules: FactorRules = {
  strategy: 'reset_password_phone_code',
  prepare: toNumber,
  attempt: ({ code = '' }) => ({ strategy: 'reset_password_phone_code', code }),
};
