/** The signed-in user's own phone numbers (dossier part 2, §4.1). In a file of its own, since the browser's core has no use for it. */
import * as z from 'zod/mini';
import { deletedObject } from './deleted-object.ts';
import { plain, wrapped } from './endpoint.ts';
import { emptyForm, form, formFlag, formText } from './form.ts';
import { phoneNumber } from './phone-number.ts';

export const phoneNumberEndpoints = {
  listPhoneNumbers: plain('GET', '/me/phone_numbers', z.array(phoneNumber)),
  createPhoneNumber: wrapped('POST', '/me/phone_numbers', phoneNumber),
  getPhoneNumber: wrapped('GET', '/me/phone_numbers/:phoneNumberId', phoneNumber),
  updatePhoneNumber: wrapped('PATCH', '/me/phone_numbers/:phoneNumberId', phoneNumber),
  deletePhoneNumber: wrapped('DELETE', '/me/phone_numbers/:phoneNumberId', deletedObject),
  preparePhoneNumber: wrapped('POST', '/me/phone_numbers/:phoneNumberId/prepare_verification', phoneNumber),
  attemptPhoneNumber: wrapped('POST', '/me/phone_numbers/:phoneNumberId/attempt_verification', phoneNumber),
};

export const phoneNumberForms = {
  listPhoneNumbers: emptyForm,
  createPhoneNumber: /* @__PURE__ */ form({ phone_number: formText, reserved_for_second_factor: formFlag }),
  getPhoneNumber: emptyForm,
  updatePhoneNumber: /* @__PURE__ */ form({ reserved_for_second_factor: formFlag, default_second_factor: formFlag }),
  deletePhoneNumber: emptyForm,
  preparePhoneNumber: /* @__PURE__ */ form({ strategy: formText, channel: formText }),
  attemptPhoneNumber: /* @__PURE__ */ form({ code: formText }),
};
