/** The waitlist (dossier part 2, §4.1). */
import * as z from 'zod/mini';
import { plain } from './endpoint.ts';
import { form, formText } from './form.ts';
import { text } from './primitives.ts';

export const waitlistEntry = z.looseObject({ object: z.optional(text), id: text });
export type WaitlistEntryJSON = z.infer<typeof waitlistEntry>;

export const waitlistEndpoints = { joinWaitlist: plain('POST', '/waitlist', waitlistEntry) };
export const waitlistForms = { joinWaitlist: /* @__PURE__ */ form({ email_address: formText }) };
