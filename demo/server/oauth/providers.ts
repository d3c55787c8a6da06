/** The providers of an instance, by what a request calls them. */
import type { InstanceSettings } from '../settings.ts';
import { providerNotEnabled, strategyNotSupported } from './errors.ts';
import type { SocialProvider } from './settings.ts';

type SocialPart = Pick<InstanceSettings, 'social'>;

/** `true` for the strategies of providers; theirs is the way over another site. */
export const isProviderStrategy = (strategy: string | null | undefined): strategy is string =>
  Boolean(strategy?.startsWith('oauth_')) && !strategy?.startsWith('oauth_token_');

/** The strategy by which a Google ID token signs in, which a page has got by Google's own script. */
export const oneTapStrategy = 'google_one_tap';
/** Whose tokens those are. */
export const oneTapProvider = 'oauth_google';

export const findProvider = ({ social }: SocialPart, strategy: string): SocialProvider | undefined =>
  social.find((provider) => provider.strategy === strategy);

/** @throws ApiError 422 `form_param_value_invalid` if nobody signs in with it here. */
export function requireSignInProvider(settings: SocialPart, strategy: string): SocialProvider {
  const provider = findProvider(settings, strategy);
  if (provider?.authenticatable) return provider;
  throw strategyNotSupported();
}

/** @throws ApiError 400 `oauth_provider_not_enabled`. */
export function requireProvider(settings: SocialPart, strategy: string): SocialProvider {
  const provider = findProvider(settings, strategy);
  if (provider) return provider;
  throw providerNotEnabled();
}
