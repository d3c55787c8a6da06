import type { FactorRules } from '../factor.ts';

export const passwordRules: FactorRules = {
  strategy: 'password',
  rank: { password: 2, otp: 5 },
  attempt: ({ password = '' }) => ({ strategy: 'password', password }),
};
