/** Session tokens travel in a cookie, and browsers drop one that is too large without a word (dossier part 1, §6.4). */

/** Bytes of name and value that browsers keep (RFC 6265bis, §5.6). */
const cookieLimit = 4096;

/** The longer of its two names. */
const cookieName = '__session_12345678';

/** What to tell the operator of a token that no browser will keep; sizes only. */
export function tokenSizeWarning(jwt: string): string | undefined {
  const bytes = cookieName.length + jwt.length;
  if (bytes <= cookieLimit) return undefined;
  return `A session token takes ${bytes} bytes as a cookie, and browsers keep ${cookieLimit} at most. Put less into the claims of the session token.`;
}
