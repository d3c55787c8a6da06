import type { FactorRules } from '../factor.ts';

export const totpRules: FactorRules = {
  strategy: 'totp',
  second: 1,
  attempt: ({ code = '' }) => ({ strategy: 'totp', code }),
};
