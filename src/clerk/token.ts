/** Session tokens as the core reads them: without checking the signature, which is the backend's business. */
import { readJwt } from '../resources/jwt.ts';

/** What is read of a token. */
export interface TokenClaims {
  sub: string;
  /** Missing in tokens made from a template. */
  sid: string | undefined;
  /** Seconds since 1970. */
  iat: number;
  exp: number;
  /** When the claims were read from the database, in seconds: says which of two tokens is fresher. */
  oiat: number | undefined;
  /** The active organisation. */
  organizationId: string | null;
}

/** `undefined` for anything that is not a token. */
export function readToken(jwt: unknown): TokenClaims | undefined {
  const { header, claims } = readJwt(jwt) ?? {};
  const { sub, sid, iat, exp, o, org_id } = (claims ?? {}) as unknown as TokenClaims & { o?: { id?: string }; org_id?: string };
  if (typeof sub !== 'string' || typeof iat !== 'number' || typeof exp !== 'number') return undefined;
  return { sub, sid, iat, exp, oiat: header?.oiat as number | undefined, organizationId: o?.id ?? org_id ?? null };
}
