/** The devices on which a user is signed in (dossier part 2, §4.1, §4.3). */
import * as z from 'zod/mini';
import { plain, wrapped } from './endpoint.ts';
import { emptyForm } from './form.ts';
import { maybe, maybeFlag, maybeText, maybeTimestamp, text } from './primitives.ts';

/** A session in the list of a user's devices. */
export const sessionWithActivity = z.looseObject({
  id: text,
  object: z.optional(text),
  status: text,
  expire_at: maybeTimestamp,
  abandon_at: maybeTimestamp,
  last_active_at: maybeTimestamp,
  actor: maybe(z.looseObject({})),
  latest_activity: maybe(
    z.looseObject({
      id: text,
      object: z.optional(text),
      device_type: maybeText,
      is_mobile: maybeFlag,
      browser_name: maybeText,
      browser_version: maybeText,
      ip_address: maybeText,
      city: maybeText,
      country: maybeText,
    }),
  ),
});

export type SessionWithActivityJSON = z.infer<typeof sessionWithActivity>;

export const ownSessionEndpoints = {
  listActiveSessions: plain('GET', '/me/sessions/active', z.array(sessionWithActivity)),
  listSessions: plain('GET', '/me/sessions', z.array(sessionWithActivity)),
  revokeSession: wrapped('POST', '/me/sessions/:sessionId/revoke', sessionWithActivity),
};

export const ownSessionForms = {
  listActiveSessions: emptyForm,
  listSessions: emptyForm,
  revokeSession: emptyForm,
};
