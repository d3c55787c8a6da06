/** A one-time code by mail (dossier part 2, §2.5). */
import { createSentCode } from './sent-code.ts';

export const emailCode = createSentCode({
  strategy: 'email_code',
  kind: 'email_address',
  purpose: 'verification',
  isOffered: (_subject, { attributes }) => attributes.emailAddress.firstFactors.includes('email_code'),
  // Whatever the first factor may be: it shows that an unknown browser is the person's.
  isOfferedSecond: (need) => need === 'client_trust',
});
