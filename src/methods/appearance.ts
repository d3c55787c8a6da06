/** What Clerk's React package calls when the props of its components change. */
import type { ClerkCore } from '../clerk/clerk.ts';

interface ChangedProps {
  appearance?: unknown;
  localization?: unknown;
  /** Filled by a `mount…` method; then the others are its props. */
  node?: HTMLElement;
  props?: object;
}

export const propsOfClerk = {
  /** New options of `load()` or, with a node, new props of what is mounted there. */
  async __internal_updateProps(this: ClerkCore, { node, props = {}, ...options }: ChangedProps): Promise<void> {
    if (node) (node.firstElementChild as { assign?(props: object): void } | null)?.assign?.(props);
    else await this.load(options as Parameters<ClerkCore['load']>[0]);
  },
};
