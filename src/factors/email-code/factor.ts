import type { PrepareFactorParams, SignInFactor } from '../../resources/types.ts';
import type { FactorRules } from '../factor.ts';

/** Names the strategy and the address, and nothing else: the API refuses whole factors (dossier part 2, §0.4). */
export const toAddress = ({ strategy, emailAddressId }: SignInFactor): PrepareFactorParams =>
  emailAddressId === undefined ? { strategy } : { strategy, emailAddressId };

export const emailCodeRules: FactorRules = {
  strategy: 'email_code',
  rank: { password: 4, otp: 2 },
  second: 3,
  prepare: toAddress,
  attempt: ({ code = '' }) => ({ strategy: 'email_code', code }),
};
