/** A passkey of a user (dossier part 2, §9). */
import * as z from 'zod/mini';
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
