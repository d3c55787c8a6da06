/** Pages that both wrappers have in common; `wrapper` is one of them. */
import { Component, StrictMode, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import * as wrapper from 'wrapper';
import {
  AuthenticateWithRedirectCallback,
  ClerkDegraded,
  ClerkFailed,
  ClerkLoaded,
  ClerkLoading,
  RedirectToSignIn,
  SignIn,
  SignInButton,
  SignOutButton,
  SignUp,
  SignUpButton,
  useAuth,
  useClerk,
  useOrganization,
  useOrganizationList,
  useReverification,
  useSession,
  useSessionList,
  useUser,
} from 'wrapper';

/** A router of the page's own: routes change without a new document. */
export function go(to, isReplacing = false) {
  history[isReplacing ? 'replaceState' : 'pushState'](null, '', to);
  dispatchEvent(new Event('popstate'));
}

function subscribe(listener) {
  addEventListener('popstate', listener);
  return () => removeEventListener('popstate', listener);
}

/** Shows what has broken the tree below it, as an application would. */
export class Boundary extends Component {
  state = {};
  static getDerivedStateFromError(error) {
    return { error };
  }
  render() {
    return this.state.error ? <p role="alert">{String(this.state.error)}</p> : this.props.children;
  }
}

/** What the hooks give, as text; what has no JSON is asked for by buttons. */
function Hooks() {
  const { isLoaded, user } = useUser();
  const auth = useAuth();
  const { session } = useSession();
  const { sessions } = useSessionList();
  const { organization } = useOrganization();
  const { userMemberships } = useOrganizationList({ userMemberships: true });
  const clerk = useClerk();
  (globalThis.drawn ??= []).push([auth.isSignedIn, auth.userId]);
  const [answers, setAnswers] = useState({});
  const ask = (name, question) => async () => {
    const answer = await Promise.resolve()
      .then(question)
      .catch(({ message }) => message);
    setAnswers((before) => ({ ...before, [name]: answer }));
  };
  const state = {
    isLoaded,
    isSignedIn: auth.isSignedIn,
    isOnePerson: auth.userId === user?.id && auth.sessionId === session?.id,
    address: user?.primaryEmailAddress?.emailAddress,
    claims: auth.sessionClaims?.metadata,
    sessions: sessions?.length,
    organization: organization === undefined ? 'not known' : organization,
    orgId: auth.orgId === undefined ? 'not known' : auth.orgId,
    memberships: userMemberships?.count,
    status: clerk.status,
  };
  return (
    <>
      <output id="state">{JSON.stringify(state)}</output>
      <button onClick={ask('token', async () => (await auth.getToken()).split('.').length)}>Ask for a token</button>
      <button onClick={ask('has', () => auth.has({ role: 'org:admin' }))}>Ask for a role</button>
      <button onClick={() => auth.signOut()}>Leave</button>
      <output id="answers">{JSON.stringify(answers)}</output>
    </>
  );
}

/** Only for those who are signed in. */
function Guarded() {
  const { isLoaded, isSignedIn } = useUser();
  if (!isLoaded) return null;
  return isSignedIn ? <p>Behind the guard</p> : <RedirectToSignIn />;
}

/** What only those may do who have just proved who they are, as a backend says it by `reverificationError()`. */
function Sensitive() {
  const [answer, setAnswer] = useState('');
  const act = useReverification(async () => {
    if (globalThis.isProved) return { is: 'done' };
    const reverification = { level: 'first_factor', afterMinutes: 10 };
    return { clerk_error: { type: 'forbidden', reason: 'reverification-error', metadata: { reverification } } };
  });
  const submit = () =>
    act().then(
      ({ is }) => setAnswer(is),
      (error) => setAnswer(error.code),
    );
  return (
    <>
      <button onClick={submit}>Act</button>
      <output id="answer">{answer}</output>
    </>
  );
}

/** A component of the wrapper that our script may not know. */
function Named({ name }) {
  const It = wrapper[name];
  return (
    <Boundary>
      <It />
      <p>The page around {name}</p>
    </Boundary>
  );
}

const pages = {
  '/': <Hooks />,
  '/sign-in': <SignIn routing="path" path="/sign-in" />,
  '/sign-up': <SignUp routing="path" path="/sign-up" />,
  '/buttons': (
    <>
      <SignInButton>
        <button>In by redirect</button>
      </SignInButton>
      <SignInButton mode="modal">
        <button>In by dialog</button>
      </SignInButton>
      <SignUpButton />
      <SignUpButton mode="modal">
        <button>Up by dialog</button>
      </SignUpButton>
      <SignOutButton>
        <button>Out</button>
      </SignOutButton>
    </>
  ),
  '/guarded': <Guarded />,
  '/callback': <AuthenticateWithRedirectCallback />,
  '/sensitive': <Sensitive />,
};

/** @param {{ Provider: object, more: object, given: object }} own what the wrapper has of its own */
export function start({ Provider, more, given }) {
  const all = { ...pages, ...more };
  function Application() {
    const path = useSyncExternalStore(subscribe, () => location.pathname);
    const [options, setOptions] = useState({ ...globalThis.options });
    globalThis.setOptions = setOptions;
    globalThis.go = go;
    const named = path.startsWith('/named/') && <Named key={path} name={path.slice(7)} />;
    return (
      <Provider
        {...given}
        signInUrl="/sign-in"
        signUpUrl="/sign-up"
        telemetry={false}
        routerPush={(to) => go(to)}
        routerReplace={(to) => go(to, true)}
        {...options}
      >
        <ClerkLoading>
          <p>It loads</p>
        </ClerkLoading>
        <ClerkLoaded>
          <p>It has loaded</p>
        </ClerkLoaded>
        <ClerkFailed>
          <p>It has failed</p>
        </ClerkFailed>
        <ClerkDegraded>
          <p>It works, but not as well</p>
        </ClerkDegraded>
        {named || (all[path] ?? all['/sign-in'])}
      </Provider>
    );
  }
  createRoot(document.querySelector('#root')).render(
    <StrictMode>
      <Application />
    </StrictMode>,
  );
}
