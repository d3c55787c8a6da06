/** The client on the wire: one browser, with its sessions and the attempts under way (dossier part 1, §5.1). */
import type { ClientJSON } from '../../../src/wire/client.ts';
import type { Complete } from '../../../src/wire/primitives.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Viewer } from '../frontend-api/handler.ts';
import { findClient } from '../store/clients.ts';
import type { Client } from '../store/clients.ts';
import { findSessionsOfClient } from '../store/sessions.ts';
import { findUsers } from '../store/users.ts';
import { presentSession } from './session.ts';
import { presentSignInById } from './sign-in.ts';
import { presentSignUpById } from './sign-up.ts';

/**
 * The client as it is now, with a token for each session; `null` if there is none.
 * @param clientOrId the row where it was read just now, and nothing has changed since
 */
export async function presentClient(
  context: Dependencies,
  clientOrId: Client | string | undefined,
  { origin, sessionsBefore = Infinity, mayRepeatTokens: mayRepeatToken, readUsers }: Viewer,
): Promise<Complete<ClientJSON> | null> {
  const { database } = context;
  const client = typeof clientOrId === 'string' ? await findClient(database, clientOrId) : clientOrId;
  if (!client) return null;
  const open = await findSessionsOfClient(database, client.id, context.now());
  const users = new Map(readUsers?.map((user) => [user.id, user]));
  const others = open.map((session) => session.user_id).filter((id) => !users.has(id));
  for (const user of await findUsers(database, others)) users.set(user.id, user);
  const visible = open.flatMap((session) => {
    const user = users.get(session.user_id);
    // A ban holds from the next request on, whatever became of the sessions.
    return user && !user.banned && session.created_at < sessionsBefore ? [{ session, user }] : [];
  });
  // A finished attempt is shown for a while to the page that a browser comes back to, and not without its session.
  const isOver = (attempt: { status: string; created_session_id: string | null; abandon_at: number | null } | null) =>
    attempt?.status === 'complete' &&
    ((attempt.abandon_at ?? 0) <= context.now() || !visible.some(({ session }) => session.id === attempt.created_session_id));
  const signIn = await presentSignInById(context, client.sign_in_id);
  const signUp = await presentSignUpById(context, client.sign_up_id);
  return {
    object: 'client',
    id: client.id,
    sessions: await Promise.all(
      visible.map(({ session, user }) => presentSession(context, { session, user, client, origin, mayRepeatToken })),
    ),
    sign_in: isOver(signIn) ? null : signIn,
    sign_up: isOver(signUp) ? null : signUp,
    last_active_session_id: visible.find(({ session }) => session.id === client.last_active_session_id)?.session.id ?? null,
    last_authentication_strategy: client.last_authentication_strategy,
    // Nothing here outlives the cookie, so there is nothing that a detour through `/v1/client/touch` would prolong.
    cookie_expires_at: null,
    captcha_bypass: false,
    created_at: client.created_at,
    updated_at: client.updated_at,
  };
}
