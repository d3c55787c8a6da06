/** The error body shared by both APIs (dossier part 1, §3.2). */
import * as z from 'zod/mini';
import { maybe, maybeText, text } from './primitives.ts';

/** One error. Everything but the code is optional to a reader. */
export const apiErrorItem = z.looseObject({
  code: text,
  message: maybeText,
  long_message: maybeText,
  meta: maybe(z.looseObject({})),
});

export type ApiErrorItemJSON = z.infer<typeof apiErrorItem>;

/** The whole body. `meta.client` may carry the client, as mutations do. */
export interface ErrorBodyJSON {
  errors: ApiErrorItemJSON[];
  clerk_trace_id?: string;
  meta?: Record<string, unknown>;
}
