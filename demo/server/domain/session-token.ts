/** Session tokens, version 2 (dossier part 1, §6.3), with the claims that the settings add. */
import { createSecret } from '../ids.ts';
import type { Dependencies } from '../dependencies.ts';
import { claimValues } from '../present/claim-values.ts';
import type { Client } from '../store/clients.ts';
import type { Session } from '../store/sessions.ts';
import type { User } from '../store/users.ts';
import { repeatToken } from './repeated-tokens.ts';
import { evaluateClaims } from './shortcodes.ts';
import { tokenSizeWarning } from './token-size.ts';

/** Seconds. */
export const tokenLifetime = 60;
export const tokenClockSkew = 10;

/** Says in the header `cat` that this is a session token, not one from a template. */
const sessionCategory = 'cl_B7d4PD111AAA';

/** What making a token needs beside the rows. */
export type TokenContext = Pick<Dependencies, 'keys' | 'frontendApiHost' | 'frontendApiUrl' | 'settings' | 'now' | 'log'>;

/** Who a token is about, and whom it is for. */
export interface TokenSubject {
  session: Session;
  /** As last read: its claims are as fresh as this row. */
  user: User;
  /** Its client as last read: backends refuse tokens older than its last change (dossier part 1, §9.3). */
  client: Pick<Client, 'updated_at'>;
  /** `azp`: the page that the token is given to. */
  origin: string | undefined;
  /** Seconds; default {@link tokenLifetime}, or the template's. */
  lifetime?: number | undefined;
  /** `true` where the session's last token may be given once more (`repeated-tokens.ts`). */
  mayRepeat?: boolean | undefined;
}

/** What the claims that every token has are made of. */
export type DefaultClaimsSubject = Omit<TokenSubject, 'user' | 'lifetime' | 'mayRepeat'> & { lifetime: number; clockSkew: number };

/** Claims of every token, whatever it is for; nothing overrides them. */
export function defaultClaims(
  { session, client, origin, lifetime, clockSkew }: DefaultClaimsSubject,
  { issuer, now }: { issuer: string; now: number },
): Record<string, unknown> {
  const iat = Math.max(toSeconds(now), toSeconds(client.updated_at));
  return {
    iss: issuer,
    sub: session.user_id,
    iat,
    nbf: iat - clockSkew,
    exp: iat + lifetime,
    ...(origin !== undefined && { azp: origin }),
    jti: createSecret().slice(0, 20),
  };
}

/** Claims of every session token. */
export function sessionTokenClaims(
  { lifetime = tokenLifetime, ...subject }: Omit<TokenSubject, 'user'>,
  context: { issuer: string; now: number },
): Record<string, unknown> {
  const { session } = subject;
  return {
    v: 2,
    ...defaultClaims({ ...subject, lifetime, clockSkew: tokenClockSkew }, context),
    sid: session.id,
    sts: session.status,
    fva: factorVerificationAge(session, context.now),
    ...(session.actor && { act: session.actor }),
  };
}

/** Signs a session token, or gives the last one once more where the subject says that it may. */
export async function createSessionToken(context: TokenContext, { user, mayRepeat = false, ...subject }: TokenSubject): Promise<string> {
  const { keys, settings, log } = context;
  const now = context.now();
  const own = sessionTokenClaims(subject, { issuer: issuerOf(context), now });
  const custom = evaluateClaims(settings.sessionToken.claims, claimValues({ user, session: subject.session }, context));
  const claims = { ...custom, ...own };
  const header = { cat: sessionCategory, oiat: freshness(user) };
  const times = { notBefore: toSeconds(subject.client.updated_at), now: toSeconds(now) };
  return repeatToken(keys, { session: subject.session.id, claims, header, ...times, mayRepeat }, async () => {
    const jwt = await keys.sign(claims, header);
    const warning = tokenSizeWarning(jwt);
    if (warning !== undefined) log({ level: 'warn', message: warning });
    return jwt;
  });
}

/** `iss`: by it backends and browsers know whose token it is, even behind a proxy. */
export const issuerOf = ({ frontendApiHost }: Pick<TokenContext, 'frontendApiHost'>): string => `https://${frontendApiHost}`;

/**
 * `oiat`, in seconds: says which of two tokens knows more (dossier part 1, §6.3). The time of the row rather than of reading it, since
 * that strictly grows whichever process writes, and down to the millisecond, since answers overtake one another within a second.
 */
const freshness = (user: User) => user.updated_at / 1000;

/** Minutes since the first and the second factor were proved; −1 for never. */
export function factorVerificationAge(session: Session, now: number): [first: number, second: number] {
  return [ageInMinutes(session.first_factor_verified_at, now), ageInMinutes(session.second_factor_verified_at, now)];
}

const ageInMinutes = (time: number | null, now: number) => (time === null ? -1 : Math.max(0, Math.floor((now - time) / 60_000)));

const toSeconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
