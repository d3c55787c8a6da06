/** The password of the signed-in user (dossier part 2, §4.1). */
import { wrapped } from './endpoint.ts';
import { form, formFlag, formText } from './form.ts';
import { user } from './user.ts';

export const passwordEndpoints = {
  changePassword: wrapped('POST', '/me/change_password', user),
  removePassword: wrapped('POST', '/me/remove_password', user),
};

export const passwordForms = {
  changePassword: /* @__PURE__ */ form({ current_password: formText, new_password: formText, sign_out_of_other_sessions: formFlag }),
  removePassword: /* @__PURE__ */ form({ current_password: formText }),
};
