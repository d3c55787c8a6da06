/** A phone number of a user, and the endpoints of their own ones (dossier part 2, §1.12, §4.1). */
import * as z from 'zod/mini';
import { deletedObject } from './deleted-object.ts';
import { plain, wrapped } from './endpoint.ts';
import { emptyForm, form, formFlag, formText } from './form.ts';
import { maybe, maybeFlag, maybeList, maybeTexts, maybeTimestamp, text } from './primitives.ts';
import { verification } from './verification.ts';

export const phoneNumber = z.looseObject({
  id: text,
  object: z.optional(text),
  /** E.164. */
  phone_number: text,
  reserved: maybeFlag,
  /** Kept for the second step of sign-ins. */
  reserved_for_second_factor: maybeFlag,
  default_second_factor: maybeFlag,
  verification: maybe(verification),
  linked_to: maybeList(z.looseObject({})),
  /** In the answer of the update that has turned the first second factor on. */
  backup_codes: maybeTexts,
  created_at: maybeTimestamp,
  updated_at: maybeTimestamp,
});

export type PhoneNumberJSON = z.infer<typeof phoneNumber>;

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
