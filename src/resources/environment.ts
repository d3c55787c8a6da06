import type { AttributeJSON, EnvironmentJSON } from '../wire/environment.ts';
import type { AttributeSettings, EnvironmentResource } from './types.ts';

/** What an instance allows that says nothing: an email address, checked by code, and a password. */
const defaultAttributes: Record<string, AttributeJSON> = {
  email_address: {
    enabled: true,
    required: true,
    used_for_first_factor: true,
    first_factors: ['email_code'],
    verifications: ['email_code'],
    verify_at_sign_up: true,
  },
  password: { enabled: true, required: true },
};

/** The instance's settings, with every default filled in. */
export function createEnvironment({ auth_config: auth, display_config: display, user_settings: settings }: EnvironmentJSON): EnvironmentResource {
  const rules = settings?.password_settings;
  const attributes = (settings?.attributes ?? defaultAttributes) as Record<string, AttributeJSON | null | undefined>;
  return {
    singleSessionMode: auth?.single_session_mode ?? false,
    applicationName: display?.application_name ?? '',
    homeUrl: display?.home_url ?? '',
    signInUrl: display?.sign_in_url ?? '',
    signUpUrl: display?.sign_up_url ?? '',
    afterSignOutOneUrl: display?.after_sign_out_one_url ?? '',
    afterSignOutAllUrl: display?.after_sign_out_all_url ?? '',
    logoImageUrl: display?.logo_image_url ?? '',
    termsUrl: display?.terms_url ?? '',
    privacyPolicyUrl: display?.privacy_policy_url ?? '',
    supportEmail: display?.support_email ?? '',
    preferredSignInStrategy: display?.preferred_sign_in_strategy ?? '',
    signUpMode: settings?.sign_up?.mode ?? 'public',
    legalConsentEnabled: settings?.sign_up?.legal_consent_enabled ?? false,
    passwordSettings: {
      // The bounds that the hosted client sets, whatever the service says.
      minLength: Math.max(8, rules?.min_length ?? 8),
      maxLength: Math.min(72, rules?.max_length || 72),
      requireUppercase: rules?.require_uppercase ?? false,
      requireLowercase: rules?.require_lowercase ?? false,
      requireNumbers: rules?.require_numbers ?? false,
      requireSpecialCharacter: rules?.require_special_char ?? false,
    },
    attribute: (name) => attributeOf(Object.hasOwn(attributes, name) ? attributes[name] : undefined),
  };
}

function attributeOf(json: AttributeJSON | null | undefined): AttributeSettings {
  return {
    enabled: json?.enabled ?? false,
    required: json?.required ?? false,
    usedForFirstFactor: json?.used_for_first_factor ?? false,
    firstFactors: json?.first_factors ?? [],
    verifications: json?.verifications ?? [],
    verifyAtSignUp: json?.verify_at_sign_up ?? false,
  };
}
