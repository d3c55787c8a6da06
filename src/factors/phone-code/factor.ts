import type { PrepareFactorParams, SignInFactor } from '../../resources/types.ts';
import type { FactorRules } from '../factor.ts';

/** Names the strategy and the number, and nothing else: the API refuses whole factors (dossier part 2, §0.4). */
export const toNumber = ({ strategy, phoneNumberId }: SignInFactor): PrepareFactorParams =>
  phoneNumberId === undefined ? { strategy } : { strategy, phoneNumberId };

export const phoneCodeRules: FactorRules = {
  strategy: 'phone_code',
  rank: { password: 5, otp: 3 },
  second: 2,
  prepare: toNumber,
  attempt: ({ code = '' }) => ({ strategy: 'phone_code', code }),
};
