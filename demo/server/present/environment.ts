/**
 * The environment (dossier part 1, §4.5; part 2, §5): every block complete, since a block that is present replaces the defaults of
 * the official browser. `commerce_settings` is left out as a whole: there is no billing here.
 */
import type { EnvironmentJSON } from '../../../src/wire/environment.ts';
import type { Complete } from '../../../src/wire/primitives.ts';
import type { Dependencies } from '../dependencies.ts';
import { oneTapProvider } from '../oauth/providers.ts';
import type { Restrictions } from '../store/access-identifiers.ts';
import { presentUserSettings } from './user-settings.ts';

export type EnvironmentContext = Pick<Dependencies, 'settings' | 'keys' | 'instanceType' | 'frontendApiUrl'>;

export function presentEnvironment(
  { settings, keys, instanceType, frontendApiUrl }: EnvironmentContext,
  restrictions: Restrictions,
): Complete<EnvironmentJSON> {
  const suffix = keys.instanceId.slice('ins_'.length);
  return {
    object: 'environment',
    id: `env_${suffix}`,
    maintenance_mode: false,
    client_debug_mode: false,
    partitioned_cookies: false,
    auth_config: presentAuthConfig(settings, `aconf_${suffix}`),
    display_config: presentDisplayConfig({ settings, instanceType, frontendApiUrl }, `dconf_${suffix}`),
    user_settings: presentUserSettings(settings, restrictions),
    organization_settings: {
      enabled: false,
      max_allowed_memberships: 1,
      force_organization_selection: false,
      actions: { admin_delete: false },
      domains: { enabled: false, enrollment_modes: [], default_role: 'org:member' },
      slug: { disabled: true },
      organization_creation_defaults: { enabled: false },
      creator_role: 'org:admin',
    },
    api_keys_settings: { enabled: false, user_api_keys_enabled: false, orgs_api_keys_enabled: false },
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
    native_settings: {
      object: 'native_settings',
      api_enabled: false,
      trusted_device_sign_in_enabled: false,
      trusted_device_enrollment_prompt_after_sign_in_enabled: false,
      trusted_device_enrollment_prompt_after_sign_up_enabled: false,
    },
  };
}

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
    logo_image: null,
    logo_image_url: null,
    logo_link_url: home,
    logo_url: null,
    favicon_image: null,
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

/** Google's script works with a real application at Google only. */
function oneTapClientId({ social }: Settings): string | null {
  const google = social.find(({ strategy }) => strategy === oneTapProvider);
  return google?.authenticatable && !google.isPlayed ? (google.clientId ?? null) : null;
}
