import type { FactorView } from '../view.ts';
import { resetPasswordEmailCodeRules } from './factor.ts';

export const resetPasswordEmailCode: FactorView = {
  ...resetPasswordEmailCodeRules,
  method: (strings) => strings.emailCode.reset,
};
