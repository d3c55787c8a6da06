/** A provider of somebody else's for tests, on a port of its own: OpenID Connect and plain OAuth 2, well-behaved or as a test wants it. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface OtherProvider {
  issuer: string;
  /** Who comes back next: claims of the ID token and of the address that says who somebody is. */
  person: Record<string, unknown>;
  /** What goes wrong: changes to the claims of the next ID tokens. */
  changes: Record<string, unknown>;
  /** Signs the next ID tokens with a key that is not published. */
  usesOtherKey: boolean;
  /** Forms that the token endpoint was sent, with their `Authorization`. */
  tokenRequests: { form: URLSearchParams; authorization: string | undefined }[];
  /** Tokens that it has given to applications. */
  given: string[];
  /** An ID token for an application. */
  sign(claims: Record<string, unknown>): Promise<string>;
  stop(): Promise<void>;
}

export async function startOtherProvider(): Promise<OtherProvider> {
  const [known, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(known.publicKey)), kid: 'known', alg: 'RS256', use: 'sig' };
  /** By code: what the authorization request has said. */
  const requests = new Map<string, URLSearchParams>();

  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '', provider.issuer);
    const json = (body: unknown) => outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const answer = async () => {
      switch (url.pathname) {
        case '/.well-known/openid-configuration':
          return json({
            issuer: provider.issuer,
            authorization_endpoint: `${provider.issuer}/authorize`,
            token_endpoint: `${provider.issuer}/token`,
            userinfo_endpoint: `${provider.issuer}/me`,
            jwks_uri: `${provider.issuer}/keys`,
            response_types_supported: ['code'],
            subject_types_supported: ['public'],
            id_token_signing_alg_values_supported: ['RS256'],
          });
        case '/keys':
          return json({ keys: [jwk] });
        case '/authorize': {
          const code = `code-${randomUUID()}`;
          requests.set(code, url.searchParams);
          const target = new URL(url.searchParams.get('redirect_uri') ?? '');
          target.searchParams.set('code', code);
          target.searchParams.set('state', url.searchParams.get('state') ?? '');
          return outgoing.writeHead(302, { location: target.href }).end();
        }
        case '/token': {
          const form = new URLSearchParams(await text(incoming));
          provider.tokenRequests.push({ form, authorization: incoming.headers.authorization });
          const asked = requests.get(form.get('code') ?? '');
          requests.delete(form.get('code') ?? '');
          if (!asked) return outgoing.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
          const claims = { ...provider.person, aud: asked.get('client_id'), nonce: asked.get('nonce') ?? undefined };
          const isOpenId = asked.get('scope')?.split(' ').includes('openid');
          const accessToken = `access-${form.get('code')}`;
          const id_token = isOpenId ? await provider.sign(claims) : undefined;
          provider.given.push(accessToken, ...(id_token ? [id_token] : []));
          return json({ access_token: accessToken, token_type: 'Bearer', expires_in: 3600, id_token });
        }
        case '/me':
          return json(provider.person);
        default:
          return outgoing.writeHead(404).end();
      }
    };
    void answer();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const provider: OtherProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    person: {},
    changes: {},
    usesOtherKey: false,
    tokenRequests: [],
    given: [],
    sign: (claims) => {
      const now = Math.floor(Date.now() / 1000);
      const { privateKey } = provider.usesOtherKey ? other : known;
      return new SignJWT({ iss: provider.issuer, iat: now, exp: now + 300, ...claims, ...provider.changes })
        .setProtectedHeader({ alg: 'RS256', kid: 'known' })
        .sign(privateKey);
    },
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
  return provider;
}
