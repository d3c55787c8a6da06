/** The code as a text message that lets one set a new password (dossier part 2, §2.5, §2.9). */
export { phoneCodeFactor as resetPasswordPhoneCodeFactor, phoneCodePrepare as resetPasswordPhoneCodePrepare } from '../phone-code/wire.ts';
export type { PhoneCodeFactorJSON as ResetPasswordPhoneCodeFactorJSON } from '../phone-code/wire.ts';
/** With a password the reset is done in one step. */
export { resetPasswordEmailCodeAttempt as resetPasswordPhoneCodeAttempt } from '../reset-password-email-code/wire.ts';
