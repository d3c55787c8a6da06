import type * as later from './sign-up-later.ts';

let fetched: typeof later | undefined;

/** The further file of the sign-up card: fetched once, again after a failure. Firefox never repeats a failed import of the same address. */
export const fetchSignUpLater = async (): Promise<typeof later> =>
  (fetched ??= await import('./sign-up-later.ts').catch(() => import('./sign-up-later.ts?r=1') as unknown as Promise<typeof later>));

/** The same, if it is there. */
export const fetchedSignUpLater = (): typeof later | undefined => fetched;
