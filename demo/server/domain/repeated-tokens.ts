/**
 * The last token of each session, for answers that only read: signing is most of the work of such an answer, and a page that asks twice
 * within seconds may as well get the same token twice.
 */

/** Seconds that a token must be good for to be given once more. */
const minimumRest = 30;
/** Sessions of one process; the one that was not asked for longest makes room. */
const maximumTokens = 5_000;

interface KeptToken {
  jwt: string;
  claims: string;
  /** Seconds since 1970. */
  iat: number;
  exp: number;
}

/** Claims that every token has anew, and that say nothing about anybody. */
const ofTheToken = new Set(['iat', 'nbf', 'exp', 'jti']);

const kept = new WeakMap<object, Map<string, KeptToken>>();

/** A token that is about to be made. */
export interface TokenRequest {
  /** Id of the session. */
  session: string;
  claims: Record<string, unknown>;
  header: object;
  /** Seconds since 1970: when the authentication of the browser last changed. Older tokens count as outdated (dossier part 1, §9.3). */
  notBefore: number;
  now: number;
  /** `false`: a new one in any case, which others may get afterwards. */
  mayRepeat: boolean;
}

/**
 * The session's last token for this page while its claims are unchanged and it has half a minute left; else a new one, by `sign`.
 * @param owner what signs: each instance remembers its own tokens
 */
export async function repeatToken(
  owner: object,
  { session, claims, header, notBefore, now, mayRepeat }: TokenRequest,
  sign: () => Promise<string>,
): Promise<string> {
  const tokens = kept.get(owner) ?? new Map<string, KeptToken>();
  kept.set(owner, tokens);
  const content = JSON.stringify([header, Object.entries(claims).filter(([name]) => !ofTheToken.has(name))]);
  const key = `${session} ${String(claims['azp'])}`;
  const last = tokens.get(key);
  tokens.delete(key);
  if (mayRepeat && last?.claims === content && last.exp - now >= minimumRest && last.iat >= notBefore) {
    tokens.set(key, last);
    return last.jwt;
  }
  const jwt = await sign();
  tokens.set(key, { jwt, claims: content, iat: Number(claims['iat']), exp: Number(claims['exp']) });
  const [oldest] = tokens.keys();
  if (tokens.size > maximumTokens && oldest !== undefined) tokens.delete(oldest);
  return jwt;
}
