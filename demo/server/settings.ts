/** Settings of the instance, read from `demo/instance.json` and validated; a mistake is named with its path. */

/** How an attribute of a user takes part. */
export interface AttributeSettings {
  enabled: boolean;
  required: boolean;
}

/** A user that is created on the first start of a test instance. */
export interface SeedUser {
  emailAddress: string;
  password?: string;
  username?: string;
  firstName?: string;
  lastName?: string;
  publicMetadata?: Record<string, unknown>;
  privateMetadata?: Record<string, unknown>;
  unsafeMetadata?: Record<string, unknown>;
}

/** A limit on requests of one kind from one address. */
export interface RateLimit {
  requests: number;
  /** Seconds. */
  window: number;
}

export interface InstanceSettings {
  applicationName: string;
  /** `+clerk_test` addresses take the code 424242. Never with `pk_live_` keys. */
  testMode: boolean;
  attributes: {
    emailAddress: AttributeSettings & { firstFactors: string[]; verifyAtSignUp: boolean };
    username: AttributeSettings;
    firstName: AttributeSettings;
    lastName: AttributeSettings;
    password: AttributeSettings;
  };
  preferredSignInStrategy: 'password' | 'otp';
  singleSessionMode: boolean;
  signUp: { mode: 'public' | 'restricted' | 'waitlist'; legalConsent: boolean };
  password: {
    minLength: number;
    maxLength: number;
    requireUppercase: boolean;
    requireLowercase: boolean;
    requireNumbers: boolean;
    requireSpecialCharacter: boolean;
  };
  lockout: { maxAttempts: number; durationInMinutes: number };
  enumerationProtection: boolean;
  deleteSelf: boolean;
  /** `off`, or the limits in force. */
  rateLimits: 'off' | { createSignIn: RateLimit; createSignUp: RateLimit; attempt: RateLimit; backendApi: RateLimit };
  /** Origins allowed beside this server's own; a test instance accepts every loopback origin. */
  allowedOrigins: string[];
  /** Host names allowed beside loopback names. */
  allowedHosts: string[];
  /** Addresses whose forwarded headers are believed. */
  trustedProxies: string[];
  urls: { home: string; signIn: string; signUp: string; afterSignOut: string; terms: string; privacyPolicy: string };
  supportEmail: string;
  users: SeedUser[];
}
