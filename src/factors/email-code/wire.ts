/** One-time codes by mail (dossier part 2, §2.5). */
import * as z from 'zod/mini';
import { form, formText } from '../../wire/form.ts';
import { maybe, text } from '../../wire/primitives.ts';

/** As listed in `supported_first_factors`, once for each address. */
export const emailCodeFactor = z.looseObject({
  strategy: text,
  /** Masked, for display. */
  safe_identifier: text,
  email_address_id: text,
  primary: maybe(z.boolean()),
});

export type EmailCodeFactorJSON = z.infer<typeof emailCodeFactor>;

/** What `prepare_first_factor` and `prepare_second_factor` take. */
export const emailCodePrepare = form({ strategy: formText, email_address_id: formText });

/** What `attempt_first_factor` and `attempt_second_factor` take. */
export const emailCodeAttempt = form({ strategy: formText, code: formText });
