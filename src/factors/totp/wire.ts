/** The code of an authenticator app (dossier part 2, §2.5). */
import * as z from 'zod/mini';
import { form, formText } from '../../wire/form.ts';
import { text } from '../../wire/primitives.ts';

/** As listed in `supported_second_factors`. */
export const totpFactor = z.looseObject({ strategy: text });

export type TOTPFactorJSON = z.infer<typeof totpFactor>;

/** What `attempt_second_factor` takes. */
export const totpAttempt = form({ strategy: formText, code: formText });
