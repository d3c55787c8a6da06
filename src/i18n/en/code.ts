import { catalogue } from '../../rules/page-texts.ts';

/** Texts of the field for a one-time code. */
export const en = catalogue('code', {
  label: 'Enter verification code',
  resend: (seconds: number) => `Didn’t receive a code? Resend${seconds ? ` (${seconds})` : ''}`,
});
