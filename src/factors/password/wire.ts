/** The password as a factor (dossier part 2, §2.5). */
import * as z from 'zod/mini';
import { form, formText } from '../../wire/form.ts';
import { text } from '../../wire/primitives.ts';

/** As listed in `supported_first_factors`. */
export const passwordFactor = z.looseObject({ strategy: text });

export type PasswordFactorJSON = z.infer<typeof passwordFactor>;

/** What `attempt_first_factor` takes. */
export const passwordAttempt = form({ strategy: formText, password: formText });
