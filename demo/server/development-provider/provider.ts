/** `oidc-provider` with one client for each provider that is played, and the page on which people say who they are. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair } from 'jose';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type * as OpenIdModule from 'oidc-provider';
import type Provider from 'oidc-provider';
import type { Dependencies } from '../dependencies.ts';
import { normalizeEmailAddress } from '../domain/identifiers.ts';
import { createSecret } from '../ids.ts';
import { callbackUrl } from '../oauth/protocol.ts';
import { developmentProviderPath as path } from './index.ts';
import { createMemory } from './memory.ts';
import { errorPage, pageHeaders, signInPage, stylesheet } from './page.ts';
import { developmentPeople, personOf } from './people.ts';
import type { DevelopmentPerson } from './people.ts';

type ProviderContext = Pick<Dependencies, 'settings' | 'frontendApiUrl' | 'log' | 'now'>;

/** Seconds. */
const week = 7 * 24 * 3600;
/** Bytes: a few short fields. */
const bodyLimit = 4096;

/** Answers all requests below its path. */
export async function createProvider(
  context: ProviderContext,
): Promise<(incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>> {
  const { settings, frontendApiUrl } = context;
  const people = new Map(developmentPeople.map((person) => [person.sub, person]));
  const targets = ['http://localhost:*', 'http://127.0.0.1:*', 'http://*.localhost:*', 'https://localhost:*', ...settings.allowedOrigins];
  const headers = pageHeaders(targets);
  const { Provider: OpenIdProvider } = await importQuietly(context);
  const provider: Provider = new OpenIdProvider(frontendApiUrl + path, await configure(context, people, headers));
  // Else Koa, of which it is made, writes them on the console: most are callers that have left.
  (provider as NodeJS.EventEmitter).on('error', (error: Error) =>
    context.log({ level: 'debug', message: 'development provider', error: String(error) }),
  );
  const answer = provider.callback();

  const showPage = (outgoing: ServerResponse, status: number, page: string) => outgoing.writeHead(status, headers).end(page);

  const interact = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { params } = await provider.interactionDetails(incoming, outgoing);
    const played = settings.social.find(({ strategy }) => strategy === params['client_id']);
    const show = (status: number, problem?: string) => {
      const choice = { path, provider: played?.name ?? '', application: settings.applicationName, people: developmentPeople, problem };
      showPage(outgoing, status, signInPage(choice));
    };
    if (incoming.method !== 'POST') return show(200);
    // A form of another site must not choose for anybody.
    if (incoming.headers.origin !== new URL(frontendApiUrl).origin) return show(403);
    const form = await readForm(incoming);
    if (form.has('refuse')) {
      const refusal = { error: 'access_denied', error_description: 'The person has refused.' };
      return provider.interactionFinished(incoming, outgoing, refusal, { mergeWithLastSubmission: false });
    }
    const person = readPerson(form, people);
    if (!person) return show(422, 'Enter a valid email address.');
    people.set(person.sub, person);
    const login = { accountId: person.sub, remember: false };
    return provider.interactionFinished(incoming, outgoing, { login }, { mergeWithLastSubmission: false });
  };

  return async (incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '', frontendApiUrl);
    if (pathname === `${path}/page.css`) {
      outgoing.writeHead(200, { ...headers, 'content-type': 'text/css; charset=utf-8' }).end(stylesheet);
    } else if (pathname.startsWith(`${path}/interaction/`)) {
      await interact(incoming, outgoing).catch((error: unknown) => {
        context.log({ level: 'debug', message: 'development provider', error: String(error) });
        showPage(outgoing, 400, errorPage(path, 'This sign-in has ended. Go back and start again.'));
      });
    } else {
      // How it learns where it is mounted.
      Object.assign(incoming, { originalUrl: incoming.url, url: (incoming.url ?? '').slice(path.length) });
      await answer(incoming, outgoing);
    }
  };
}

/** Who was chosen, or typed. */
function readPerson(form: URLSearchParams, people: ReadonlyMap<string, DevelopmentPerson>): DevelopmentPerson | undefined {
  const chosen = people.get(form.get('person') ?? '');
  const address = chosen ? undefined : normalizeEmailAddress(form.get('email') ?? '');
  return chosen ?? (address && personOf(address.address, form.get('verified') === 'true'));
}

async function readForm(incoming: IncomingMessage): Promise<URLSearchParams> {
  if (Number(incoming.headers['content-length'] ?? Infinity) > bodyLimit) throw new Error('The form is too long.');
  return new URLSearchParams(await text(incoming));
}

async function configure(
  { settings, frontendApiUrl, now }: ProviderContext,
  people: ReadonlyMap<string, DevelopmentPerson>,
  headers: Record<string, string>,
): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const memory = createMemory(now);
  return {
    // Who comes next in a browser may be somebody else, and is asked: else they would have to sign out first, on a page with a script.
    adapter: (name) => (name === 'Session' ? { ...memory(name), find: () => Promise.resolve(undefined) } : memory(name)),
    clients: settings.social
      .filter(({ isPlayed }) => isPlayed)
      .map(({ strategy, name }) => ({
        client_id: strategy,
        client_name: name,
        redirect_uris: [callbackUrl({ frontendApiUrl })],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'none',
      })),
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: createSecret() }] },
    cookies: { keys: [createSecret()] },
    scopes: ['openid', 'email', 'profile', 'offline_access'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'given_name', 'family_name'] },
    features: { devInteractions: { enabled: false }, revocation: { enabled: true }, rpInitiatedLogout: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_ctx, { uid }) => `${path}/interaction/${uid}` },
    findAccount: (_ctx, sub) => {
      const person = people.get(sub);
      return person && { accountId: sub, claims: () => ({ ...person }) };
    },
    // Whoever has said who they are has nothing more to agree to.
    loadExistingGrant: async (ctx) => grantAll(ctx),
    issueRefreshToken: () => Promise.resolve(true),
    renderError: (ctx, out) => {
      ctx.set(headers);
      ctx.body = errorPage(path, out.error_description ?? out.error);
    },
    ttl: { AccessToken: 3600, AuthorizationCode: 60, Grant: week, IdToken: 3600, Interaction: 600, RefreshToken: week, Session: 3600 },
  };
}

async function grantAll({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider, params } = oidc;
  const grant = new provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' });
  grant.addOIDCScope(String(params?.['scope'] ?? 'openid'));
  await grant.save();
  return grant;
}

/** It says on the console that it prefers newer versions of Node. The tests show that it works with this one, so the log is enough. */
async function importQuietly({ log }: Pick<ProviderContext, 'log'>): Promise<typeof OpenIdModule> {
  const { warn } = console;
  console.warn = (...parts: unknown[]) => {
    const message = parts.join(' ');
    if (message.includes('oidc-provider WARNING')) log({ level: 'debug', message });
    else warn(...parts);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
