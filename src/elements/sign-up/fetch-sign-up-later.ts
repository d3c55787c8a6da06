import { furtherFile } from '../shared.ts';
import type * as later from './sign-up-later.ts';

/** The further file of the sign-up card, and the same if it is there. */
export const [fetchSignUpLater, fetchedSignUpLater] = furtherFile<typeof later>(
  () => import('./sign-up-later.ts'),
  () => import('./sign-up-later.ts?r=1'),
);
