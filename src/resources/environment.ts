import { camelCase } from '../rules/names.ts';
import { attribute as attributeSchema, displayConfig, passkeySettings, passwordSettings } from '../wire/environment.ts';
import type { EnvironmentJSON, SocialProviderJSON } from '../wire/environment.ts';
import { take } from './base.ts';
import type { AttributeSettings, EnvironmentResource } from './types.ts';

type AttackProtection = { enumeration_protection?: { enabled?: boolean } } | undefined;

const needed = { enabled: true, required: true };

/** What an instance allows that says nothing: an email address, checked by code, and a password. */
const defaultAttributes = {
  email_address: { ...needed, used_for_first_factor: true, verifications: ['email_code'] },
  password: needed,
};

/** The instance's settings, with every default filled in. */
export function createEnvironment({
  auth_config: auth,
  display_config: display,
  user_settings: settings,
}: EnvironmentJSON): EnvironmentResource {
  const attributes: Record<string, unknown> = settings?.attributes ?? defaultAttributes;
  const texts: Record<string, unknown> = {};
  for (const name in displayConfig.shape) texts[camelCase(name)] = display?.[name] ?? '';
  const rules = {} as EnvironmentResource['passwordSettings'] & { requireSpecialChar: boolean };
  take(rules, settings?.password_settings ?? {}, passwordSettings);
  const passkeys = {} as EnvironmentResource['passkeySettings'];
  take(passkeys, settings?.passkey_settings ?? {}, passkeySettings);
  return {
    ...(texts as unknown as EnvironmentResource),
    singleSessionMode: auth?.single_session_mode ?? false,
    signUpMode: settings?.sign_up?.mode ?? 'public',
    enumerationProtection: (settings?.attack_protection as AttackProtection)?.enumeration_protection?.enabled ?? false,
    legalConsentEnabled: settings?.sign_up?.legal_consent_enabled ?? false,
    passkeySettings: passkeys,
    social: (Object.values(settings?.social ?? {}) as SocialProviderJSON[]).filter(
      ({ enabled, authenticatable }) => enabled && authenticatable,
    ),
    passwordSettings: {
      ...rules,
      requireSpecialCharacter: rules.requireSpecialChar,
      // The bounds that the hosted client sets, whatever the service says.
      minLength: Math.max(8, rules.minLength),
      maxLength: Math.min(72, rules.maxLength || 72),
    },
    attribute(name) {
      const found = {} as AttributeSettings;
      take(found, Object(Object.hasOwn(attributes, name) && attributes[name]) as object, attributeSchema);
      return found;
    },
  };
}
