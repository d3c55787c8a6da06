/** What a deletion answers with (dossier part 1, §3.1). */
import * as z from 'zod/mini';
import { flag, seldom, text } from './primitives.ts';

export const deletedObject = z.looseObject({
  object: z.optional(text),
  id: z.optional(text),
  slug: seldom(text),
  deleted: flag,
});

export type DeletedObjectJSON = z.infer<typeof deletedObject>;
