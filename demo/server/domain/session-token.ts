/** Claims of session tokens, version 2 (dossier part 1, §6.3). */
import { createSecret } from '../ids.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Client } from '../store/clients.ts';
import type { Session } from '../store/sessions.ts';

/** Seconds. */
export const tokenLifetime = 60;
const allowedClockSkew = 10;

/** Says in the header `cat` that this is a session token, not one from a template. */
const sessionCategory = 'cl_B7d4PD111AAA';

export interface TokenSubject {
  session: Session;
  /** Its client as last read: backends refuse tokens older than its last change (dossier part 1, §9.3). */
  client: Pick<Client, 'updated_at'>;
  /** `azp`: the page that the token is given to. */
  origin: string | undefined;
  /** Seconds; default {@link tokenLifetime}. */
  lifetime?: number | undefined;
}

export function sessionTokenClaims(
  { session, client, origin, lifetime = tokenLifetime }: TokenSubject,
  { issuer, now }: { issuer: string; now: number },
): Record<string, unknown> {
  const iat = Math.max(toSeconds(now), toSeconds(client.updated_at));
  return {
    v: 2,
    iss: issuer,
    sub: session.user_id,
    sid: session.id,
    iat,
    nbf: iat - allowedClockSkew,
    exp: iat + lifetime,
    ...(origin !== undefined && { azp: origin }),
    jti: createSecret().slice(0, 20),
    sts: session.status,
    fva: factorVerificationAge(session, now),
  };
}

/** Signs a session token. */
export function createSessionToken(
  { keys, frontendApiHost, now }: Pick<Dependencies, 'keys' | 'frontendApiHost' | 'now'>,
  subject: TokenSubject,
): Promise<string> {
  return keys.sign(sessionTokenClaims(subject, { issuer: `https://${frontendApiHost}`, now: now() }), sessionCategory);
}

/** Minutes since the first and the second factor were proved; −1 for never. */
export function factorVerificationAge(session: Session, now: number): [first: number, second: number] {
  return [ageInMinutes(session.first_factor_verified_at, now), ageInMinutes(session.second_factor_verified_at, now)];
}

const ageInMinutes = (time: number | null, now: number) => (time === null ? -1 : Math.max(0, Math.floor((now - time) / 60_000)));

const toSeconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
