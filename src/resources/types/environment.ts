/** The settings of the instance. */
/** What an attribute of the instance allows. */
export interface AttributeSettings {
  enabled: boolean;
  required: boolean;
  usedForFirstFactor: boolean;
  firstFactors: string[];
  verifications: string[];
  verifyAtSignUp: boolean;
}

/** The instance's settings as cards need them, with every default filled in. */
export interface EnvironmentResource {
  singleSessionMode: boolean;
  applicationName: string;
  homeUrl: string;
  signInUrl: string;
  signUpUrl: string;
  afterSignOutOneUrl: string;
  afterSignOutAllUrl: string;
  logoImageUrl: string;
  termsUrl: string;
  privacyPolicyUrl: string;
  supportEmail: string;
  preferredSignInStrategy: string;
  signUpMode: string;
  legalConsentEnabled: boolean;
  /** How passkeys are offered, where the attribute `passkey` is enabled. */
  passkeySettings: { allowAutofill: boolean; showSignInButton: boolean };
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
