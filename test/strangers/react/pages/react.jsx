/** Pages of `@clerk/react` 6. */
import { Show, useSignIn, useSignUp } from '@clerk/react';
import * as legacy from '@clerk/react/legacy';
import { InternalClerkProvider } from '@clerk/react/internal';
import { EmailLink, Provider, Verified } from './arrivals.jsx';
import { Boundary, start } from './shared.jsx';
import { Classic } from './classic.jsx';

function Guards() {
  return (
    <>
      <Show when="signed-in">
        <p>Somebody is there</p>
      </Show>
      <Show when="signed-out">
        <p>Nobody is there</p>
      </Show>
      <Show when={{ role: 'org:admin' }} fallback={<p>No admin</p>}>
        <p>An admin</p>
      </Show>
      <Show when={(has) => !has({ permission: 'org:things:do' })}>
        <p>Somebody without permission</p>
      </Show>
    </>
  );
}

/** The hooks of version 6, which are others than before. */
function Future() {
  const { signIn, errors, fetchStatus } = useSignIn();
  const { signUp } = useSignUp();
  return <output id="future">{JSON.stringify({ errors, fetchStatus, signIn: signIn?.status, signUp: signUp?.status })}</output>;
}

start({
  Provider: InternalClerkProvider,
  more: {
    '/guards': <Guards />,
    '/future': (
      <Boundary>
        <Future />
      </Boundary>
    ),
    '/classic': <Classic {...legacy} />,
    '/link': <EmailLink useSignIn={legacy.useSignIn} />,
    '/verified': <Verified />,
    '/provider': <Provider useSignIn={legacy.useSignIn} />,
  },
  given: { ...globalThis.given, __internal_clerkJSUrl: globalThis.given.script, prefetchUI: false },
});
