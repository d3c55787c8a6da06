/**
 * The environment (dossier part 1, §4.5; part 2, §5): every block complete, since a block that is present replaces the defaults of
 * the official browser. `commerce_settings` is left out as a whole: there is no billing here.
 */
import type { AttributeJSON, EnvironmentJSON } from '../../../src/wire/environment.ts';
import type { Complete } from '../../../src/wire/primitives.ts';
import type { Dependencies } from '../dependencies.ts';
import { oneTapProvider } from '../oauth/providers.ts';

export type EnvironmentContext = Pick<Dependencies, 'settings' | 'keys' | 'instanceType' | 'frontendApiUrl'>;

export function presentEnvironment({ settings, keys, instanceType, frontendApiUrl }: EnvironmentContext): Complete<EnvironmentJSON> {
  const suffix = keys.instanceId.slice('ins_'.length);
  return {
    object: 'environment',
    id: `env_${suffix}`,
    maintenance_mode: false,
    client_debug_mode: false,
    partitioned_cookies: false,
    auth_config: presentAuthConfig(settings, `aconf_${suffix}`),
    display_config: presentDisplayConfig({ settings, instanceType, frontendApiUrl }, `dconf_${suffix}`),
    user_settings: presentUserSettings(settings),
    organization_settings: {
      enabled: false,
      max_allowed_memberships: 1,
      force_organization_selection: false,
      actions: { admin_delete: false },
      domains: { enabled: false, enrollment_modes: [], default_role: null },
      slug: { disabled: true },
      organization_creation_defaults: { enabled: false },
      creator_role: null,
    },
    api_keys_settings: { user_api_keys_enabled: false, orgs_api_keys_enabled: false },
    fraud_settings: { native: { device_attestation_mode: 'disabled' } },
    native_settings: null,
  };
}

type Settings = Dependencies['settings'];

const level = ({ enabled, required }: { enabled: boolean; required: boolean }) => (required ? 'required' : enabled ? 'on' : 'off');

function presentAuthConfig({ attributes, singleSessionMode, testMode, reverification }: Settings, id: string) {
  const { emailAddress, phoneNumber, username } = attributes;
  return {
    object: 'auth_config',
    id,
    single_session_mode: singleSessionMode,
    // With `false` the official browser never starts it (dossier part 2, §4.4).
    reverification,
    claimed_at: null,
    preferred_channels: null,
    session_minter: false,
    first_name: level(attributes.firstName),
    last_name: level(attributes.lastName),
    email_address: level(emailAddress),
    phone_number: level(phoneNumber),
    username: level(username),
    password: level(attributes.password),
    identification_requirements: [],
    identification_strategies: [
      ...(emailAddress.enabled ? ['email_address'] : []),
      ...(phoneNumber.enabled ? ['phone_number'] : []),
      ...(username.enabled ? ['username'] : []),
    ],
    first_factors: [
      ...(attributes.password.enabled ? ['password'] : []),
      ...(emailAddress.enabled ? emailAddress.firstFactors : []),
      ...(phoneNumber.enabled ? phoneNumber.firstFactors : []),
      ...(attributes.passkey.enabled ? ['passkey'] : []),
    ],
    second_factors: secondFactorsOf(attributes),
    email_address_verification_strategies: emailAddress.verifyAtSignUp ? [...emailAddress.verifications] : [],
    enhanced_email_deliverability: false,
    test_mode: testMode,
    url_based_session_syncing: true,
    native_settings: { api_enabled: false },
  };
}

const hasPhoneSecondFactor = ({ phoneNumber }: Settings['attributes']) => phoneNumber.enabled && phoneNumber.secondFactors.length > 0;

const secondFactorsOf = ({ phoneNumber, authenticatorApp, backupCode }: Settings['attributes']) => [
  ...(phoneNumber.enabled ? phoneNumber.secondFactors : []),
  ...(authenticatorApp.enabled ? ['totp'] : []),
  ...(backupCode.enabled ? ['backup_code'] : []),
];

