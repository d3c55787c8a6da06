/** Sign-up attempts (dossier part 2, §3). */
import * as z from 'zod/mini';
import { wrapped } from './endpoint.ts';
import { emptyForm, form, formFlag, formText } from './form.ts';
import { maybe, maybeDocument, maybeFlag, maybeNumber, maybeText, maybeTexts, seldom, text } from './primitives.ts';
import type { OpenEnum } from './primitives.ts';
import { protectCheck } from './protect-check.ts';
import { verification } from './verification.ts';

export const signUp = z.looseObject({
  id: text,
  object: z.optional(text),
  status: text,
  required_fields: maybeTexts,
  optional_fields: maybeTexts,
  missing_fields: maybeTexts,
  unverified_fields: maybeTexts,
  /** By field name: `email_address`, `phone_number`, `web3_wallet`, `external_account`; `null` until supplied. */
  verifications: maybe(
    z.looseObject({
      email_address: maybe(verification),
      phone_number: maybe(verification),
      web3_wallet: maybe(verification),
      external_account: maybe(verification),
    }),
  ),
  username: maybeText,
  email_address: maybeText,
  phone_number: maybeText,
  web3_wallet: maybeText,
  first_name: maybeText,
  last_name: maybeText,
  password_enabled: maybeFlag,
  has_password: maybeFlag,
  unsafe_metadata: maybeDocument,
  public_metadata: maybeDocument,
  custom_action: maybeFlag,
  external_id: maybeText,
  locale: maybeText,
  /** Milliseconds since 1970; numbers also in the resource, unlike other moments. */
  legal_accepted_at: maybeNumber,
  created_session_id: maybeText,
  created_user_id: maybeText,
  abandon_at: maybeNumber,
  timezone: seldom(text),
  protect_check: protectCheck,
});

export type SignUpJSON = z.infer<typeof signUp>;
export type SignUpStatus = OpenEnum<'missing_requirements' | 'complete' | 'abandoned'>;

export const signUpEndpoints = {
  createSignUp: wrapped('POST', '/client/sign_ups', signUp),
  getSignUp: wrapped('GET', '/client/sign_ups/:signUpId', signUp),
  updateSignUp: wrapped('PATCH', '/client/sign_ups/:signUpId', signUp),
  prepareVerification: wrapped('POST', '/client/sign_ups/:signUpId/prepare_verification', signUp),
  attemptVerification: wrapped('POST', '/client/sign_ups/:signUpId/attempt_verification', signUp),
};

const fields = {
  strategy: formText,
  password: formText,
  first_name: formText,
  last_name: formText,
  username: formText,
  email_address: formText,
  phone_number: formText,
  email_address_or_phone_number: formText,
  unsafe_metadata: formText,
  redirect_url: formText,
  action_complete_redirect_url: formText,
  oidc_login_hint: formText,
  oidc_prompt: formText,
  ticket: formText,
  token: formText,
  code: formText,
  legal_accepted: formFlag,
  locale: formText,
};

export const signUpForms = {
  createSignUp: /* @__PURE__ */ form(/* @__PURE__ */ Object.assign({ transfer: formFlag }, fields)),
  getSignUp: emptyForm,
  updateSignUp: /* @__PURE__ */ form(fields),
  prepareVerification: /* @__PURE__ */ form({
    strategy: formText,
    redirect_url: formText,
    action_complete_redirect_url: formText,
    oidc_login_hint: formText,
    oidc_prompt: formText,
    channel: formText,
  }),
  attemptVerification: /* @__PURE__ */ form({ strategy: formText, code: formText, token: formText }),
};
