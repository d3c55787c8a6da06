/** The code of an authenticator app as second factor (dossier part 2, §2.5; RFC 6238). */
import { takeTotpCode } from '../domain/second-factors.ts';
import { createKeptCode } from './kept-code.ts';

export const totp = createKeptCode({
  strategy: 'totp',
  isOffered: ({ totp_enabled }, { attributes }) => attributes.authenticatorApp.enabled && totp_enabled,
  take: takeTotpCode,
});
