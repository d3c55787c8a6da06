/** What people of this instance have and sign in with: `user_settings` of the environment (dossier part 2, §5). */
import type { AttributeJSON } from '../../../src/wire/environment.ts';
import type { Complete } from '../../../src/wire/primitives.ts';
import type { InstanceSettings } from '../settings.ts';
import type { Restrictions } from '../store/access-identifiers.ts';

export function presentUserSettings(
  { attributes, password, passkey, signIn, signUp, lockout, emailLink, deleteSelf, enumerationProtection, social }: InstanceSettings,
  restrictions: Restrictions,
) {
  const isPasskeyOn = attributes.passkey.enabled;
  return {
    attributes: presentAttributes(attributes),
    social: presentSocial(social),
    saml: { enabled: false, self_serve_sso: false },
    enterprise_sso: { enabled: false, self_serve_sso: false },
    sign_in: {
      second_factor: {
        required: signIn.secondFactor.required,
        enabled: attributes.authenticatorApp.enabled || hasPhoneSecondFactor(attributes),
      },
    },
    sign_up: {
      mode: signUp.mode,
      progressive: true,
      captcha_enabled: false,
      captcha_widget_type: 'invisible',
      custom_action_required: false,
      legal_consent_enabled: signUp.legalConsent,
      allowlist_only: restrictions.allowlist,
      mfa: { required: signIn.secondFactor.required },
    },
    restrictions: {
      allowlist: { enabled: restrictions.allowlist },
      blocklist: { enabled: restrictions.blocklist },
      allowlist_blocklist_disabled_on_sign_in: { enabled: restrictions.allowlist_blocklist_disabled_on_sign_in },
      block_email_subaddresses: { enabled: restrictions.block_email_subaddresses },
      block_disposable_email_domains: { enabled: restrictions.block_disposable_email_domains },
    },
    password_settings: {
      min_length: password.minLength,
      max_length: password.maxLength,
      require_uppercase: password.requireUppercase,
      require_lowercase: password.requireLowercase,
      require_numbers: password.requireNumbers,
      require_special_char: password.requireSpecialCharacter,
      allowed_special_characters: '!"#$%&\'()*+,-./:;<=>?@[]^_`{|}~',
      disable_hibp: true,
      enforce_hibp_on_sign_in: false,
      disable_password_reverification: false,
      show_zxcvbn: false,
      min_zxcvbn_strength: 0,
    },
    username_settings: {
      min_length: 4,
      max_length: 64,
      allow_extended_special_characters: false,
      allow_numeric_usernames: false,
    },
    passkey_settings: {
      allow_autofill: isPasskeyOn && passkey.allowAutofill,
      show_sign_in_button: isPasskeyOn && passkey.showSignInButton,
      satisfies_second_factor: isPasskeyOn && passkey.satisfiesSecondFactor,
    },
    actions: { delete_self: deleteSelf, create_organization: false, create_organizations_limit: null },
    attack_protection: {
      user_lockout: { enabled: true, max_attempts: lockout.maxAttempts, duration_in_minutes: lockout.durationInMinutes },
      pii: { enabled: true },
      email_link: { require_same_client: emailLink.requireSameClient },
      enumeration_protection: { enabled: enumerationProtection },
    },
  };
}

/** By strategy. */
function presentSocial(social: InstanceSettings['social']) {
  return Object.fromEntries(
    social.map(({ strategy, name, logoUrl, authenticatable }) => [
      strategy,
      {
        enabled: true,
        required: false,
        authenticatable,
        block_email_subaddresses: false,
        strategy,
        not_selectable: false,
        deprecated: false,
        name,
        logo_url: logoUrl ?? null,
      },
    ]),
  );
}

const hasPhoneSecondFactor = ({ phoneNumber }: InstanceSettings['attributes']) =>
  phoneNumber.enabled && phoneNumber.secondFactors.length > 0;

const attributeOff = {
  enabled: false,
  required: false,
  immutable: false,
  used_for_first_factor: false,
  first_factors: [] as string[],
  used_for_second_factor: false,
  second_factors: [] as string[],
  verifications: [] as string[],
  verify_at_sign_up: false,
} satisfies Complete<AttributeJSON>;

function presentAttributes(attributes: InstanceSettings['attributes']) {
  const { emailAddress, phoneNumber, username, firstName, lastName, password, authenticatorApp, backupCode, passkey } = attributes;
  const simple = ({ enabled, required }: { enabled: boolean; required: boolean }) => ({
    ...attributeOff,
    enabled,
    required: enabled && required,
  });
  const second = ({ enabled }: { enabled: boolean }, strategy: string) =>
    enabled ? { ...attributeOff, enabled, used_for_second_factor: true, second_factors: [strategy] } : attributeOff;
  // Where providers are the only way in there is no use in saying who one is.
  const isAsked =
    password.enabled || passkey.enabled || [emailAddress, phoneNumber].some((each) => each.enabled && each.firstFactors.length > 0);
  return {
    email_address: emailAddress.enabled
      ? {
          ...simple(emailAddress),
          used_for_first_factor: isAsked,
          first_factors: [...emailAddress.firstFactors],
          verifications: [...emailAddress.verifications],
          verify_at_sign_up: emailAddress.verifyAtSignUp,
        }
      : attributeOff,
    phone_number: phoneNumber.enabled
      ? {
          ...simple(phoneNumber),
          used_for_first_factor: isAsked,
          first_factors: [...phoneNumber.firstFactors],
          used_for_second_factor: phoneNumber.secondFactors.length > 0,
          second_factors: [...phoneNumber.secondFactors],
          verifications: ['phone_code'],
          verify_at_sign_up: phoneNumber.verifyAtSignUp,
          channels: ['sms'],
        }
      : { ...attributeOff, channels: [] as string[] },
    username: { ...simple(username), used_for_first_factor: username.enabled && isAsked },
    first_name: simple(firstName),
    last_name: simple(lastName),
    password: simple(password),
    web3_wallet: attributeOff,
    authenticator_app: second(authenticatorApp, 'totp'),
    ticket: attributeOff,
    backup_code: second(backupCode, 'backup_code'),
    passkey: passkey.enabled
      ? { ...attributeOff, enabled: true, used_for_first_factor: true, first_factors: ['passkey'], verifications: ['passkey'] }
      : attributeOff,
  };
}
