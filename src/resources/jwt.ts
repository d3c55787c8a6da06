/** The parts of a JSON Web Token (RFC 7519) that say something, as members of Clerk's types. */
export interface Jwt {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

/** Reads without checking the signature; `undefined` for anything that is not a token. */
export function readJwt(jwt: unknown): Jwt | undefined {
  try {
    const [header, claims] = (jwt as string).split('.', 2).map(decodePart);
    return header && claims && { header, claims };
  } catch {
    return undefined;
  }
}

/** Claims may hold metadata, and so any character. */
function decodePart(part: string): Record<string, unknown> {
  const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
}
