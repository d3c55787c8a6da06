/**
 * Talks to providers, by `openid-client`: OpenID Connect by discovery, OAuth 2 by the addresses of the settings. Where requests go is
 * configured, redirects are not followed, and nothing waits longer than ten seconds (security.md, S4).
 */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { Configuration, ServerMetadata } from 'openid-client';
import type { Dependencies } from '../dependencies.ts';
import { createSecret } from '../ids.ts';
import { readIdentity } from './identity.ts';
import type { Identity, ProviderTokens } from './identity.ts';
import type { SocialProvider } from './settings.ts';

export type OAuthContext = Pick<Dependencies, 'frontendApiUrl' | 'clientSecretOf' | 'now'>;

/** Seconds. */
const patience = 10;

/** Seconds for the development provider, which is loaded at the first request and may meet a busy machine. */
const patienceWithOurOwn = 60;

/** What is kept secret of a way to a provider until the browser comes back. */
export interface OAuthSecrets {
  nonce: string;
  codeVerifier: string;
}

export const createSecrets = (): OAuthSecrets => ({ nonce: createSecret(), codeVerifier: createSecret() });

/** Loaded when it is needed, as most instances never need it. */
const library = () => import('openid-client');

const configurations = new WeakMap<SocialProvider, Promise<Configuration>>();

function configurationOf(context: OAuthContext, provider: SocialProvider): Promise<Configuration> {
  const known = configurations.get(provider);
  if (known) return known;
  const made = configure(context, provider);
  configurations.set(provider, made);
  // A provider that is away now may be back at the next attempt.
  made.catch(() => configurations.delete(provider));
  return made;
}

async function configure({ clientSecretOf }: OAuthContext, provider: SocialProvider): Promise<Configuration> {
  const client = await library();
  const { clientId = provider.strategy, issuer, authorizationUrl, tokenUrl, userinfoUrl } = provider;
  const secret = clientSecretOf(provider.strategy);
  const isLocal = (issuer ?? tokenUrl ?? '').startsWith('http:');
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Not outdated: openid-client marks it so to warn of plain http, which the settings allow on this machine only.
  const execute = isLocal ? [client.allowInsecureRequests] : [];
  let server: ServerMetadata;
  if (issuer !== undefined) {
    const timeout = provider.isPlayed ? patienceWithOurOwn : patience;
    const found = await client.discovery(new URL(issuer), clientId, undefined, client.None(), { execute, timeout });
    server = found.serverMetadata();
  } else {
    const addresses = { authorization_endpoint: authorizationUrl, token_endpoint: tokenUrl, userinfo_endpoint: userinfoUrl };
    server = { issuer: new URL(tokenUrl ?? '').origin, ...withoutUndefined(addresses) };
  }
  const methods = server.token_endpoint_auth_methods_supported;
  const authenticate = methods && !methods.includes('client_secret_post') ? client.ClientSecretBasic : client.ClientSecretPost;
  const configuration = new client.Configuration(server, clientId, undefined, secret ? authenticate(secret) : client.None());
  configuration.timeout = patience;
  for (const change of execute) change(configuration);
  // Not only where the connection is all that vouches for an ID token.
  if (issuer !== undefined) client.enableNonRepudiationChecks(configuration);
  return configuration;
}

const withoutUndefined = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));

const isOpenId = ({ issuer }: SocialProvider) => issuer !== undefined;

/** Where providers send browsers back to. */
export const callbackUrl = ({ frontendApiUrl }: Pick<OAuthContext, 'frontendApiUrl'>): string => `${frontendApiUrl}/v1/oauth_callback`;

/** What of the form is handed on. */
export interface AuthorizationWishes {
  loginHint?: string | undefined;
  prompt?: string | undefined;
  additionalScopes?: readonly string[] | undefined;
}

/** The address at the provider to which the browser goes. */
export async function authorizationUrl(
  context: OAuthContext,
  provider: SocialProvider,
  { state, nonce, codeVerifier, loginHint, prompt, additionalScopes = [] }: OAuthSecrets & AuthorizationWishes & { state: string },
): Promise<URL> {
  const client = await library();
  const configuration = await configurationOf(context, provider);
  const scopes = provider.scopes ?? (isOpenId(provider) ? ['openid', 'email', 'profile'] : []);
  return client.buildAuthorizationUrl(configuration, {
    redirect_uri: callbackUrl(context),
    scope: [...new Set([...scopes, ...additionalScopes])].join(' '),
    state,
    code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(isOpenId(provider) && { nonce }),
    ...(provider.strategy === 'oauth_apple' && { response_mode: 'form_post' }),
    ...(loginHint && { login_hint: loginHint }),
    ...(prompt && { prompt }),
  });
}

