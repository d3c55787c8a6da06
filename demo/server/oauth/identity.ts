/** Who a provider says somebody is: its claims, read with care, since they may be anything. */
import { safeUrl } from '../../../src/rules/safe-url.ts';
import { normalizeEmailAddress } from '../domain/identifiers.ts';
import type { ExternalProfile } from '../store/external-accounts.ts';
import type { SocialProvider } from './settings.ts';

/** Tokens of a provider, as they are sealed. */
export interface ProviderTokens {
  accessToken: string;
  refreshToken?: string | undefined;
  idToken?: string | undefined;
  /** Milliseconds since 1970; `null` where the provider does not say. */
  expireAt: number | null;
}

/** Somebody at a provider, proved just now. */
export interface Identity extends ExternalProfile {
  strategy: string;
  provider_user_id: string;
  /** Absent for an ID token that a page has handed in. */
  tokens?: ProviderTokens | undefined;
}

const longestSubject = 255;
const longestName = 256;

/**
 * @param claims of the ID token, of the address that says who somebody is, or of both.
 * @returns `undefined` if they do not say whose they are.
 */
export function readIdentity(
  { strategy, emailsAreVerified }: Pick<SocialProvider, 'strategy' | 'emailsAreVerified'>,
  claims: Readonly<Record<string, unknown>>,
  scopes: string,
): Identity | undefined {
  // Without OpenID Connect it is `id`, and often a number.
  const subject = [claims['sub'], claims['id']].find((value) => typeof value === 'string' || Number.isSafeInteger(value));
  const id = subject === undefined ? '' : String(subject);
  if (!id || id.length > longestSubject || /\p{Cc}/u.test(id)) return undefined;
  const email = typeof claims['email'] === 'string' ? normalizeEmailAddress(claims['email']) : undefined;
  const [firstOfName, ...restOfName] = nameOf(claims['name'])?.split(/\s+/) ?? [];
  const picture = safeUrl(claims['picture'] ?? claims['avatar_url']);
  return {
    strategy,
    provider_user_id: id,
    approved_scopes: scopes,
    email_address: email?.address ?? null,
    email_address_verified: email ? isEmailVerified(claims['email_verified'] ?? claims['verified'], emailsAreVerified) : null,
    first_name: nameOf(claims['given_name'] ?? claims['first_name']) ?? firstOfName ?? null,
    last_name: nameOf(claims['family_name'] ?? claims['last_name']) ?? (restOfName.join(' ') || null),
    image_url: picture !== undefined && picture.length <= 2048 ? picture : null,
    username: nameOf(claims['preferred_username'] ?? claims['login'] ?? claims['username']) ?? null,
  };
}

/** Apple says it as text. `null` is: the provider does not say. */
function isEmailVerified(value: unknown, otherwise: boolean): boolean | null {
  if (value === true || value === 'true') return true;
  return value === undefined ? otherwise || null : false;
}

/** One line that is no longer than a name. */
function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value.trim();
  return !name || /\p{Cc}/u.test(name) || [...name].length > longestName ? undefined : name;
}
