/** An email address of a user (dossier part 2, §1.12). */
import * as z from 'zod/mini';
import { maybe, maybeFlag, maybeList, maybeTimestamp, text } from './primitives.ts';
import { verification } from './verification.ts';

export const emailAddress = z.looseObject({
  id: text,
  object: z.optional(text),
  email_address: text,
  reserved: maybeFlag,
  verification: maybe(verification),
  linked_to: maybeList(z.looseObject({})),
  matches_sso_connection: maybeFlag,
  created_at: maybeTimestamp,
  updated_at: maybeTimestamp,
});

export type EmailAddressJSON = z.infer<typeof emailAddress>;
