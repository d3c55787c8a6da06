import type { FactorView } from '../view.ts';
import { emailCodeRules } from './factor.ts';

export const emailCode: FactorView = {
  ...emailCodeRules,
  method: (strings, { safeIdentifier = '' }) => strings.emailCode.method(safeIdentifier),
};
