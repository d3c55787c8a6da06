import type * as moreFields from './more-fields.ts';

export type MoreFields = typeof moreFields;

let fetched: MoreFields | undefined;
let coming: Promise<MoreFields> | undefined;

/**
 * The file of further kinds of fields: fetched once for all fields, and after a failure when somebody asks for it `again`. Firefox never repeats a
 * failed import of the same address.
 */
export const fetchMoreFields = (again?: boolean): Promise<MoreFields> => (coming = (!again && coming) || load());

const load = async () => {
  const module = await import('./more-fields.ts').catch(() => import('./more-fields.ts?r=1') as unknown as Promise<MoreFields>);
  return (fetched = module);
};

/** The same, if it is there. */
export const fetchedMoreFields = (): MoreFields | undefined => fetched;
