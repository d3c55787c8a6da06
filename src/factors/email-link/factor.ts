import { toAddress } from '../email-code/factor.ts';
import type { FactorRules } from '../factor.ts';

export const emailLinkRules: FactorRules = {
  strategy: 'email_link',
  rank: { password: 3, otp: 1 },
  second: 5,
  prepare: (factor, redirectUrl) => ({ ...toAddress(factor), redirectUrl }),
};
