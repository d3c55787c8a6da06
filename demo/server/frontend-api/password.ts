/** The password of the signed-in user (dossier part 2, §4.1). */
import type { passwordEndpoints } from '../../../src/wire/password.ts';
import { requireText } from '../domain/form-values.ts';
import { changeOwnPassword, removeOwnPassword } from '../domain/own-password.ts';
import { resetPassword } from '../domain/session-tasks.ts';
import { ApiError } from '../errors.ts';
import { presentUser } from '../present/user.ts';
import type { Handlers } from './handler.ts';
import { requireOwner, requireUser } from './user.ts';

export const passwordHandlers: Handlers<keyof typeof passwordEndpoints> = {
  changePassword: async ({ context, caller, form }) => {
    await caller.checkRate('attempt');
    const user = await requireOwner(context, caller);
    if (!context.settings.attributes.password.enabled) throw notEnabled();
    const { id, tasks } = await caller.session();
    const password = requireText(form.new_password, 'new_password');
    const exceptSessionId = form.sign_out_of_other_sessions ? id : undefined;
    const current = form.current_password;
    // Clerk's own profile does not ask for it where the API asks for a fresh proof instead, as it has above.
    const isProved = tasks.includes(resetPassword) || (context.settings.reverification && current === undefined);
    await changeOwnPassword(context, { user, current, isProved }, { password, exceptSessionId });
    return presentUser(await requireUser(context, caller), context);
  },

  removePassword: async ({ context, caller, form }) => {
    await caller.checkRate('attempt');
    const user = await requireOwner(context, caller);
    await removeOwnPassword(context, { user, current: form.current_password });
    return presentUser(await requireUser(context, caller), context);
  },
};

const notEnabled = () =>
  new ApiError(403, {
    code: 'feature_not_enabled',
    message: 'Not enabled',
    longMessage: 'Passwords are not enabled in the settings of this instance.',
  });
