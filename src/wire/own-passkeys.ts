/** The signed-in user's own passkeys (dossier part 2, §4.1, §9). In a file of its own, since the browser's core has no use for it. */
import { deletedObject } from './deleted-object.ts';
import { wrapped } from './endpoint.ts';
import { emptyForm, form, formText } from './form.ts';
import { passkey } from './passkey.ts';

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
