/** A passkey as a factor (dossier part 2, §2.5, §9). */
import * as z from 'zod/mini';
import { form, formText } from '../../wire/form.ts';
import { text } from '../../wire/primitives.ts';

/** As listed in `supported_first_factors` and `supported_second_factors`. */
export const passkeyFactor = z.looseObject({ strategy: text });

export type PasskeyFactorJSON = z.infer<typeof passkeyFactor>;

/** What `prepare_first_factor` and `prepare_second_factor` take; the answer's verification has the options in its `nonce`. */
export const passkeyPrepare = form({ strategy: formText });

/** What `attempt_first_factor` and `attempt_second_factor` take: the credential of the browser as JSON text, its bytes as base64url. */
export const passkeyAttempt = form({ strategy: formText, public_key_credential: formText });
