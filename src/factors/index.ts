/** Every factor that the cards know; one line a folder. Others are skipped. */
import { emailCode } from './email-code/view.ts';
import { password } from './password/view.ts';
import { resetPasswordEmailCode } from './reset-password-email-code/view.ts';
import type { FactorView } from './view.ts';

export const factors: readonly FactorView[] = [password, emailCode, resetPasswordEmailCode];
