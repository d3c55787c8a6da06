/**
 * The Go and the Ruby snippets: the requests that those SDKs send for them.
 *
 * Go, version 1.45.0 (`clerk/clerk.go`, `clerk/users.go` of github.com/clerk/clerk-sdk-go, where `UpdateMetadata` and `Read` are):
 * the body is the JSON of a structure whose three kinds are always there, `null` where nothing was given, with a line end; there is
 * no content type. The other headers are those of `net/http`. What keeps the snippets from compiling (`clerk.updateMetadataRequest`
 * for `clerk.UpdateUserMetadata`, `role` for the map `Role`, `s`, `sess`, a missing `return`) is nothing that a server sees.
 *
 * Ruby, version 3.2.0 (`lib/clerk/sdk.rb`, `lib/clerk/resources/` of github.com/clerk/clerk-sdk-ruby): JSON with a content type; the
 * other headers are those of `Net::HTTP`. That version calls `getUser` `find`, and knows `update_metadata` for organizations only,
 * where it sends the documents as JSON text inside of the JSON; the generated client of version 4 has `update_user_metadata`, with
 * the documents as objects (`UsersApi.md` of github.com/clerk/clerk-http-client-ruby). Both forms are sent.
 */
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { backend, kept } from './backend.ts';
import type { Backend, Kind } from './backend.ts';
import { exchange } from './exchange.ts';
import { shows } from './table.ts';

interface SdkRequest {
  method: 'GET' | 'PATCH';
  /** Below `/v1/`. */
  path: string;
  body?: string;
}

type Sdk = (api: Pick<Backend, 'backendUrl' | 'secretKey'>, request: SdkRequest) => string;

/** In the order in which Go writes headers. */
const go: Sdk = ({ backendUrl, secretKey }, { method, path, body }) =>
  [
    `${method} /v1/${path} HTTP/1.1`,
    `Host: ${new URL(backendUrl).host}`,
    'User-Agent: Go-http-client/1.1',
    ...(body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
    `Authorization: Bearer ${secretKey}`,
    'X-Clerk-Sdk: go/1.45.0',
    'Accept-Encoding: gzip',
    '',
    body ?? '',
  ].join('\r\n');

const ruby: Sdk = ({ backendUrl, secretKey }, { method, path, body }) =>
  [
    `${method} /v1/${path} HTTP/1.1`,
    'User-Agent: Clerk/3.2.0; Faraday/2.9.0; Ruby/3.2.3',
    'X-Clerk-Sdk: ruby/3.2.0',
    ...(body === undefined ? [] : ['Content-Type: application/json']),
    `Authorization: Bearer ${secretKey}`,
    'Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3',
    'Accept: */*',
    `Host: ${new URL(backendUrl).host}`,
    ...(body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
    '',
    body ?? '',
  ].join('\r\n');

const goBody = (kind: Kind, document: object) =>
  `${JSON.stringify({ public_metadata: null, private_metadata: null, unsafe_metadata: null, [`${kind}_metadata`]: document })}\n`;
const rubyBody = (kind: Kind, document: object) => JSON.stringify({ [`${kind}_metadata`]: document });
const rubyTextBody = (kind: Kind, document: object) => JSON.stringify({ [`${kind}_metadata`]: JSON.stringify(document) });

/** The maps and hashes of the snippets. */
const documents = {
  private: { go: { stripeID: '12356' }, ruby: { stripeID: '12356' } },
  public: { go: { role: 'shopper' }, ruby: { role: 'awesome-user' } },
  unsafe: { go: { birthday: '04-20-1969' }, ruby: { birthday: '04-20-1969' } },
};

export function sdkRows(): void {
  describe('Go and Ruby', () => {
    const send = async (sdk: Sdk, request: SdkRequest) => {
      const { status, body } = await exchange(backend.backendUrl, sdk(backend, request));
      assert.equal(status, 200, JSON.stringify(body));
      return body;
    };
    const sets = async (sdk: Sdk, kind: Kind, document: object, encode: typeof goBody) => {
      const userId = await backend.createUser();
      const body = encode(kind, document);
      const user = await send(sdk, { method: 'PATCH', path: `users/${userId}/metadata`, body });
      assert.deepEqual([user.id, user[`${kind}_metadata`]], [userId, { ...kept, ...document }]);
      await backend.hasOnlyGained(userId, kind, document);
    };
    const reads = async (sdk: Sdk) => {
      const userId = await backend.createUser();
      const user = await send(sdk, { method: 'GET', path: `users/${userId}` });
      assert.deepEqual([user.id, user.private_metadata], [userId, kept]);
    };

    for (const kind of ['private', 'public', 'unsafe'] as const) {
      shows(`set-${kind}-go`, () => sets(go, kind, documents[kind].go, goBody));
      shows(`set-${kind}-ruby`, async () => {
        await sets(ruby, kind, documents[kind].ruby, rubyBody);
        await sets(ruby, kind, documents[kind].ruby, rubyTextBody);
      });
    }
    shows('get-private-go', () => reads(go));
    shows('get-private-ruby', () => reads(ruby));
  });
}
