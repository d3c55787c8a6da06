/**
 * The further file of the core: methods that are fetched when one of them is called for the first time. Each feature is a file of its own, which
 * exports an object of methods for each resource; here they are put together. What they import of the core stays there (tools/build/core-parts.mjs).
 */
import type { Methods } from '../resources/fetched-methods.ts';
import { propsOfClerk } from './appearance.ts';
import { emailLinksOfAddress, emailLinksOfClerk, emailLinksOfSignIn, emailLinksOfSignUp } from './email-links.ts';
import { emailAddressMethods, identificationsOfUser, phoneNumberMethods } from './identifications.ts';
import { missingOfClerk } from './missing.ts';
import { passkeyMethods, passkeysOfSession, passkeysOfSignIn, passkeysOfUser } from './passkeys.ts';
import { redirectsOfClerk } from './redirects.ts';
import type { seldomMethods } from './seldom.ts';
import { sessionMethods } from './session.ts';
import { verificationOfSession } from './session-verification.ts';
import { stepsOfSignIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { stepsOfSignUp } from './sign-up.ts';
import { userMethods } from './user.ts';

type SeldomMethods = typeof seldomMethods;

/** Methods of a file of their own, which has room for them; Firefox never repeats a failed import of the same address. */
function seldom(coreParts: object) {
  const fetchFile = () =>
    import('./seldom-methods.ts').catch(() => import('./seldom-methods.ts?r=1') as unknown as Promise<{ default: unknown }>);
  const create = async () => ((await fetchFile()).default as (parts: object) => SeldomMethods)(coreParts);
  let fetched: Promise<SeldomMethods> | undefined;
  const methodsOf = (table: keyof SeldomMethods, names: string[]): Methods[string] =>
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
    Clerk: methodsOf('Clerk', [
      ...['handleRedirectCallback', 'handleGoogleOneTapCallback', 'authenticateWithGoogleOneTap', 'joinWaitlist'],
    ]),
    attempt: methodsOf('attempt', ['authenticateWithRedirect', 'authenticateWithPopup', 'validatePassword', 'submitProtectCheck']),
    client: methodsOf('client', ['create', 'destroy', 'reload', 'removeSessions']),
    externalAccount: methodsOf('externalAccount', ['reauthorize', 'destroy', 'reload']),
    part: methodsOf('part', ['reload']),
    user: methodsOf('user', [
      ...['createExternalAccount', 'updatePassword', 'removePassword'],
      ...['getSessions', 'createTOTP', 'verifyTOTP', 'disableTOTP', 'createBackupCode'],
    ]),
  };
}

/** By the path root of the resource that they are called on; those of `window.Clerk` itself have a name. */
const methodsWith = (others: ReturnType<typeof seldom>): Methods => ({
  Clerk: {
    ...missingOfClerk,
    ...emailLinksOfClerk,
    ...propsOfClerk,
    ...redirectsOfClerk,
    ...others.Clerk,
    signOut,
  },
  '': others.part,
  '/client': others.client,
  '/client/sessions': {
    ...sessionMethods,
    ...passkeysOfSession,
    ...verificationOfSession,
  },
  '/client/sign_ins': {
    ...emailLinksOfSignIn,
    ...others.attempt,
    ...passkeysOfSignIn,
    ...stepsOfSignIn,
  },
  '/client/sign_ups': {
    ...emailLinksOfSignUp,
    ...others.attempt,
    ...stepsOfSignUp,
  },
  '/me': {
    ...identificationsOfUser,
    ...others.user,
    ...passkeysOfUser,
    ...userMethods,
  },
  '/me/email_addresses': { ...emailAddressMethods, ...emailLinksOfAddress },
  '/me/external_accounts': others.externalAccount,
  '/me/passkeys': passkeyMethods,
  '/me/phone_numbers': phoneNumberMethods,
});

export default (coreParts: object = {}): Methods => methodsWith(seldom(coreParts));
