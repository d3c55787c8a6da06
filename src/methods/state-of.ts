import type { State } from '../clerk/state.ts';

/** What the page knows, for methods of a resource or of `window.Clerk`. */
export const stateOf = (resource: { resourceContext: unknown }): State => resource.resourceContext as State;
