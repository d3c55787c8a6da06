import { camelCase } from '../rules/names.ts';
import { attribute as attributeSchema, displayConfig } from '../wire/environment.ts';
import type { EnvironmentJSON } from '../wire/environment.ts';
import { take } from './base.ts';
import type { AttributeSettings, EnvironmentResource } from './types.ts';

const needed = { enabled: true, required: true };
const code = ['email_code'];

/** What an instance allows that says nothing: an email address, checked by code, and a password. */
const defaultAttributes = {
  email_address: { ...needed, used_for_first_factor: true, first_factors: code, verifications: code, verify_at_sign_up: true },
  password: needed,
};

/** The instance's settings, with every default filled in. */
export function createEnvironment({ auth_config: auth, display_config: display, user_settings: settings }: EnvironmentJSON): EnvironmentResource {
  const rules = settings?.password_settings;
  const attributes: Record<string, object | null | undefined> = (settings?.attributes as Record<string, object | null> | null | undefined) ?? defaultAttributes;
  const texts = Object.fromEntries(Object.keys(displayConfig.shape).map((name) => [camelCase(name), display?.[name] ?? '']));
  return {
    ...(texts as unknown as EnvironmentResource),
    singleSessionMode: auth?.single_session_mode ?? false,
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
    attribute(name) {
      const found = {} as AttributeSettings;
      take(found, (Object.hasOwn(attributes, name) && attributes[name]) || {}, attributeSchema);
      found.firstFactors ??= [];
      found.verifications ??= [];
      return found;
    },
  };
}
