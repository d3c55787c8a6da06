/** Going to where a finished flow would lead. */
import type { ClerkCore } from '../clerk/clerk.ts';

function leave(clerk: ClerkCore, url: string): Promise<unknown> {
  clerk.resourceContext.devBrowser.startRoundTrip();
  return clerk.navigate(url);
}

export const redirectsOfClerk = {
  redirectToAfterSignIn(this: ClerkCore): Promise<unknown> {
    return leave(this, this.buildAfterSignInUrl());
  },
  redirectToAfterSignUp(this: ClerkCore): Promise<unknown> {
    return leave(this, this.buildAfterSignUpUrl());
  },
  redirectToAfterSignOut(this: ClerkCore): Promise<unknown> {
    return leave(this, this.buildAfterSignOutUrl());
  },
};
