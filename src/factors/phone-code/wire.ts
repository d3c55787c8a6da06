/** One-time codes as text messages (dossier part 2, §2.5). */
import * as z from 'zod/mini';
import { form, formText } from '../../wire/form.ts';
import { maybe, text } from '../../wire/primitives.ts';

/** As listed in `supported_first_factors` and `supported_second_factors`, once for each number. */
export const phoneCodeFactor = z.looseObject({
  strategy: text,
  /** Masked, for display. */
  safe_identifier: text,
  phone_number_id: text,
  primary: maybe(z.boolean()),
  /** Of the second step: asked for first. */
  default: z.optional(z.boolean()),
});

export type PhoneCodeFactorJSON = z.infer<typeof phoneCodeFactor>;

/** What `prepare_first_factor` and `prepare_second_factor` take; `channel` is `sms`. */
export const phoneCodePrepare = form({ strategy: formText, phone_number_id: formText, channel: formText });

/** What `attempt_first_factor` and `attempt_second_factor` take. */
export const phoneCodeAttempt = form({ strategy: formText, code: formText });
