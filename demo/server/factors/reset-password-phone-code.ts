/** The code as a text message that lets one set a new password (dossier part 2, §2.5, §2.9). */
import { createSentCode } from './sent-code.ts';

export const resetPasswordPhoneCode = createSentCode({
  strategy: 'reset_password_phone_code',
  kind: 'phone_number',
  purpose: 'password_reset',
  isOffered: ({ hasPassword }, { attributes }) => attributes.password.enabled && hasPassword,
  leadsToNewPassword: true,
});
