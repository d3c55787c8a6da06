/** Providers that people may sign in with: the part of the settings file, and what it becomes. Secrets come by environment only. */
import * as z from 'zod/mini';
import { isLoopbackHost } from '../../../src/rules/publishable-key.ts';
import type { Camelized } from '../settings-keys.ts';
import { knownProviders } from './known-providers.ts';
import type { ProviderAddresses } from './known-providers.ts';

/** More than a card has room for. */
const maximumProviders = 30;

const isSafeAddress = (text: string) => {
  if (!URL.canParse(text)) return false;
  const { protocol, host, hash, username } = new URL(text);
  return !hash && !username && (protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(host)));
};
const address = z.optional(z.string().check(z.refine(isSafeAddress, 'expected an https address (http on this machine only)')));
const line = z.string().check(z.regex(/^[^\p{Cc}]{1,200}$/u, 'expected one line of text'));

/** `social` in the settings file. */
export const socialSettings = z._default(
  z
    .array(
      z.strictObject({
        strategy: z
          .string()
          .check(z.regex(/^oauth_(?!token_)(custom_)?[a-z0-9_]{1,60}$/, 'expected oauth_… or oauth_custom_…, such as oauth_google')),
        /** As buttons say it. Default: that of a known provider. */
        name: z.optional(line),
        logo_url: address,
        /** Absent in a test instance: the development provider plays this one. */
        client_id: z.optional(line),
        /** OpenID Connect: where `/.well-known/openid-configuration` is. */
        issuer: address,
        /** OAuth 2 without discovery. */
        authorization_url: address,
        token_url: address,
        userinfo_url: address,
        scopes: z.optional(z.array(z.string().check(z.regex(/^[!#-[\]-~]+$/, 'expected a scope without spaces')))),
        /** `false`: people may connect it, not sign in with it. */
        authenticatable: z._default(z.boolean(), true),
        /** Whether addresses count as proved where the provider does not say `email_verified`. */
        emails_are_verified: z._default(z.boolean(), false),
      }),
    )
    .check(z.maxLength(maximumProviders, `expected at most ${maximumProviders} providers`)),
  [],
);

type SocialSettings = Camelized<z.infer<typeof socialSettings>>;

/** A provider as the rest of the server knows it. */
export type SocialProvider = SocialSettings[number] &
  ProviderAddresses & {
    name: string;
    /** Played by the development provider. */
    isPlayed?: boolean;
  };

/** Fills in what is known of known providers. */
export function completeProviders(social: SocialSettings): SocialProvider[] {
  return social.map((given) => {
    const known = knownProviders[given.strategy.slice('oauth_'.length)];
    const isPlaced = given.issuer !== undefined || given.authorizationUrl !== undefined;
    const { name = given.strategy.replace(/^oauth_(custom_)?/, ''), scopes, ...addresses } = known ?? {};
    return {
      ...(isPlaced ? {} : addresses),
      ...given,
      name: given.name ?? name,
      scopes: given.scopes ?? (isPlaced ? undefined : scopes && [...scopes]),
    };
  });
}

/** What is wrong with the providers, each with its path. */
export function socialMistakes(social: readonly SocialProvider[]): string[] {
  return social.flatMap((provider, index) => {
    const path = `social.${index}`;
    const first = social.findIndex(({ strategy }) => strategy === provider.strategy);
    if (first < index) return `${path}.strategy: expected another strategy than that of social.${first}`;
    if (provider.clientId === undefined || provider.issuer !== undefined) return [];
    const isWhole = provider.authorizationUrl && provider.tokenUrl && provider.userinfoUrl;
    return isWhole ? [] : `${path}: expected an issuer, or authorization_url, token_url and userinfo_url, to go with client_id`;
  });
}

/** The environment variable with a provider's client secret: `OAUTH_GOOGLE_CLIENT_SECRET`. */
export const secretVariable = (strategy: string): string => `${strategy.toUpperCase()}_CLIENT_SECRET`;
