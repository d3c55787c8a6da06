/** The development stand-in for the client cookie (dossier part 1, §4.3). */
import * as z from 'zod/mini';
import { plain } from './endpoint.ts';
import { emptyForm } from './form.ts';
import { text } from './primitives.ts';

export const devBrowser = z.looseObject({
  object: z.optional(text),
  id: text,
  /** The name older clients read; same value. */
  token: z.optional(text),
});

export type DevBrowserJSON = z.infer<typeof devBrowser>;

export const devBrowserEndpoints = { createDevBrowser: plain('POST', '/dev_browser', devBrowser) };
export const devBrowserForms = { createDevBrowser: emptyForm };
