import type * as later from './later.ts';

export type Later = typeof later;

let fetched: Later | undefined;

/** The further file of the UI: fetched once, again after a failure. Firefox never repeats a failed import of the same address. */
export const fetchLater = async (): Promise<Later> =>
  (fetched ??= await import('./later.ts').catch(() => import('./later.ts?r=1') as unknown as Promise<Later>));

/** The same, if it is there. */
export const fetchedLater = (): Later | undefined => fetched;
