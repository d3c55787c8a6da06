import type * as beginnings from './beginnings.ts';

export type Beginnings = typeof beginnings;

let fetched: Beginnings | undefined;

/** The file for those who come by a link or with a passkey: fetched once, again after a failure, as {@link file://./fetch-later.ts} is. */
export const fetchBeginnings = async (): Promise<Beginnings> =>
  (fetched ??= await import('./beginnings.ts').catch(() => import('./beginnings.ts?r=1') as unknown as Promise<Beginnings>));

/** The same, if it is there. */
export const fetchedBeginnings = (): Beginnings | undefined => fetched;
