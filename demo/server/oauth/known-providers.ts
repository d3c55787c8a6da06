/** Providers of Clerk's list: their names, and where they are, for those that need no more than a client id. */

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
  atlassian: { name: 'Atlassian' },
  bitbucket: { name: 'Bitbucket' },
  box: { name: 'Box' },
  coinbase: { name: 'Coinbase' },
  discord: {
    name: 'Discord',
    authorizationUrl: 'https://discord.com/oauth2/authorize',
    tokenUrl: 'https://discord.com/api/oauth2/token',
    userinfoUrl: 'https://discord.com/api/users/@me',
    scopes: ['identify', 'email'],
  },
  dropbox: { name: 'Dropbox' },
  enstall: { name: 'Enstall' },
  expressen: { name: 'Expressen' },
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
  hubspot: { name: 'HubSpot' },
  huggingface: { name: 'Hugging Face' },
  instagram: { name: 'Instagram' },
  line: { name: 'LINE' },
  linear: { name: 'Linear' },
  linkedin: { name: 'LinkedIn' },
  linkedin_oidc: { name: 'LinkedIn', issuer: 'https://www.linkedin.com/oauth' },
  microsoft: { name: 'Microsoft' },
  notion: { name: 'Notion' },
  slack: { name: 'Slack', issuer: 'https://slack.com' },
  spotify: { name: 'Spotify' },
  tiktok: { name: 'TikTok' },
  twitch: { name: 'Twitch', issuer: 'https://id.twitch.tv/oauth2' },
  twitter: { name: 'Twitter' },
  vercel: { name: 'Vercel' },
  x: { name: 'X' },
  xero: { name: 'Xero' },
};
