/** What Clerk's React package calls when the props of its components change. */
import type { ClerkCore } from '../clerk/clerk.ts';

interface ChangedProps {
  /** Where not only the appearance has changed: all options of `load()`. */
  options?: object;
  appearance?: unknown;
  localization?: unknown;
  /** Filled by a `mount…` method; then the others are its props. */
  node?: HTMLElement;
  props?: object;
}

/** New options of `load()` or, with a node, new props of what is mounted there. */
async function updateProps(this: ClerkCore, { node, props = {}, options, ...changed }: ChangedProps): Promise<void> {
  if (node) (node.firstElementChild as { assign?(props: object): void } | null)?.assign?.(props);
  else await this.load({ ...options, ...changed } as Parameters<ClerkCore['load']>[0]);
}

/** The second name is that of `@clerk/clerk-react`. */
export const propsOfClerk = { __internal_updateProps: updateProps, __unstable__updateProps: updateProps };
