/** The code by mail that lets one set a new password (dossier part 2, §2.5, §2.9). */
import { createSentCode } from './sent-code.ts';

export const resetPasswordEmailCode = createSentCode({
  strategy: 'reset_password_email_code',
  kind: 'email_address',
  purpose: 'password_reset',
  isOffered: ({ hasPassword }, { attributes }) => attributes.password.enabled && hasPassword,
  leadsToNewPassword: true,
});
