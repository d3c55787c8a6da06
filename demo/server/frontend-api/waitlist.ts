/** The waitlist, for whoever wants to be told when it is their turn (dossier part 2, §4.1). */
import type { waitlistEndpoints } from '../../../src/wire/waitlist.ts';
import { requireText } from '../domain/form-values.ts';
import { parseEmailAddress } from '../domain/identifiers.ts';
import { joinWaitlist } from '../domain/waitlist.ts';
import { ApiError } from '../errors.ts';
import type { Handlers } from './handler.ts';

export const waitlistHandlers: Handlers<keyof typeof waitlistEndpoints> = {
  joinWaitlist: async ({ context, caller, form }) => {
    await caller.checkRate('createSignUp');
    if (context.settings.signUp.mode !== 'waitlist') throw waitlistNotEnabled();
    const emailAddress = parseEmailAddress(requireText(form.email_address, 'email_address'));
    // The same answer for who is there already: it tells nobody more than that.
    const { id } = await joinWaitlist(context, emailAddress);
    return { object: 'waitlist_entry', id };
  },
};

const waitlistNotEnabled = () =>
  new ApiError(403, {
    code: 'feature_not_enabled',
    message: 'Not enabled',
    longMessage: 'This instance has no waitlist. Set sign_up.mode to waitlist in its settings, or sign up.',
  });
