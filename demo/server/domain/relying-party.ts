/** Whom a passkey is for: a domain, which browsers compare with that of the page (WebAuthn, section 5.1.2). */
import { isIP } from 'node:net';
import type { Dependencies } from '../dependencies.ts';
import { ApiError } from '../errors.ts';

export interface RelyingParty {
  /** The domain: `example.com`, `localhost`. */
  id: string;
  /** Of the page: `https://www.example.com`. */
  origin: string;
}

/**
 * The relying party of a page: the domain of the settings for pages within it, otherwise the page's own host name.
 * @throws ApiError 400 `passkey_invalid_rpID_or_domain`: browsers know no passkeys for IP addresses.
 */
export function relyingPartyOf({ settings }: Pick<Dependencies, 'settings'>, origin: string | undefined): RelyingParty {
  const host = origin !== undefined && URL.canParse(origin) ? new URL(origin).hostname : '';
  if (origin === undefined || !host || host.startsWith('[') || isIP(host)) throw noDomain(host);
  const { domain } = settings.passkey;
  const isWithin = domain !== '' && (host === domain || host.endsWith(`.${domain}`));
  return { id: isWithin ? domain : host, origin };
}

const noDomain = (host: string) =>
  new ApiError(400, {
    code: 'passkey_invalid_rpID_or_domain',
    message: 'Passkeys need a domain',
    longMessage: /^(127\.|\[::1])/.test(host)
      ? 'Passkeys work on pages with a domain name. Open this page as http://localhost instead of by an IP address.'
      : 'Passkeys work on pages with a domain name, and not on pages of an IP address.',
  });
