import { furtherFile } from './further-file.ts';
import type * as later from './later.ts';

export type Later = typeof later;

/** The further file of the UI, and the same if it is there. */
export const [fetchLater, fetchedLater] = furtherFile<Later>(
  () => import('./later.ts'),
  () => import('./later.ts?r=1'),
);
