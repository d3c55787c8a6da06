/** Every factor that the cards know; one line a folder. Others are skipped. */
import { backupCodeRules } from './backup-code/factor.ts';
import { isWebAuthnSupported } from '../rules/webauthn.ts';
import { emailCodeRules } from './email-code/factor.ts';
import { emailLinkRules } from './email-link/factor.ts';
import { passkeyRules } from './passkey/factor.ts';
import { password } from './password/view.ts';
import { phoneCodeRules } from './phone-code/factor.ts';
import { resetPasswordEmailCodeRules } from './reset-password-email-code/factor.ts';
import { resetPasswordPhoneCodeRules } from './reset-password-phone-code/factor.ts';
import { totpRules } from './totp/factor.ts';
import type { FactorView } from './view.ts';

export const factors: readonly FactorView[] = [
  password,
  emailCodeRules,
  emailLinkRules,
  // On its own line: a browser without passkeys does not know this one.
  ...(isWebAuthnSupported() ? [passkeyRules] : []),
  phoneCodeRules,
  totpRules,
  backupCodeRules,
  resetPasswordEmailCodeRules,
  resetPasswordPhoneCodeRules,
];
