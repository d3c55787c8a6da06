/** Sessions of a client (dossier part 1, §5.2; part 2, §4.3). */
import * as z from 'zod/mini';
import { wrapped } from './endpoint.ts';
import { form, formText } from './form.ts';
import { maybe, maybeFlag, maybeList, maybeText, maybeTimestamp, text } from './primitives.ts';
import type { OpenEnum } from './primitives.ts';
import { token } from './token.ts';
import { user } from './user.ts';

/** Read as it is. */
export const publicUserData = /* @__PURE__ */ z.extend(z.looseObject({}), {
  first_name: maybeText,
  last_name: maybeText,
  image_url: maybeText,
  has_image: maybeFlag,
  identifier: maybeText,
  user_id: maybeText,
  username: maybeText,
  banned: maybeFlag,
});

export const session = z.looseObject({
  id: text,
  object: z.optional(text),
  status: text,
  expire_at: maybeTimestamp,
  abandon_at: maybeTimestamp,
  last_active_at: maybeTimestamp,
  last_active_organization_id: maybeText,
  last_active_token: maybe(token),
  actor: maybe(z.looseObject({})),
  tasks: maybeList(z.looseObject({ key: text })),
  /** `null` in `GET /me/sessions/active`. */
  user: maybe(user),
  public_user_data: maybe(publicUserData),
  factor_verification_age: maybeList(z.number()),
  created_at: maybeTimestamp,
  updated_at: maybeTimestamp,
});

export type SessionJSON = z.infer<typeof session>;
export type PublicUserDataJSON = z.infer<typeof publicUserData>;
export type SessionStatus = OpenEnum<'active' | 'pending' | 'ended' | 'removed' | 'replaced' | 'revoked' | 'expired' | 'abandoned'>;

export const sessionEndpoints = {
  touchSession: wrapped('POST', '/client/sessions/:sessionId/touch', session),
};

export const sessionForms = {
  touchSession: /* @__PURE__ */ form({ active_organization_id: formText, intent: formText }),
};
