/** What cards are given: by `mount…()`, by `open…()`, and by attributes. */
import type { AppearanceTheme } from './appearance-types.ts';

/** Props of the sign-in card; as attributes in kebab-case on `<clerk-sign-in>`. */
export interface SignInProps {
  /** How this card looks, above what `load()` says. */
  appearance?: AppearanceTheme | string | undefined;
  forceRedirectUrl?: string | null;
  fallbackRedirectUrl?: string | null;
  signUpUrl?: string;
  signUpForceRedirectUrl?: string | null;
  signUpFallbackRedirectUrl?: string | null;
  initialValues?: { emailAddress?: string; username?: string; phoneNumber?: string };
  unsafeMetadata?: SignUpUnsafeMetadata;
  withSignUp?: boolean;
  /** How people go to a provider and back. A popup that the browser does not open is a redirect. */
  oauthFlow?: 'auto' | 'redirect' | 'popup';
  [prop: string]: unknown;
}

/** Props of the sign-up card; as attributes in kebab-case on `<clerk-sign-up>`. */
export interface SignUpProps {
  /** How this card looks, above what `load()` says. */
  appearance?: AppearanceTheme | string | undefined;
  forceRedirectUrl?: string | null;
  fallbackRedirectUrl?: string | null;
  signInUrl?: string;
  signInForceRedirectUrl?: string | null;
  signInFallbackRedirectUrl?: string | null;
  initialValues?: { emailAddress?: string; phoneNumber?: string; username?: string; firstName?: string; lastName?: string };
  oauthFlow?: 'auto' | 'redirect' | 'popup';
  unsafeMetadata?: SignUpUnsafeMetadata;
  [prop: string]: unknown;
}

/** Props of a card for a task of the session: it shows the task that comes first. */
export interface TaskProps {
  /** How this card looks, above what `load()` says. */
  appearance?: AppearanceTheme | string | undefined;
  /** Where to go once nothing is left to do. */
  redirectUrlComplete?: string;
  [prop: string]: unknown;
}

/** What `useReverification()` of Clerk's React package opens the card with. */
export interface ReverificationProps {
  /** How this card looks, above what `load()` says. */
  appearance?: AppearanceTheme | string | undefined;
  level?: 'first_factor' | 'second_factor' | 'multi_factor';
  afterVerification?: () => void;
  afterVerificationCancelled?: () => void;
  [prop: string]: unknown;
}
