/** What comes late in a sign-in, if it comes at all: the second step, and a new password (dossier part 2, §2). */
import { wrapped } from './endpoint.ts';
import { form, formFlag, formText } from './form.ts';
import { attempt, prepare, signIn } from './sign-in.ts';

export const laterSignInEndpoints = {
  prepareSecondFactor: wrapped('POST', '/client/sign_ins/:signInId/prepare_second_factor', signIn),
  attemptSecondFactor: wrapped('POST', '/client/sign_ins/:signInId/attempt_second_factor', signIn),
  resetPassword: wrapped('POST', '/client/sign_ins/:signInId/reset_password', signIn),
};

export const laterSignInForms = {
  prepareSecondFactor: /* @__PURE__ */ form(prepare),
  attemptSecondFactor: /* @__PURE__ */ form(attempt),
  resetPassword: /* @__PURE__ */ form({ password: formText, sign_out_of_other_sessions: formFlag }),
};
