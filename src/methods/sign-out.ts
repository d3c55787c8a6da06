/** Going, out of one session or of all (dossier part 1, §5.7). */
import type { Hooks } from '../clerk/active-session.ts';
import type { SignOutOptions } from '../clerk/clerk-api.ts';
import type { ClerkCore } from '../clerk/clerk.ts';
import { isNetworkError } from '../errors.ts';
import type { State } from '../clerk/state.ts';
import { clientEndpoints } from '../wire/client.ts';
import { stateOf } from './state-of.ts';

const hooks = globalThis as Hooks;

/** Method of `window.Clerk`: without a callback of the page it leads to `redirectUrl`, or where people go who sign out. */
export function signOut(this: ClerkCore, first?: (() => unknown) | SignOutOptions, second?: SignOutOptions): Promise<void> {
  const state = stateOf(this);
  return state.first(leave(this, state, first, second));
}

async function leave(clerk: ClerkCore, state: State, first?: (() => unknown) | SignOutOptions, second?: SignOutOptions): Promise<void> {
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
    else {
      state.applyClient(await endAll(state));
      state.tell('signout');
    }
    state.isInTransition = false;
    // Another tab may have chosen another one just before.
    state.setSession(state.session === one ? null : state.session!, true);
    state.isInTransition = true;
    if (callback) await callback();
    else isLeaving = (await clerk.navigate(redirectUrl || clerk.buildAfterSignOutUrl())) === true;
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
