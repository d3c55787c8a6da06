/** Every Frontend API operation in one table, with its request form: for the server's router and the contract tests. */
import { clientEndpoints, clientForms } from './client.ts';
import { devBrowserEndpoints, devBrowserForms } from './dev-browser.ts';
import { emailAddressEndpoints, emailAddressForms } from './own-email-addresses.ts';
import { environmentEndpoints, environmentForms } from './environment.ts';
import { externalAccountEndpoints, externalAccountForms } from './external-account.ts';
import { laterSignInEndpoints, laterSignInForms } from './later-sign-in.ts';
import { oneSessionEndpoints, oneSessionForms } from './one-session.ts';
import { accountEndpoints, accountForms } from './own-account.ts';
import { clientLifecycleEndpoints, clientLifecycleForms } from './client-lifecycle.ts';
import { passkeyEndpoints, passkeyForms } from './own-passkeys.ts';
import { reverificationEndpoints, reverificationForms } from './reverification.ts';
import { ownSessionEndpoints, ownSessionForms } from './own-sessions.ts';
import { passwordEndpoints, passwordForms } from './password.ts';
import { phoneNumberEndpoints, phoneNumberForms } from './own-phone-numbers.ts';
import { sessionEndpoints, sessionForms } from './session.ts';
import { signInEndpoints, signInForms } from './sign-in.ts';
import { signUpEndpoints, signUpForms } from './sign-up.ts';
import { tokenEndpoints, tokenForms } from './token.ts';
import { totpEndpoints, totpForms } from './totp.ts';
import { userEndpoints, userForms } from './user.ts';
import { waitlistEndpoints, waitlistForms } from './waitlist.ts';

export const endpoints = {
  ...devBrowserEndpoints,
  ...environmentEndpoints,
  ...clientEndpoints,
  ...clientLifecycleEndpoints,
  ...signInEndpoints,
  ...laterSignInEndpoints,
  ...signUpEndpoints,
  ...sessionEndpoints,
  ...oneSessionEndpoints,
  ...ownSessionEndpoints,
  ...tokenEndpoints,
  ...userEndpoints,
  ...accountEndpoints,
  ...passwordEndpoints,
  ...totpEndpoints,
  ...externalAccountEndpoints,
  ...passkeyEndpoints,
  ...reverificationEndpoints,
  ...waitlistEndpoints,
  ...emailAddressEndpoints,
  ...phoneNumberEndpoints,
};

export type EndpointName = keyof typeof endpoints;

export const forms = {
  ...devBrowserForms,
  ...environmentForms,
  ...clientForms,
  ...clientLifecycleForms,
  ...signInForms,
  ...laterSignInForms,
  ...signUpForms,
  ...sessionForms,
  ...oneSessionForms,
  ...ownSessionForms,
  ...tokenForms,
  ...userForms,
  ...accountForms,
  ...passwordForms,
  ...totpForms,
  ...externalAccountForms,
  ...passkeyForms,
  ...reverificationForms,
  ...waitlistForms,
  ...emailAddressForms,
  ...phoneNumberForms,
} satisfies Record<EndpointName, unknown>;
