/**
 * Refresh tokens: with one, the server of a site has an expired session token renewed without sending the browser round (dossier part 1,
 * §9.4). Each belongs to a session and ends with it. It is made from the session's id, so that nothing has to be stored for it and tabs
 * that renew at once do not take it from one another; it is of use only to who holds the secret key too.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Dependencies } from '../dependencies.ts';
import { ApiError } from '../errors.ts';
import type { Session } from '../store/sessions.ts';

type KeyContext = Pick<Dependencies, 'keys'>;

/** Characters: 120 bits, and the length that the hosted service's have. */
const length = 20;

/** What the cookie of a session holds. */
export function createRefreshToken({ keys }: KeyContext, sessionId: string): string {
  return createHmac('sha256', keys.refreshTokenKey).update(sessionId).digest('base64url').slice(0, length);
}

/** What a backend shows: both have to be of the session. */
export interface ShownTokens {
  refreshToken: string;
  /** The session token that was last given to the page; it may have expired. */
  expiredToken: string;
}

/** @throws ApiError 401, which SDKs answer with a handshake. */
export async function checkRefresh(
  context: KeyContext,
  session: Pick<Session, 'id'>,
  { refreshToken, expiredToken }: ShownTokens,
): Promise<void> {
  const expected = Buffer.from(createRefreshToken(context, session.id));
  const shown = Buffer.from(refreshToken);
  if (shown.length !== expected.length || !timingSafeEqual(shown, expected)) throw refreshInvalid('refresh_token');
  const claims = await context.keys.verify(expiredToken);
  if (claims?.['sid'] !== session.id) throw refreshInvalid('expired_token');
}

const refreshInvalid = (name: string) =>
  new ApiError(401, {
    code: `${name}_invalid`,
    message: 'Invalid token',
    longMessage: `${name} is not one of this session. Use the handshake.`,
  });
