/** Which session is the current one (dossier part 1, §5.5). */
import { isUnauthenticatedError } from '../errors.ts';
import type { SetActiveParams } from './clerk-api.ts';
import { navigate } from './navigation.ts';
import { notLoaded } from './state.ts';
import type { State } from './state.ts';

/** Frameworks set these to drop what they have cached for another user. */
export interface Hooks {
  __internal_onBeforeSetActive?: (intent?: 'sign-out') => unknown;
  __internal_onAfterSetActive?: () => unknown;
}

const hooks = globalThis as Hooks;

/** @throws ClerkRuntimeError `not_loaded`; the API's error if it says that the session is no more */
export const setActive = (state: State, params: SetActiveParams): Promise<void> => state.first(choose(state, params));

async function choose(state: State, { session, redirectUrl, navigate: navigateSelf }: SetActiveParams): Promise<void> {
  if (!state.isLoaded || (session === undefined && !state.session)) throw notLoaded('setActive()');
  const wanted = typeof session === 'string' ? session : session?.id;
  const next = session === undefined ? state.session! : state.openSession(wanted);
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
    // Also where this tab has heard of it meanwhile: others may have asked a moment too early.
    if (session !== undefined) state.tell(next ? 'session' : 'signout', next?.id);
  }
  if (!isPending && !isLeaving) await hooks.__internal_onAfterSetActive?.();
}
