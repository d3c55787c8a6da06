/** All that has to do with providers. */
import { createExternalAccount, destroy, reauthorize } from './external-accounts.ts';
import { authenticateWithGoogleOneTap, handleGoogleOneTapCallback } from './google-one-tap.ts';
import { handleRedirectCallback } from './provider-callback.ts';
import { authenticateWithPopup } from './provider-popup.ts';
import { authenticateWithRedirect } from './provider-redirect.ts';

export const oauthMethods = {
  Clerk: { handleRedirectCallback, handleGoogleOneTapCallback, authenticateWithGoogleOneTap },
  /** Of sign-ins and sign-ups. */
  attempt: { authenticateWithRedirect, authenticateWithPopup },
  user: { createExternalAccount },
  externalAccount: { reauthorize, destroy },
};
