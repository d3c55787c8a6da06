/** Coming and going: which session is the current one (dossier part 1, §5.5 and §5.7). */
import { isNetworkError, isUnauthenticatedError } from '../errors.ts';
import { clientEndpoints } from '../wire/client.ts';
import type { SetActiveParams, SignOutOptions } from './clerk-api.ts';
import { afterSignOutUrl, navigate } from './navigation.ts';
import { notLoaded } from './state.ts';
import type { State } from './state.ts';

/** Frameworks set these to drop what they have cached for another user. */
interface Hooks {
  __internal_onBeforeSetActive?: (intent?: 'sign-out') => unknown;
  __internal_onAfterSetActive?: () => unknown;
}

const hooks = globalThis as Hooks;

/** @throws ClerkRuntimeError `not_loaded`; the API's error if it says that the session is no more */
export async function setActive(state: State, { session, redirectUrl, navigate: navigateSelf }: SetActiveParams): Promise<void> {
  if (!state.isLoaded || (session === undefined && !state.session)) throw notLoaded('setActive()');
  const wanted = typeof session === 'string' ? session : session?.id;
  const next = session === undefined ? state.session! : (state.client.signedInSessions.find(({ id }) => id === wanted) ?? null);
  const isPending = next?.status === 'pending';

  if (!isPending) await hooks.__internal_onBeforeSetActive?.(next ? undefined : 'sign-out');
  if (next) {
    try {
      if (state.platform.isFocused()) await next.touch();
      await next.getToken();
    } catch (error) {
      // The session is there whether or not the service can be told so at this moment.
      if (isUnauthenticatedError(error)) throw error;
    }
  }
  const isOther = next?.id !== state.session?.id;
  state.cookies.publish(state.client, next);
  let isLeaving = false;
  try {
    if (!isPending && (redirectUrl || navigateSelf)) {
      state.isInTransition = true;
      state.emit();
      if (navigateSelf && next) await navigateSelf({ session: next, decorateUrl: (url) => url });
      else if (redirectUrl) isLeaving = await navigate(state, redirectUrl);
    }
  } finally {
    // A page that is being left shows nobody new.
    state.isInTransition = isLeaving;
    state.setSession(next, isLeaving);
    if (isOther) state.tell(next ? 'session' : 'signout');
  }
  if (!isPending && !isLeaving) await hooks.__internal_onAfterSetActive?.();
}

/** Ends one session, or all. Without a callback of the page it leads to `redirectUrl`, or where people go who sign out. */
export async function signOut(state: State, first?: (() => unknown) | SignOutOptions, second?: SignOutOptions): Promise<void> {
  const callback = typeof first === 'function' && first;
  const { sessionId, redirectUrl } = (callback ? second : (first as SignOutOptions | undefined)) ?? {};
  const sessions = state.client.signedInSessions;
  if (!state.isLoaded || !sessions.length) return;
  const one = sessions.length > 1 && sessions.find(({ id }) => id === sessionId);
  if (one && one.id !== state.session?.id) {
    await one.remove();
    return;
  }

  await hooks.__internal_onBeforeSetActive?.('sign-out');
  state.isInTransition = true;
  state.emit();
  let isLeaving = false;
  try {
    if (one) await one.remove();
    else state.applyClient(await endAll(state));
    state.isInTransition = false;
    state.setSession(null, true);
    state.isInTransition = true;
    state.tell('signout');
    if (callback) await callback();
    else isLeaving = await navigate(state, redirectUrl || afterSignOutUrl(state));
  } finally {
    if (!isLeaving) {
      state.isInTransition = false;
      state.emit();
    }
  }
  if (!isLeaving) await hooks.__internal_onAfterSetActive?.();
}

async function endAll({ api, client }: State) {
  try {
    return await api.call(clientEndpoints.endAllSessions);
  } catch (error) {
    // The service says that they have ended already, and so does the client that it was asked for.
    if (!isNetworkError(error) && !client.signedInSessions.length) return null;
    throw error;
  }
}
