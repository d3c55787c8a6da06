/** A one-time code as a text message (dossier part 2, §2.5). */
import { createSentCode } from './sent-code.ts';

export const phoneCode = createSentCode({
  strategy: 'phone_code',
  kind: 'phone_number',
  purpose: 'verification',
  isOffered: (_subject, { attributes }) => attributes.phoneNumber.firstFactors.includes('phone_code'),
  // A number that is kept for it proves the second step; any other one that an unknown browser is the person's.
  isOfferedSecond: (need, { attributes }) => need === 'client_trust' || attributes.phoneNumber.secondFactors.includes('phone_code'),
});
