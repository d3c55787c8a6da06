/** A link by mail (dossier part 2, §2.5, §2.8): listed as a code by mail is, and sent with the page that it leads back to. */
import { form, formText } from '../../wire/form.ts';

export { emailCodeFactor as emailLinkFactor } from '../email-code/wire.ts';
export type { EmailCodeFactorJSON as EmailLinkFactorJSON } from '../email-code/wire.ts';

/** What `prepare_first_factor` and `prepare_second_factor` take. Nothing is attempted: opening the link is the proof. */
export const emailLinkPrepare = form({ strategy: formText, email_address_id: formText, redirect_url: formText });
