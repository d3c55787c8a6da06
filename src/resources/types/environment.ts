/** The settings of the instance. */
/** What an attribute of the instance allows. */
export interface AttributeSettings {
  enabled: boolean;
  required: boolean;
  usedForFirstFactor: boolean;
  usedForSecondFactor: boolean;
  verifications: string[];
}

/** A provider that people may sign in with. */
export interface SocialProvider {
  /** `oauth_google`, `oauth_custom_…` */
  strategy: string;
  /** As people call it. */
  name: string;
  /** Address of its icon. */
  logo_url?: string | null;
}

/** The instance's settings as cards need them, with every default filled in. */
export interface EnvironmentResource {
  singleSessionMode: boolean;
  applicationName: string;
  signInUrl: string;
  signUpUrl: string;
  userProfileUrl: string;
  waitlistUrl: string;
  afterSignOutOneUrl: string;
  logoImageUrl: string;
  termsUrl: string;
  privacyPolicyUrl: string;
  supportEmail: string;
  preferredSignInStrategy: string;
  signUpMode: string;
  /** Whether nobody may learn from the API who has an account. */
  enumerationProtection: boolean;
  legalConsentEnabled: boolean;
  /** How passkeys are offered, where the attribute `passkey` is enabled. */
  passkeySettings: { allowAutofill: boolean; showSignInButton: boolean };
  /** Providers that people may sign in with, in the order of the API. */
  social: SocialProvider[];
  passwordSettings: {
    minLength: number;
    maxLength: number;
    requireUppercase: boolean;
    requireLowercase: boolean;
    requireNumbers: boolean;
    requireSpecialCharacter: boolean;
  };
  /** Settings of `email_address`, `phone_number`, `username`, `first_name`, `last_name`, `password` and whatever else the API names. */
  attribute(name: string): AttributeSettings;
}
