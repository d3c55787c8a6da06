/** Leaving for another page (dossier part 1, §8). */
import type { ClerkCore } from '../clerk/clerk.ts';
import type { MethodTable } from '../resources/fetched-methods.ts';
import { stateOf } from './state-of.ts';

/** Pages whose address `build…Url()` says. */
const pages = ['SignIn', 'SignUp', 'AfterSignIn', 'AfterSignUp', 'AfterSignOut', 'UserProfile', 'Waitlist', 'Tasks'] as const;

/** To a page that may send the person back with a credential. */
function leave(clerk: ClerkCore, url: string): Promise<unknown> {
  stateOf(clerk).devBrowser.startRoundTrip();
  return clerk.navigate(url);
}

const redirectTo = (page: (typeof pages)[number]) =>
  function (this: ClerkCore, options?: object): Promise<unknown> {
    const address: (options?: object) => string = this[`build${page}Url`];
    return leave(this, address.call(this, options));
  };

/** Methods of `window.Clerk`. */
export const redirectsOfClerk: MethodTable = {
  ...Object.fromEntries(pages.map((page) => [`redirectTo${page}`, redirectTo(page)])),

  redirectWithAuth(this: ClerkCore, to: string): Promise<unknown> {
    return leave(this, this.buildUrlWithAuth(to));
  },

  /** Reads anew who is there. Never rejects. */
  handleUnauthenticated(this: ClerkCore): Promise<void> {
    return stateOf(this).refreshClient();
  },
};
