/** The client: one browser, with its sessions and at most one sign-in and one sign-up (dossier part 1, §5.1). */
import * as z from 'zod/mini';
import { wrapped } from './endpoint.ts';
import { emptyForm } from './form.ts';
import { maybe, maybeFlag, maybeText, maybeTimestamp, text } from './primitives.ts';
import { session } from './session.ts';
import { signIn } from './sign-in.ts';
import { signUp } from './sign-up.ts';

export const client = z.looseObject({
  id: text,
  object: z.optional(text),
  sessions: z.array(session),
  sign_in: maybe(signIn),
  sign_up: maybe(signUp),
  last_active_session_id: maybeText,
  last_authentication_strategy: maybeText,
  cookie_expires_at: maybeTimestamp,
  captcha_bypass: maybeFlag,
  created_at: maybeTimestamp,
  updated_at: maybeTimestamp,
});

export type ClientJSON = z.infer<typeof client>;

export const clientEndpoints = {
  getClient: wrapped('GET', '/client', z.nullable(client)),
  endAllSessions: wrapped('DELETE', '/client/sessions', z.nullable(client)),
};

export const clientForms = {
  getClient: emptyForm,
  endAllSessions: emptyForm,
};
