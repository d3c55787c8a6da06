/** All that has to do with providers, and what else is called too seldom for the first file of methods. */
import { clientMethods } from './client.ts';
import { createExternalAccount, destroy, reauthorize, reload } from './external-accounts.ts';
import { authenticateWithGoogleOneTap, handleGoogleOneTapCallback } from './google-one-tap.ts';
import { partMethods } from './parts.ts';
import { protectCheckOfAttempt } from './protect-check.ts';
import { handleRedirectCallback } from './provider-callback.ts';
import { passwordOfUser } from './password.ts';
import { passwordOfAttempt } from './password-rules.ts';
import { authenticateWithPopup } from './provider-popup.ts';
import { authenticateWithRedirect } from './provider-redirect.ts';
import { secondFactorsOfUser } from './second-factors.ts';
import { sessionsOfUser } from './session-with-activities.ts';
import { waitlistOfClerk } from './waitlist.ts';

export const seldomMethods = {
  Clerk: { handleRedirectCallback, handleGoogleOneTapCallback, authenticateWithGoogleOneTap, ...waitlistOfClerk },
  /** Of sign-ins and sign-ups. */
  attempt: { authenticateWithRedirect, authenticateWithPopup, ...passwordOfAttempt, ...protectCheckOfAttempt },
  client: clientMethods,
  externalAccount: { reauthorize, destroy, reload },
  part: partMethods,
  user: { createExternalAccount, ...passwordOfUser, ...sessionsOfUser, ...secondFactorsOfUser },
};
