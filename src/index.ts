/**
 * The package: `import { Clerk } from 'clerk-lit'`. Importing it does nothing; the UI's files are fetched from beside this one,
 * when a page needs them.
 */
import type { ClerkConstructorOptions } from './clerk/clerk-api.ts';
import { ClerkCore } from './clerk/clerk.ts';
import { createFileLoader } from './clerk/file-loader.ts';

/**
 * A connection to one instance.
 * @example
 * const clerk = new Clerk('pk_test_…');
 * await clerk.load();
 */
export class Clerk extends ClerkCore {
  /** @throws Error that says what is wrong with the key */
  constructor(publishableKey: string, options: ClerkConstructorOptions = {}) {
    const base = new URL('.', import.meta.url).href;
    const files = createFileLoader({ base, files: __CLERK_LIT_FILES__ });
    // Bundlers follow a relative import; the loader knows a second address.
    const fetchMethods = () => import('./methods/index.ts').catch(files.fetchMethods);
    super(publishableKey, options, { uiLoader: files, fetchMethods });
    // On a server there is no document to look at.
    if (typeof document !== 'undefined') this.watchDocument();
  }
}

export {
  ClerkAPIResponseError,
  ClerkOfflineError,
  ClerkRuntimeError,
  EmailLinkError,
  EmailLinkErrorCode,
  is429Error,
  is4xxError,
  isCaptchaError,
  isClerkAPIResponseError,
  isClerkError,
  isClerkRuntimeError,
  isEmailLinkError,
  isKnownError,
  isMetamaskError,
  isNetworkError,
  isPasswordCompromisedError,
  isPasswordPwnedError,
  isReverificationCancelledError,
  isUnauthenticatedError,
  isUnauthorizedError,
  isUserLockedError,
} from './errors.ts';
export { isWebAuthnAutofillSupported, isWebAuthnPlatformAuthenticatorSupported, isWebAuthnSupported } from './rules/webauthn.ts';
export type { ClerkAPIError, ErrorMeta } from './errors.ts';
export type * from './clerk/appearance-types.ts';
export type * from './clerk/clerk-api.ts';
export type * from './resources/types.ts';
