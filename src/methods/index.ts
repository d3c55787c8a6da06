/**
 * The further file of the core: methods that are fetched when one of them is called for the first time. Each feature is a file of its own, which
 * exports an object of methods for each resource; here they are put together. What they import of the core stays there (tools/build/core-parts.mjs).
 */
import type { Methods } from '../resources/fetched-methods.ts';
import { emailLinksOfAddress, emailLinksOfClerk, emailLinksOfSignIn, emailLinksOfSignUp } from './email-links.ts';
import { emailAddressMethods, identificationsOfUser, phoneNumberMethods } from './identifications.ts';
import { passwordOfUser } from './password.ts';
import { passkeyMethods, passkeysOfSession, passkeysOfSignIn, passkeysOfUser } from './passkeys.ts';
import { secondFactorsOfUser } from './second-factors.ts';
import { verificationOfSession } from './session-verification.ts';
import { phoneNumberOfSignUp, waitlistOfClerk } from './sign-up.ts';
import { userMethods } from './user.ts';

/** By the path root of the resource that they are called on; those of `window.Clerk` itself have a name. */
const methods: Methods = {
  Clerk: {
    ...emailLinksOfClerk,
    ...waitlistOfClerk,
  },
  '/client/sessions': {
    ...passkeysOfSession,
    ...verificationOfSession,
  },
  '/client/sign_ins': {
    ...emailLinksOfSignIn,
    ...passkeysOfSignIn,
  },
  '/client/sign_ups': {
    ...emailLinksOfSignUp,
    ...phoneNumberOfSignUp,
  },
  '/me': {
    ...identificationsOfUser,
    ...passwordOfUser,
    ...passkeysOfUser,
    ...secondFactorsOfUser,
    ...userMethods,
  },
  '/me/email_addresses': { ...emailAddressMethods, ...emailLinksOfAddress },
  '/me/passkeys': passkeyMethods,
  '/me/phone_numbers': phoneNumberMethods,
};

export default (): Methods => methods;