/**
 * Who has come back, by the code in the answer.
 * @param answer query of the callback.
 * @throws Error for whatever is not as it should be: code, issuer, signature, audience, nonce.
 */
export async function exchangeCode(
  context: OAuthContext,
  provider: SocialProvider,
  { answer, state, nonce, codeVerifier }: OAuthSecrets & { answer: URLSearchParams; state: string },
): Promise<Identity> {
  const client = await library();
  const configuration = await configurationOf(context, provider);
  const current = new URL(callbackUrl(context));
  current.search = answer.toString();
  const tokens = await client.authorizationCodeGrant(configuration, current, {
    expectedState: state,
    pkceCodeVerifier: codeVerifier,
    ...(isOpenId(provider) && { expectedNonce: nonce }),
  });
  const claims = isOpenId(provider) ? tokens.claims() : undefined;
  const profile = await readUserinfo(configuration, provider, tokens.access_token, claims?.sub);
  const identity = readIdentity(provider, { ...profile, ...claims }, tokens.scope ?? (provider.scopes ?? []).join(' '));
  if (!identity) throw new Error('The provider does not say whose account it is.');
  return { ...identity, tokens: readTokens(tokens, context.now()) };
}

async function readUserinfo(
  configuration: Configuration,
  provider: SocialProvider,
  accessToken: string,
  subject: string | undefined,
): Promise<Record<string, unknown>> {
  const client = await library();
  const address = configuration.serverMetadata().userinfo_endpoint;
  if (address === undefined) return {};
  if (isOpenId(provider)) return { ...(await client.fetchUserInfo(configuration, accessToken, subject ?? '')) };
  const headers = new Headers({ accept: 'application/json' });
  const response = await client.fetchProtectedResource(configuration, accessToken, new URL(address), 'GET', null, headers);
  const profile: unknown = response.ok ? await response.json() : undefined;
  if (typeof profile !== 'object' || profile === null) throw new Error(`The provider answers with ${response.status} who somebody is.`);
  return { ...profile };
}

interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  id_token?: string;
  expires_in?: number;
}

const readTokens = ({ access_token, refresh_token, id_token, expires_in }: TokenAnswer, now: number): ProviderTokens => ({
  accessToken: access_token,
  refreshToken: refresh_token,
  idToken: id_token,
  expireAt: expires_in === undefined ? null : now + expires_in * 1000,
});

/** New tokens for old ones. @throws Error if the provider gives none. */
export async function refreshTokens(context: OAuthContext, provider: SocialProvider, tokens: ProviderTokens): Promise<ProviderTokens> {
  const client = await library();
  const answer = await client.refreshTokenGrant(await configurationOf(context, provider), tokens.refreshToken ?? '');
  const renewed = readTokens(answer, context.now());
  return { ...renewed, refreshToken: renewed.refreshToken ?? tokens.refreshToken, idToken: renewed.idToken ?? tokens.idToken };
}

/** Asks the provider to forget tokens, where it can. */
export async function revokeTokens(context: OAuthContext, provider: SocialProvider, tokens: ProviderTokens): Promise<void> {
  const client = await library();
  const configuration = await configurationOf(context, provider);
  if (configuration.serverMetadata().revocation_endpoint === undefined) return;
  await client.tokenRevocation(configuration, tokens.refreshToken ?? tokens.accessToken);
}

/**
 * Who an ID token is about that a page has got from the provider itself (Google One Tap).
 * @throws Error unless the provider has signed it for this application, and it is not too old.
 */
export async function readIdToken(
  context: OAuthContext,
  provider: SocialProvider,
  token: string,
): Promise<{ identity: Identity; expireAt: number }> {
  const configuration = await configurationOf(context, provider);
  const { issuer, jwks_uri: keysUrl } = configuration.serverMetadata();
  if (!keysUrl || provider.clientId === undefined) throw new Error('The provider has no keys, or knows no such application.');
  const { payload } = await jwtVerify(token, keySet(keysUrl), {
    issuer,
    audience: provider.clientId,
    algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    requiredClaims: ['sub', 'exp', 'iat'],
    currentDate: new Date(context.now()),
  });
  const identity = readIdentity(provider, payload, '');
  if (!identity) throw new Error('The token does not say whose account it is.');
  return { identity, expireAt: (payload.exp ?? 0) * 1000 };
}

const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

function keySet(address: string) {
  const known = keySets.get(address) ?? createRemoteJWKSet(new URL(address), { timeoutDuration: patience * 1000 });
  keySets.set(address, known);
  return known;
}
