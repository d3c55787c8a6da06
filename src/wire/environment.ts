/** The instance's settings, as far as a page needs them (dossier part 1, §4.5; part 2, §5). `{}` is a legal environment. */
import * as z from 'zod/mini';
import { plain } from './endpoint.ts';
import { emptyForm } from './form.ts';
import { maybe, maybeDocument, maybeFlag, maybeNumber, maybeText, maybeTexts } from './primitives.ts';

/** What is read of how one attribute (email address, password …) takes part. */
export const attribute = z.looseObject({
  enabled: maybeFlag,
  required: maybeFlag,
  used_for_first_factor: maybeFlag,
  used_for_second_factor: maybeFlag,
  verifications: maybeTexts,
});

const wholeAttribute = /* @__PURE__ */ z.extend(attribute, {
  first_factors: maybeTexts,
  second_factors: maybeTexts,
  verify_at_sign_up: maybeFlag,
});

/** Names and addresses that pages read. */
export const displayConfig = z.looseObject({
  application_name: maybeText,
  sign_in_url: maybeText,
  sign_up_url: maybeText,
  after_sign_out_one_url: maybeText,
  user_profile_url: maybeText,
  waitlist_url: maybeText,
  logo_image_url: maybeText,
  terms_url: maybeText,
  privacy_policy_url: maybeText,
  support_email: maybeText,
  preferred_sign_in_strategy: maybeText,
});

const wholeDisplayConfig = /* @__PURE__ */ z.extend(displayConfig, {
  home_url: maybeText,
  after_sign_in_url: maybeText,
  after_sign_up_url: maybeText,
  after_sign_out_all_url: maybeText,
});

const authConfig = z.looseObject({ single_session_mode: maybeFlag });
const wholeAuthConfig = /* @__PURE__ */ z.extend(authConfig, { reverification: maybeFlag });

export const passwordSettings = z.looseObject({
  min_length: maybeNumber,
  max_length: maybeNumber,
  require_uppercase: maybeFlag,
  require_lowercase: maybeFlag,
  require_numbers: maybeFlag,
  require_special_char: maybeFlag,
});

export const passkeySettings = z.looseObject({ allow_autofill: maybeFlag, show_sign_in_button: maybeFlag });

export const environment = z.looseObject({
  auth_config: maybe(wholeAuthConfig),
  display_config: maybe(wholeDisplayConfig),
  user_settings: maybe(
    z.looseObject({
      /** By attribute name. Giving `attributes` replaces all defaults. */
      attributes: maybe(
        z.looseObject({
          email_address: maybe(wholeAttribute),
          phone_number: maybe(wholeAttribute),
          username: maybe(wholeAttribute),
          first_name: maybe(wholeAttribute),
          last_name: maybe(wholeAttribute),
          password: maybe(wholeAttribute),
        }),
      ),
      /** By strategy. */
      social: maybeDocument,
      sign_up: maybe(z.looseObject({ mode: maybeText, legal_consent_enabled: maybeFlag })),
      password_settings: maybe(passwordSettings),
      passkey_settings: maybe(passkeySettings),
    }),
  ),
});

/** An entry of `social`: one provider. */
export interface SocialProviderJSON {
  strategy: string;
  enabled: boolean;
  authenticatable: boolean;
  name: string;
  logo_url?: string | null;
}

export type AttributeJSON = z.infer<typeof wholeAttribute>;
export type EnvironmentJSON = z.infer<typeof environment>;

export const environmentEndpoints = {
  /** What a production page asks for. */
  getEnvironment: plain('GET', '/environment', environment),
  /** What a development page asks for (dossier part 1, §4.4). */
  updateEnvironment: plain('PATCH', '/environment', environment),
};

export const environmentForms = { getEnvironment: emptyForm, updateEnvironment: emptyForm };
