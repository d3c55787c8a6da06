/** Coming and going: which session is the current one (dossier part 1, §5.5 and §5.7). */
import { isNetworkError, isUnauthenticatedError } from '../errors.ts';
import { clientEndpoints } from '../wire/client.ts';
import type { SetActiveParams, SignOutOptions } from './clerk-api.ts';
import type { Navigation } from './navigation.ts';
import { notLoaded } from './state.ts';
import type { State } from './state.ts';

/** Frameworks set these to drop what they have cached for another user. */
interface Hooks {
  __internal_onBeforeSetActive?: (intent?: 'sign-out') => unknown;
  __internal_onAfterSetActive?: () => unknown;
}

const hooks = globalThis as Hooks;

export class ActiveSession {
  readonly #state: State;
  readonly #navigation: Navigation;

  constructor(state: State, navigation: Navigation) {
    this.#state = state;
    this.#navigation = navigation;
  }

  async setActive({ session, redirectUrl, navigate }: SetActiveParams): Promise<void> {
    const state = this.#state;
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
    state.cookies.write(state.client, next);
    let isLeaving = false;
    try {
      if (!isPending && (redirectUrl || navigate)) {
        state.isInTransition = true;
        state.emit();
        if (navigate && next) await navigate({ session: next, decorateUrl: (url) => url });
        else if (redirectUrl) isLeaving = await this.#navigation.navigate(redirectUrl);
      }
    } finally {
      // A page that is being left shows nobody new.
      if (!isLeaving) state.isInTransition = false;
      state.setSession(next, isLeaving);
      if (isOther) state.tell(next ? 'session' : 'signout');
    }
    if (!isPending && !isLeaving) await hooks.__internal_onAfterSetActive?.();
  }

  async signOut(first?: (() => unknown) | SignOutOptions, second?: SignOutOptions): Promise<void> {
    const state = this.#state;
    const callback = typeof first === 'function' ? first : undefined;
    const { sessionId, redirectUrl } = (typeof first === 'object' ? first : second) ?? {};
    const sessions = state.client.signedInSessions;
    if (!state.isLoaded || !sessions.length) return;
    const one = sessionId && sessions.length > 1 ? sessions.find(({ id }) => id === sessionId) : undefined;
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
      else state.applyClient(await this.#endAll());
      state.isInTransition = false;
      state.setSession(null, true);
      state.isInTransition = true;
      state.tell('signout');
      if (callback) await callback();
      else isLeaving = await this.#navigation.navigate(redirectUrl || this.#navigation.buildAfterSignOutUrl());
    } finally {
      if (!isLeaving) {
        state.isInTransition = false;
        state.emit();
      }
    }
    if (!isLeaving) await hooks.__internal_onAfterSetActive?.();
  }

  async #endAll() {
    const { api, client } = this.#state;
    try {
      return await api.call(clientEndpoints.endAllSessions);
    } catch (error) {
      // The service says that they have ended already, and so does the client that it was asked for.
      if (!isNetworkError(error) && !client.signedInSessions.length) return null;
      throw error;
    }
  }
}
