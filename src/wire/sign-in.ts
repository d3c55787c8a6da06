/** Sign-in attempts (dossier part 2, §2). Factors stay open: only a factor's own folder knows more than its strategy. */
import * as z from 'zod/mini';
import { wrapped } from './endpoint.ts';
import { emptyForm, form, formFlag, formText } from './form.ts';
import { maybe, maybeFlag, maybeList, maybeText, maybeTexts, maybeTimestamp, seldom, text } from './primitives.ts';
import type { OpenEnum } from './primitives.ts';
import { protectCheck } from './protect-check.ts';
import { verification } from './verification.ts';

/** One way to prove who you are. */
export const factor = z.looseObject({
  strategy: text,
  safe_identifier: z.optional(text),
  email_address_id: z.optional(text),
  phone_number_id: z.optional(text),
  primary: maybeFlag,
});

export const signIn = z.looseObject({
  id: text,
  object: z.optional(text),
  status: text,
  supported_identifiers: maybeTexts,
  identifier: maybeText,
  /** Read as it is. */
  user_data: maybe(
    z.extend(z.looseObject({}), { first_name: maybeText, last_name: maybeText, image_url: maybeText, has_image: maybeFlag }),
  ),
  supported_first_factors: maybeList(factor),
  supported_second_factors: maybeList(factor),
  first_factor_verification: maybe(verification),
  second_factor_verification: maybe(verification),
  created_session_id: maybeText,
  abandon_at: maybeTimestamp,
  client_trust_state: maybeText,
  timezone: seldom(text),
  protect_check: protectCheck,
});

export type FactorJSON = z.infer<typeof factor>;
export type SignInJSON = z.infer<typeof signIn>;
export type SignInStatus = OpenEnum<
  'needs_identifier' | 'needs_first_factor' | 'needs_second_factor' | 'needs_client_trust' | 'needs_new_password' | 'complete' | 'abandoned'
>;

export const signInEndpoints = {
  createSignIn: wrapped('POST', '/client/sign_ins', signIn),
  getSignIn: wrapped('GET', '/client/sign_ins/:signInId', signIn),
  prepareFirstFactor: wrapped('POST', '/client/sign_ins/:signInId/prepare_first_factor', signIn),
  attemptFirstFactor: wrapped('POST', '/client/sign_ins/:signInId/attempt_first_factor', signIn),
};

/** What proves something. */
export const attempt = {
  strategy: formText,
  code: formText,
  password: formText,
  signature: formText,
  token: formText,
  ticket: formText,
  public_key_credential: formText,
};

/** What is said before. */
export const prepare = {
  strategy: formText,
  email_address_id: formText,
  phone_number_id: formText,
  passkey_id: formText,
  channel: formText,
  redirect_url: formText,
  action_complete_redirect_url: formText,
  oidc_login_hint: formText,
  oidc_prompt: formText,
};

export const signInForms = {
  createSignIn: /* @__PURE__ */ form({
    strategy: formText,
    identifier: formText,
    password: formText,
    ticket: formText,
    token: formText,
    code: formText,
    redirect_url: formText,
    action_complete_redirect_url: formText,
    oidc_login_hint: formText,
    oidc_prompt: formText,
    transfer: formFlag,
    locale: formText,
    sign_up_if_missing: formFlag,
    channel: formText,
  }),
  getSignIn: emptyForm,
  prepareFirstFactor: /* @__PURE__ */ form(prepare),
  attemptFirstFactor: /* @__PURE__ */ form(attempt),
};
