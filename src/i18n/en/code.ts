/** Texts of the field for a one-time code. */
export const en = {
  label: 'Enter verification code',
  resend: (seconds: number) => `Didn’t receive a code? Resend${seconds ? ` (${seconds})` : ''}`,
};
