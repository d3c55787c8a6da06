/** Proving anew, within a session, who one is (dossier part 2, §4.4). */
import * as z from 'zod/mini';
import { wrapped } from './endpoint.ts';
import { form, formText } from './form.ts';
import { maybe, maybeList, text } from './primitives.ts';
import type { OpenEnum } from './primitives.ts';
import { session } from './session.ts';
import { factor } from './sign-in.ts';
import { verification } from './verification.ts';

export const reverification = z.looseObject({
  object: z.optional(text),
  level: text,
  status: text,
  supported_first_factors: maybeList(factor),
  supported_second_factors: maybeList(factor),
  first_factor_verification: maybe(verification),
  second_factor_verification: maybe(verification),
  session: maybe(session),
});

export type ReverificationJSON = z.infer<typeof reverification>;
export type ReverificationLevel = OpenEnum<'first_factor' | 'second_factor' | 'multi_factor'>;

export const reverificationEndpoints = {
  startReverification: wrapped('POST', '/client/sessions/:sessionId/verify', reverification),
  prepareFirstReverification: wrapped('POST', '/client/sessions/:sessionId/verify/prepare_first_factor', reverification),
  attemptFirstReverification: wrapped('POST', '/client/sessions/:sessionId/verify/attempt_first_factor', reverification),
  prepareSecondReverification: wrapped('POST', '/client/sessions/:sessionId/verify/prepare_second_factor', reverification),
  attemptSecondReverification: wrapped('POST', '/client/sessions/:sessionId/verify/attempt_second_factor', reverification),
};

const prepare = { strategy: formText, email_address_id: formText, phone_number_id: formText, redirect_url: formText };
const attempt = { strategy: formText, code: formText, password: formText, public_key_credential: formText };

export const reverificationForms = {
  startReverification: /* @__PURE__ */ form({ level: formText }),
  prepareFirstReverification: /* @__PURE__ */ form(prepare),
  attemptFirstReverification: /* @__PURE__ */ form(attempt),
  prepareSecondReverification: /* @__PURE__ */ form(prepare),
  attemptSecondReverification: /* @__PURE__ */ form(attempt),
};
