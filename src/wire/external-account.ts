/** Accounts at other providers that the signed-in user connects (dossier part 2, §1.12, §4.1). */
import * as z from 'zod/mini';
import { deletedObject } from './deleted-object.ts';
import { wrapped } from './endpoint.ts';
import { emptyForm, form, formText, formTexts } from './form.ts';
import { maybe, maybeDocument, maybeFlag, maybeText, maybeTimestamp, text } from './primitives.ts';
import { user } from './user.ts';
import { verification } from './verification.ts';

export const externalAccount = z.looseObject({
  id: text,
  object: z.optional(text),
  /** With its prefix, as strategies are called: `oauth_google`. */
  provider: text,
  identification_id: text,
  provider_user_id: text,
  /** Separated by spaces. */
  approved_scopes: text,
  email_address: text,
  /** `null`: the provider does not say. */
  email_address_verified: maybeFlag,
  first_name: text,
  last_name: text,
  image_url: maybeText,
  /** The older name of `image_url`. */
  avatar_url: text,
  username: maybeText,
  phone_number: maybeText,
  public_metadata: maybeDocument,
  label: maybeText,
  verification: maybe(verification),
  created_at: maybeTimestamp,
  updated_at: maybeTimestamp,
});

export type ExternalAccountJSON = z.infer<typeof externalAccount>;

export const externalAccountEndpoints = {
  createExternalAccount: wrapped('POST', '/me/external_accounts', externalAccount),
  reauthorizeExternalAccount: wrapped('PATCH', '/me/external_accounts/:externalAccountId/reauthorize', externalAccount),
  deleteExternalAccount: wrapped('DELETE', '/me/external_accounts/:externalAccountId', deletedObject),
  revokeExternalAccountTokens: wrapped('DELETE', '/me/external_accounts/:externalAccountId/tokens', user),
};

const redirect = {
  redirect_url: formText,
  action_complete_redirect_url: formText,
  additional_scope: formTexts,
  oidc_login_hint: formText,
  oidc_prompt: formText,
};

export const externalAccountForms = {
  createExternalAccount: /* @__PURE__ */ form(/* @__PURE__ */ Object.assign({ strategy: formText }, redirect)),
  reauthorizeExternalAccount: /* @__PURE__ */ form(redirect),
  deleteExternalAccount: emptyForm,
  revokeExternalAccountTokens: emptyForm,
};
