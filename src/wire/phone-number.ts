/** A phone number of a user (dossier part 2, §1.12). */
import * as z from 'zod/mini';
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
