/** What the cards need of factors after their first screen, by strategy; part of the further file of the UI (`elements/later.ts`). */
import type { SignInFactor } from '../resources/types.ts';
import { backupCode } from './backup-code/later-view.ts';
import { emailCode } from './email-code/later-view.ts';
import { emailLink } from './email-link/later-view.ts';
import { passkey } from './passkey/later-view.ts';
import { password } from './password/later-view.ts';
import { phoneCode } from './phone-code/later-view.ts';
import { resetPasswordEmailCode } from './reset-password-email-code/later-view.ts';
import { resetPasswordPhoneCode } from './reset-password-phone-code/later-view.ts';
import { totp } from './totp/later-view.ts';
import type { FactorContext, FactorParts, FactorScreen } from './view.ts';

/** A factor as it is offered, and drawn. */
export interface LaterFactorView {
  /** The text of the button that chooses it. */
  method(factor: SignInFactor): string;
  /** Absent where the factor's `view.ts` has it. */
  screen?(context: FactorContext, parts: FactorParts): FactorScreen;
}

/** One line a folder. */
export const laterFactors: Record<string, LaterFactorView> = {
  password,
  email_code: emailCode,
  email_link: emailLink,
  passkey,
  phone_code: phoneCode,
  totp,
  backup_code: backupCode,
  reset_password_email_code: resetPasswordEmailCode,
  reset_password_phone_code: resetPasswordPhoneCode,
};
