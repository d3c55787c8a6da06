import { catalogue } from '../../rules/page-texts.ts';

/** Texts of what comes in `src/elements/over-provider.ts`: why nobody came back from a provider signed in. By error code. */
export const en = catalogue<Record<string, string>>('providerErrors', {
  oauth_access_denied: 'You have not allowed access, so nothing has happened. Try again, or choose another way.',
  oauth_callback_invalid: 'The provider’s answer could not be used. Try again, or choose another way.',
  external_account_not_found: 'Nobody has an account here that is connected to this one. Sign up first, or choose another way.',
  oauth_identification_claimed: 'This account is connected to somebody else here. Sign in another way.',
  identification_claimed: 'The email address of this account is somebody else’s here. Sign in another way.',
});
