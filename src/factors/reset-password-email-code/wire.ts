/** The code that lets one set a new password (dossier part 2, §2.5, §2.9). */
export { emailCodeFactor as resetPasswordEmailCodeFactor, emailCodePrepare as resetPasswordEmailCodePrepare } from '../email-code/wire.ts';
export type { EmailCodeFactorJSON as ResetPasswordEmailCodeFactorJSON } from '../email-code/wire.ts';

import { form, formText } from '../../wire/form.ts';

/** What `attempt_first_factor` takes; with a password the reset is done in one step. */
export const resetPasswordEmailCodeAttempt = form({ strategy: formText, code: formText, password: formText });
