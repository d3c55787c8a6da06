import type * as beginnings from './beginnings.ts';
import { furtherFile } from './further-file.ts';

/** The file for those who come by a link or with a passkey, and the same if it is there. */
export const [fetchBeginnings, fetchedBeginnings] = furtherFile<typeof beginnings>(
  () => import('./beginnings.ts'),
  () => import('./beginnings.ts?r=1'),
);
