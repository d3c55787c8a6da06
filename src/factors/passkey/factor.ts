import type { FactorRules } from '../factor.ts';

export const passkeyRules: FactorRules = {
  strategy: 'passkey',
  rank: { password: 1, otp: 4 },
  second: 4,
  isOnDevice: true,
  attempt: ({ publicKeyCredential = '' }) => ({ strategy: 'passkey', publicKeyCredential }),
};
