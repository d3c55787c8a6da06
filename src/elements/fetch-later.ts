import type * as later from './later.ts';

export type Later = typeof later;

let fetched: Later | undefined;

/** The further file of the UI: fetched once, again after a failure. */
export const fetchLater = async (): Promise<Later> => (fetched ??= await import('./later.ts'));

/** The same, if it is there. */
export const fetchedLater = (): Later | undefined => fetched;
