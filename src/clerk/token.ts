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
  if (typeof jwt !== 'string') return undefined;
  try {
    const [header, payload] = jwt.split('.').map(decodePart);
    const { sub, sid, iat, exp, o, org_id } = payload as Record<string, unknown>;
    if (typeof sub !== 'string' || typeof iat !== 'number' || typeof exp !== 'number') return undefined;
    return {
      sub,
      sid: typeof sid === 'string' ? sid : undefined,
      iat,
      exp,
      oiat: (header as { oiat?: number }).oiat,
      organizationId: (o as { id?: string } | undefined)?.id ?? (org_id as string | undefined) ?? null,
    };
  } catch {
    return undefined;
  }
}

function decodePart(part: string, index: number): unknown {
  if (index > 1) return undefined;
  const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}
