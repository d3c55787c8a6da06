/** Verification: the state of proving one thing (dossier part 2, §0.5). */
import * as z from 'zod/mini';
import { maybeNumber, maybeTimestamp, seldom, text } from './primitives.ts';
import type { OpenEnum } from './primitives.ts';
import { apiErrorItem } from './error.ts';

export const verification = z.looseObject({
  object: z.optional(text),
  /** See {@link VerificationStatus}; `null` never occurs, an absent verification is `null` as a whole. */
  status: text,
  strategy: text,
  attempts: maybeNumber,
  expire_at: maybeTimestamp,
  nonce: z.optional(text),
  message: z.optional(text),
  channel: z.optional(text),
  external_verification_redirect_url: seldom(text),
  verified_at_client: z.optional(text),
  error: seldom(apiErrorItem),
});

export type VerificationJSON = z.infer<typeof verification>;
export type VerificationStatus = OpenEnum<'unverified' | 'verified' | 'failed' | 'expired' | 'transferable'>;
