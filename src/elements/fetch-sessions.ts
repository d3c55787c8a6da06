import { furtherFile } from './further-file.ts';
import type * as sessions from './sessions.ts';

/** The file for those who are signed in already, and the same if it is there. */
export const [fetchSessions, fetchedSessions] = furtherFile<typeof sessions>(
  () => import('./sessions.ts'),
  () => import('./sessions.ts?r=1'),
);
