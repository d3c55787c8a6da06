/** The code by mail that lets one set a new password (dossier part 2, §2.5, §2.9). */
import { passwordResetMail } from '../mail-templates.ts';
import { createMailedCode } from './mailed-code.ts';

export const resetPasswordEmailCode = createMailedCode({
  strategy: 'reset_password_email_code',
  mail: passwordResetMail,
  isOffered: ({ hasPassword }, { attributes }) => attributes.password.enabled && hasPassword,
  leadsToNewPassword: true,
});
