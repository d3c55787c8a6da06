/** A one-time code by mail (dossier part 2, §2.5). */
import { verificationCodeMail } from '../mail-templates.ts';
import { createMailedCode } from './mailed-code.ts';

export const emailCode = createMailedCode({
  strategy: 'email_code',
  mail: verificationCodeMail,
  isOffered: (_subject, { attributes }) => attributes.emailAddress.firstFactors.includes('email_code'),
  // Whatever the first factor may be: it shows that an unknown browser is the person's.
  isOfferedSecond: (need) => need === 'client_trust',
});
