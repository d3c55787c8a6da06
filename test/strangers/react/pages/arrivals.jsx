/** Pages of somebody's own where people come back from somewhere else: from a link in a mail, and from a provider. */
import { useEffect, useState } from 'react';
import { useAuth, useClerk, useEmailLink } from 'wrapper';

/** Sends a link, and waits until it was opened, here or elsewhere. */
export function EmailLink({ useSignIn }) {
  const { isLoaded, signIn, setActive } = useSignIn();
  return isLoaded && <Waiting {...{ signIn, setActive }} />;
}

function Waiting({ signIn, setActive }) {
  const { startEmailLinkFlow, cancelEmailLinkFlow } = useEmailLink(signIn);
  const [state, setState] = useState('not sent');
  const send = async () => {
    const { supportedFirstFactors } = await signIn.create({ identifier: 'react@example.com' });
    const { emailAddressId } = supportedFirstFactors.find(({ strategy }) => strategy === 'email_link');
    setState('sent');
    try {
      const result = await startEmailLinkFlow({ emailAddressId, redirectUrl: `${location.origin}/verified` });
      setState(`${result.status}, ${result.firstFactorVerification.status}`);
      await setActive({ session: result.createdSessionId });
    } catch (error) {
      setState(String(error));
    }
  };
  const cancel = () => {
    cancelEmailLinkFlow();
    setState('no longer awaited');
  };
  return (
    <>
      <button onClick={send}>Send</button>
      <button onClick={cancel}>Forget it</button>
      <output id="link">{state}</output>
    </>
  );
}

/** Where the link leads. */
export function Verified() {
  const clerk = useClerk();
  const { isLoaded } = useAuth();
  const [outcome, setOutcome] = useState('');
  useEffect(() => {
    if (isLoaded)
      clerk.handleEmailLinkVerification({}).then(
        () => setOutcome('It was opened'),
        ({ code }) => setOutcome(code),
      );
  }, [clerk, isLoaded]);
  return <output id="verified">{outcome}</output>;
}

/** Leads to a provider, and from there to the page with `<AuthenticateWithRedirectCallback />`. */
export function Provider({ useSignIn }) {
  const { isLoaded, signIn } = useSignIn();
  if (!isLoaded) return null;
  const leave = () =>
    signIn.authenticateWithRedirect({ strategy: 'oauth_google', redirectUrl: '/callback', redirectUrlComplete: '/guards' });
  return <button onClick={leave}>Continue with Google</button>;
}
