/** Session tokens as a page reads them: without checking the signature, which is the backend's business. */

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
  try {
    const [header, payload] = (jwt as string).split('.', 2).map(decodePart);
    const { sub, sid, iat, exp, o, org_id } = payload as unknown as TokenClaims & { o?: { id?: string }; org_id?: string };
    if (typeof sub !== 'string' || typeof iat !== 'number' || typeof exp !== 'number') return undefined;
    return { sub, sid, iat, exp, oiat: header?.oiat as number | undefined, organizationId: o?.id ?? org_id ?? null };
  } catch {
    return undefined;
  }
}

/** Of what is read, nothing is beyond ASCII: bytes need not be made into characters. */
const decodePart = (part: string) => JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>;
