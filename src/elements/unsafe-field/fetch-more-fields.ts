import type * as moreFields from './more-fields.ts';

export type MoreFields = typeof moreFields;

let fetched: MoreFields | undefined;

/** The file of further kinds of fields: fetched once, again after a failure. Firefox never repeats a failed import of the same address. */
export const fetchMoreFields = async (): Promise<MoreFields> =>
  (fetched ??= await import('./more-fields.ts').catch(() => import('./more-fields.ts?r=1') as unknown as Promise<MoreFields>));

/** The same, if it is there. */
export const fetchedMoreFields = (): MoreFields | undefined => fetched;
