/** Session tokens (dossier part 1, §6). */
import * as z from 'zod/mini';
import { plain } from './endpoint.ts';
import { form, formText } from './form.ts';
import { text } from './primitives.ts';

export const token = z.looseObject({ object: z.optional(text), jwt: text });
export type TokenJSON = z.infer<typeof token>;

export const tokenEndpoints = {
  createToken: plain('POST', '/client/sessions/:sessionId/tokens', token),
  createTokenFromTemplate: plain('POST', '/client/sessions/:sessionId/tokens/:template', token),
};

export const tokenForms = {
  createToken: /* @__PURE__ */ form({ organization_id: formText }),
  createTokenFromTemplate: /* @__PURE__ */ form({}),
};
