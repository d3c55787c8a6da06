/** Pages of `@clerk/clerk-react` 5. */
import { ClerkProvider, Protect, SignedIn, SignedOut, useSignIn, useSignUp } from '@clerk/clerk-react';
import { EmailLink, Provider, Verified } from './arrivals.jsx';
import { start } from './shared.jsx';
import { Classic } from './classic.jsx';

function Guards() {
  return (
    <>
      <SignedIn>
        <p>Somebody is there</p>
      </SignedIn>
      <SignedOut>
        <p>Nobody is there</p>
      </SignedOut>
      <Protect role="org:admin" fallback={<p>No admin</p>}>
        <p>An admin</p>
      </Protect>
      <Protect condition={(has) => !has({ permission: 'org:things:do' })}>
        <p>Somebody without permission</p>
      </Protect>
    </>
  );
}

start({
  Provider: ClerkProvider,
  more: {
    '/guards': <Guards />,
    '/classic': <Classic {...{ useSignIn, useSignUp }} />,
    '/link': <EmailLink useSignIn={useSignIn} />,
    '/verified': <Verified />,
    '/provider': <Provider useSignIn={useSignIn} />,
  },
  given: { ...globalThis.given, clerkJSUrl: globalThis.given.script },
});
