/** Passkeys of the signed-in user (dossier part 2, §4.1, §9). */
import * as z from 'zod/mini';
import { deletedObject } from './deleted-object.ts';
import { wrapped } from './endpoint.ts';
import { emptyForm, form, formText } from './form.ts';
import { maybe, maybeTimestamp, text } from './primitives.ts';
import { verification } from './verification.ts';

export const passkey = z.looseObject({
  id: text,
  object: z.optional(text),
  name: text,
  last_used_at: maybeTimestamp,
  /** Its `nonce`, in the answer of the creation alone, holds the options for `navigator.credentials.create()`. */
  verification: maybe(verification),
  created_at: maybeTimestamp,
  updated_at: maybeTimestamp,
});

export type PasskeyJSON = z.infer<typeof passkey>;

export const passkeyEndpoints = {
  createPasskey: wrapped('POST', '/me/passkeys', passkey),
  getPasskey: wrapped('GET', '/me/passkeys/:passkeyId', passkey),
  updatePasskey: wrapped('PATCH', '/me/passkeys/:passkeyId', passkey),
  deletePasskey: wrapped('DELETE', '/me/passkeys/:passkeyId', deletedObject),
  verifyPasskey: wrapped('POST', '/me/passkeys/:passkeyId/attempt_verification', passkey),
};

export const passkeyForms = {
  createPasskey: emptyForm,
  getPasskey: emptyForm,
  updatePasskey: /* @__PURE__ */ form({ name: formText }),
  deletePasskey: emptyForm,
  verifyPasskey: /* @__PURE__ */ form({ strategy: formText, public_key_credential: formText }),
};