function presentDisplayConfig(
  { settings, instanceType, frontendApiUrl }: Pick<EnvironmentContext, 'settings' | 'instanceType' | 'frontendApiUrl'>,
  id: string,
) {
  const { urls } = settings;
  const absolute = (page: string) => page && new URL(page, frontendApiUrl).href;
  const home = absolute(urls.home);
  return {
    object: 'display_config',
    id,
    instance_environment_type: instanceType,
    application_name: settings.applicationName,
    theme: {},
    branded: false,
    show_devmode_warning: false,
    preferred_sign_in_strategy: settings.preferredSignInStrategy,
    logo_image_url: null,
    logo_link_url: home,
    logo_url: null,
    favicon_image_url: null,
    favicon_url: null,
    home_url: home,
    sign_in_url: absolute(urls.signIn),
    sign_up_url: absolute(urls.signUp),
    user_profile_url: '',
    waitlist_url: '',
    organization_profile_url: '',
    create_organization_url: '',
    after_sign_in_url: home,
    after_sign_up_url: home,
    after_sign_out_one_url: absolute(urls.afterSignOut),
    after_sign_out_all_url: absolute(urls.afterSignOut),
    after_switch_session_url: home,
    after_join_waitlist_url: home,
    after_create_organization_url: home,
    after_leave_organization_url: home,
    oauth_consent_url: '',
    help_url: null,
    terms_url: absolute(urls.terms) || null,
    privacy_policy_url: absolute(urls.privacyPolicy) || null,
    support_email: settings.supportEmail || null,
    clerk_js_version: '6',
    experimental_force_oauth_first: false,
    google_one_tap_client_id: oneTapClientId(settings),
    captcha_public_key: null,
    captcha_public_key_invisible: null,
    captcha_widget_type: null,
    captcha_provider: 'turnstile',
    captcha_oauth_bypass: [],
    captcha_heartbeat: false,
    captcha_heartbeat_interval_ms: 600_000,
  };
}

function presentUserSettings({
  attributes,
  password,
  passkey,
  signIn,
  signUp,
  lockout,
  emailLink,
  deleteSelf,
  enumerationProtection,
  social,
}: Settings) {
  const off = { enabled: false };
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
      captcha_widget_type: null,
      custom_action_required: false,
      legal_consent_enabled: signUp.legalConsent,
      allowlist_only: false,
      mfa: { required: signIn.secondFactor.required },
    },
    restrictions: {
      allowlist: off,
      blocklist: off,
      allowlist_blocklist_disabled_on_sign_in: off,
      block_email_subaddresses: off,
      block_disposable_email_domains: off,
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
function presentSocial(social: Settings['social']) {
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

/** Google's script works with a real application at Google only. */
function oneTapClientId({ social }: Settings): string | null {
  const google = social.find(({ strategy }) => strategy === oneTapProvider);
  return google?.authenticatable && !google.isPlayed ? (google.clientId ?? null) : null;
}

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

function presentAttributes(attributes: Settings['attributes']) {
  const { emailAddress, phoneNumber, username, firstName, lastName, password, authenticatorApp, backupCode, passkey } = attributes;
  const simple = ({ enabled, required }: { enabled: boolean; required: boolean }) => ({
    ...attributeOff,
    enabled,
    required: enabled && required,
  });
  const second = ({ enabled }: { enabled: boolean }, strategy: string) =>
    enabled ? { ...attributeOff, enabled, used_for_second_factor: true, second_factors: [strategy] } : attributeOff;
  return {
    email_address: emailAddress.enabled
      ? {
          ...simple(emailAddress),
          used_for_first_factor: true,
          first_factors: [...emailAddress.firstFactors],
          verifications: [...emailAddress.verifications],
          verify_at_sign_up: emailAddress.verifyAtSignUp,
        }
      : attributeOff,
    phone_number: phoneNumber.enabled
      ? {
          ...simple(phoneNumber),
          used_for_first_factor: true,
          first_factors: [...phoneNumber.firstFactors],
          used_for_second_factor: phoneNumber.secondFactors.length > 0,
          second_factors: [...phoneNumber.secondFactors],
          verifications: ['phone_code'],
          verify_at_sign_up: phoneNumber.verifyAtSignUp,
          channels: ['sms'],
        }
      : { ...attributeOff, channels: [] as string[] },
    username: { ...simple(username), used_for_first_factor: username.enabled },
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
