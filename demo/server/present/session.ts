/** Sessions on the wire (dossier part 1, §5.2; part 2, §4.3). */
import type { Complete } from '../../../src/wire/primitives.ts';
import type { SessionWithActivityJSON } from '../../../src/wire/own-sessions.ts';
import type { PublicUserDataJSON, SessionJSON } from '../../../src/wire/session.ts';
import { createSessionToken, factorVerificationAge } from '../domain/session-token.ts';
import type { TokenContext } from '../domain/session-token.ts';
import type { Client } from '../store/clients.ts';
import { presentTasks } from './backend-session.ts';
import { isActive } from '../store/sessions.ts';
import type { Session } from '../store/sessions.ts';
import type { User } from '../store/users.ts';
import { avatarUrl, presentUser } from './user.ts';
import { describeUserAgent } from './user-agent.ts';

export interface PresentedSession {
  session: Session;
  user: User;
  client: Pick<Client, 'updated_at'>;
  /** Page that is given the token. */
  origin: string | undefined;
  /** For an answer that only reads. */
  mayRepeatToken?: boolean | undefined;
}

/** The session with a token: without one the official browser drops its cookie (dossier part 1, §0.3). */
export async function presentSession(
  context: TokenContext,
  { session, user, client, origin, mayRepeatToken: mayRepeat }: PresentedSession,
): Promise<Complete<SessionJSON>> {
  const mayHaveToken = isActive(session) && !user.banned;
  const jwt = mayHaveToken ? await createSessionToken(context, { session, user, client, origin, mayRepeat }) : undefined;
  return {
    ...lifeOf(session),
    last_active_organization_id: null,
    last_active_token: jwt === undefined ? null : { object: 'token', jwt },
    actor: session.actor,
    tasks: presentTasks(session),
    user: presentUser(user, context),
    public_user_data: presentPublicUserData(user, context),
    factor_verification_age: factorVerificationAge(session, context.now()),
    created_at: session.created_at,
    updated_at: session.updated_at,
  };
}

/** What every list and detail says of a session. */
const lifeOf = ({ id, status, expire_at, abandon_at, last_active_at }: Session) =>
  ({ object: 'session', id, status, expire_at, abandon_at, last_active_at }) as const;

function presentPublicUserData(user: User, { frontendApiUrl }: TokenContext): Complete<PublicUserDataJSON> & { deprovisioned: boolean } {
  const primary = user.email_addresses.find(({ id }) => id === user.primary_email_address_id);
  const phone = user.phone_numbers.find(({ id }) => id === user.primary_phone_number_id);
  return {
    first_name: user.first_name,
    last_name: user.last_name,
    image_url: avatarUrl(user.id, frontendApiUrl),
    has_image: false,
    identifier: primary?.email_address ?? user.username ?? phone?.phone_number ?? null,
    user_id: user.id,
    username: user.username,
    banned: user.banned,
    deprovisioned: false,
  };
}

/** A session in the list of a user's devices: without token and user. */
export function presentSessionWithActivity(session: Session, now: number): Complete<SessionWithActivityJSON> {
  return {
    ...lifeOf(session),
    latest_activity: {
      object: 'session_activity',
      id: session.id.replace(/^sess_/, 'sact_'),
      ...describeUserAgent(session.user_agent ?? ''),
      ip_address: session.ip_address,
      city: null,
      country: null,
    },
    last_active_organization_id: null,
    last_active_token: null,
    actor: session.actor,
    tasks: presentTasks(session),
    user: null,
    public_user_data: null,
    factor_verification_age: factorVerificationAge(session, now),
    created_at: session.created_at,
    updated_at: session.updated_at,
  };
}
