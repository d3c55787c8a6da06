/**
 * The further file of the core: methods that are fetched when one of them is called for the first time. Each feature is a file of its own, which
 * exports an object of methods for each resource; here they are put together. What they import of the core stays there (tools/build/core-parts.mjs).
 */
import type { Methods } from '../resources/fetched-methods.ts';
import { propsOfClerk } from './appearance.ts';
import { clientMethods } from './client.ts';
import { emailLinksOfAddress, emailLinksOfClerk, emailLinksOfSignIn, emailLinksOfSignUp } from './email-links.ts';
import { emailAddressMethods, identificationsOfUser, phoneNumberMethods } from './identifications.ts';
import { missingOfClerk } from './missing.ts';
import type { oauthMethods } from './oauth.ts';
import { passwordOfUser } from './password.ts';
import { passkeyMethods, passkeysOfSession, passkeysOfSignIn, passkeysOfUser } from './passkeys.ts';
import { redirectsOfClerk } from './redirects.ts';
import { secondFactorsOfUser } from './second-factors.ts';
import { verificationOfSession } from './session-verification.ts';
import { phoneNumberOfSignUp, waitlistOfClerk } from './sign-up.ts';
import { userMethods } from './user.ts';

type ProviderMethods = typeof oauthMethods;

/** Methods of a file of their own, which has room for them; Firefox never repeats a failed import of the same address. */
function overProviders(coreParts: object) {
  const fetchFile = () =>
    import('./provider-methods.ts').catch(() => import('./provider-methods.ts?r=1') as unknown as Promise<{ default: unknown }>);
  const create = async () => ((await fetchFile()).default as (parts: object) => ProviderMethods)(coreParts);
  let fetched: Promise<ProviderMethods> | undefined;
  const methodsOf = (table: keyof ProviderMethods, names: string[]): Methods[string] =>
    Object.fromEntries(
      names.map((name) => [
        name,
        async function (this: never, ...parameters: never[]) {
          const all = await (fetched ??= create().catch((error: unknown) => {
            fetched = undefined;
            throw error;
          }));
          return (all[table] as Methods[string])[name]!.apply(this, parameters);
        },
      ]),
    );
  return {
    Clerk: methodsOf('Clerk', ['handleRedirectCallback', 'handleGoogleOneTapCallback', 'authenticateWithGoogleOneTap']),
    attempt: methodsOf('attempt', ['authenticateWithRedirect', 'authenticateWithPopup']),
    user: methodsOf('user', ['createExternalAccount']),
    externalAccount: methodsOf('externalAccount', ['reauthorize', 'destroy']),
  };
}

/** By the path root of the resource that they are called on; those of `window.Clerk` itself have a name. */
const methodsWith = (providers: ReturnType<typeof overProviders>): Methods => ({
  Clerk: {
    ...missingOfClerk,
    ...emailLinksOfClerk,
    ...propsOfClerk,
    ...redirectsOfClerk,
    ...waitlistOfClerk,
    ...providers.Clerk,
  },
  '/client': clientMethods,
  '/client/sessions': {
    ...passkeysOfSession,
    ...verificationOfSession,
  },
  '/client/sign_ins': {
    ...emailLinksOfSignIn,
    ...providers.attempt,
    ...passkeysOfSignIn,
  },
  '/client/sign_ups': {
    ...emailLinksOfSignUp,
    ...providers.attempt,
    ...phoneNumberOfSignUp,
  },
  '/me': {
    ...identificationsOfUser,
    ...providers.user,
    ...passwordOfUser,
    ...passkeysOfUser,
    ...secondFactorsOfUser,
    ...userMethods,
  },
  '/me/email_addresses': { ...emailAddressMethods, ...emailLinksOfAddress },
  '/me/external_accounts': providers.externalAccount,
  '/me/passkeys': passkeyMethods,
  '/me/phone_numbers': phoneNumberMethods,
});

export default (coreParts: object = {}): Methods => methodsWith(overProviders(coreParts));
