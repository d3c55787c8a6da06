/** Providers that need no more than a client id: their names, and where they are. */

/** Where a provider is: found by its discovery document, or named address by address. */
export interface ProviderAddresses {
  issuer?: string | undefined;
  authorizationUrl?: string | undefined;
  tokenUrl?: string | undefined;
  userinfoUrl?: string | undefined;
}

export interface KnownProvider extends ProviderAddresses {
  name: string;
  scopes?: readonly string[];
}

/** By the part of the strategy after `oauth_`. */
export const knownProviders: Readonly<Record<string, KnownProvider>> = {
  apple: { name: 'Apple', issuer: 'https://appleid.apple.com', scopes: ['openid', 'email', 'name'] },
  discord: {
    name: 'Discord',
    authorizationUrl: 'https://discord.com/oauth2/authorize',
    tokenUrl: 'https://discord.com/api/oauth2/token',
    userinfoUrl: 'https://discord.com/api/users/@me',
    scopes: ['identify', 'email'],
  },
  facebook: {
    name: 'Facebook',
    authorizationUrl: 'https://www.facebook.com/dialog/oauth',
    tokenUrl: 'https://graph.facebook.com/oauth/access_token',
    userinfoUrl: 'https://graph.facebook.com/me?fields=id,name,first_name,last_name,email',
    scopes: ['public_profile', 'email'],
  },
  github: {
    name: 'GitHub',
    authorizationUrl: 'https://github.com/login/oauth/authorize',
    tokenUrl: 'https://github.com/login/oauth/access_token',
    userinfoUrl: 'https://api.github.com/user',
    scopes: ['read:user', 'user:email'],
  },
  gitlab: { name: 'GitLab', issuer: 'https://gitlab.com' },
  google: { name: 'Google', issuer: 'https://accounts.google.com' },
  linkedin_oidc: { name: 'LinkedIn', issuer: 'https://www.linkedin.com/oauth' },
  microsoft: { name: 'Microsoft' },
  slack: { name: 'Slack', issuer: 'https://slack.com' },
  twitch: { name: 'Twitch', issuer: 'https://id.twitch.tv/oauth2' },
  x: { name: 'X' },
};
