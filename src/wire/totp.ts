/** Authenticator app and backup codes of the signed-in user (dossier part 2, §4.1, §4.2). */
import * as z from 'zod/mini';
import { deletedObject } from './deleted-object.ts';
import { wrapped } from './endpoint.ts';
import { emptyForm, form, formText } from './form.ts';
import { flag, maybeText, maybeTexts, maybeTimestamp, text } from './primitives.ts';

export const totp = z.looseObject({
  id: text,
  object: z.optional(text),
  /** Base32; with the address for the QR code, in the answer of the creation alone. */
  secret: maybeText,
  uri: maybeText,
  verified: flag,
  /** In the answer of the verification, if they were made with it. */
  backup_codes: maybeTexts,
  created_at: maybeTimestamp,
  updated_at: maybeTimestamp,
});

/** Backup codes, in the answer of their creation alone. */
export const backupCodes = z.looseObject({
  id: text,
  object: z.optional(text),
  codes: z.array(text),
  created_at: maybeTimestamp,
  updated_at: maybeTimestamp,
});

export type TOTPJSON = z.infer<typeof totp>;
export type BackupCodesJSON = z.infer<typeof backupCodes>;

export const totpEndpoints = {
  createTOTP: wrapped('POST', '/me/totp', totp),
  verifyTOTP: wrapped('POST', '/me/totp/attempt_verification', totp),
  deleteTOTP: wrapped('DELETE', '/me/totp', deletedObject),
  createBackupCodes: wrapped('POST', '/me/backup_codes', backupCodes),
};

export const totpForms = {
  createTOTP: emptyForm,
  verifyTOTP: /* @__PURE__ */ form({ code: formText }),
  deleteTOTP: emptyForm,
  createBackupCodes: emptyForm,
};
