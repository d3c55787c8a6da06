/** Who may read and write which kind of metadata, by endpoint and API version: one row each (dossier part 2, §1.1–§1.8). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { endpoints } from '../../src/wire/endpoints.ts';
import type { MetadataKind } from '../../demo/server/store/write-users.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import type { BackendCall } from '../support/backend-client.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import type { FrontendClient } from '../support/frontend-client.ts';
import {
  allVersions,
  createMetadataEndpoints,
  endpointNames,
  kindsOf,
  metadataKinds,
  versionOf,
  versionsBefore2026,
  versionsFrom2026,
} from '../support/metadata-endpoints.ts';
import type { MetadataEndpoint, PerformWrite } from '../support/metadata-endpoints.ts';
import { addUser } from '../support/users.ts';
import { signingSecret, startWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';

/** What comes of a document: it is merged, it replaces, it is the first one, or the request is refused with this code. */
type Effect = 'merges' | 'replaces' | 'starts' | 'form_param_deprecated' | 'form_param_unknown';

const [publicKind, privateKind, unsafeKind] = ['public_metadata', 'private_metadata', 'unsafe_metadata'] as const;
const foreign: MetadataKind[] = [publicKind, privateKind];

const writers: [endpoint: MetadataEndpoint, versions: readonly (string | null)[], kinds: readonly MetadataKind[], effect: Effect][] = [
  ['PATCH /v1/me', versionsBefore2026, [unsafeKind], 'replaces'],
  ['PATCH /v1/me', versionsFrom2026, [unsafeKind], 'form_param_deprecated'],
  ['PATCH /v1/me', allVersions, foreign, 'form_param_unknown'],
  ['PATCH /v1/me/metadata', allVersions, [unsafeKind], 'merges'],
  ['PATCH /v1/me/metadata', allVersions, foreign, 'form_param_unknown'],
  ['POST /v1/client/sign_ups', allVersions, [unsafeKind], 'starts'],
  ['POST /v1/client/sign_ups', allVersions, foreign, 'form_param_unknown'],
  ['PATCH /v1/client/sign_ups/{id}', allVersions, [unsafeKind], 'replaces'],
  ['PATCH /v1/client/sign_ups/{id}', allVersions, foreign, 'form_param_unknown'],
  ['PATCH /v1/users/{id}/metadata', allVersions, metadataKinds, 'merges'],
  ['PUT /v1/users/{id}/metadata', allVersions, metadataKinds, 'replaces'],
  ['PATCH /v1/users/{id}', versionsBefore2026, metadataKinds, 'replaces'],
  ['PATCH /v1/users/{id}', versionsFrom2026, metadataKinds, 'form_param_deprecated'],
  ['POST /v1/users', allVersions, metadataKinds, 'starts'],
];

const stored = { kept: { a: 1, list: [1, 2] }, other: 'value', toString: 'own' };
const written = { kept: { b: 2, list: [3], gone: null }, toString: null };
const results = {
  merges: { kept: { a: 1, b: 2, list: [3] }, other: 'value' },
  replaces: written,
  starts: written,
};

/** What backends are told of an accepted write; of sign-ups once they are users. */
const eventsOf = (endpoint: MetadataEndpoint): string[] => {
  if (endpoint.includes('sign_ups')) return [];
  return [endpoint === 'POST /v1/users' ? 'user.created' : 'user.updated'];
};

describe('writing metadata', () => {
  let api: TestApi;
  let perform: Record<MetadataEndpoint, PerformWrite>;
  let receiver: WebhookReceiver;
  before(async () => {
    receiver = await startWebhookReceiver();
    api = await startApi({ webhookSigningSecrets: signingSecret(), instance: { webhooks: [{ url: receiver.url }] } });
    perform = await createMetadataEndpoints(api);
  });
  after(async () => {
    await api.stop();
    await receiver.stop();
  });

  for (const [endpoint, versions, kinds, effect] of writers) {
    for (const version of versions) {
      for (const kind of kinds) {
        it(`${endpoint} ${version ?? 'without a version'}: ${kind} ${effect}`, async () => {
          const outcome = await perform[endpoint]({ kind, json: JSON.stringify(written), stored, version });
          if (effect in results) {
            assert.deepEqual([outcome.status, outcome.refusals], [200, []]);
            assert.deepEqual(outcome.document, results[effect as keyof typeof results]);
            assert.equal(outcome.isUnchanged, false);
            assert.deepEqual(outcome.events, eventsOf(endpoint));
          } else {
            assert.deepEqual([outcome.status, outcome.refusals], [422, [`${effect} ${kind}`]]);
            assert.equal(outcome.isUnchanged, true);
            assert.deepEqual(outcome.events, []);
          }
        });
      }
    }
  }

  it('has a row for every endpoint, version and kind', () => {
    const rows = writers.flatMap(([endpoint, versions, kinds]) =>
      versions.flatMap((version) => kinds.map((kind) => [endpoint, version, kind].join(' '))),
    );
    assert.equal(new Set(rows).size, rows.length);
    assert.equal(rows.length, endpointNames.length * allVersions.length * metadataKinds.length);
  });

  /** What stands for "no document", and what comes of it. Tolerances for old and foreign SDKs. */
  const specials: [endpoint: MetadataEndpoint, json: string, result: unknown][] = [
    ['PATCH /v1/me', '', {}],
    ['POST /v1/client/sign_ups', '', {}],
    ['PATCH /v1/client/sign_ups/{id}', '', {}],
    // Clerk's Go SDK sends all three kinds with every call.
    ['PATCH /v1/users/{id}/metadata', 'null', stored],
    ['PATCH /v1/users/{id}', 'null', stored],
    ['POST /v1/users', 'null', {}],
    ['PUT /v1/users/{id}/metadata', 'null', null],
    // Old Node SDKs send JSON text in JSON.
    ['PATCH /v1/users/{id}/metadata', JSON.stringify(JSON.stringify(written)), results.merges],
    ['PUT /v1/users/{id}/metadata', JSON.stringify(JSON.stringify(written)), written],
    ['PATCH /v1/users/{id}', JSON.stringify(JSON.stringify(written)), written],
    ['POST /v1/users', JSON.stringify(JSON.stringify(written)), written],
    ['PATCH /v1/me/metadata', '{}', stored],
    ['PATCH /v1/users/{id}/metadata', '{}', stored],
    ['PATCH /v1/me', '{}', {}],
    ['PATCH /v1/client/sign_ups/{id}', '{}', {}],
    ['PUT /v1/users/{id}/metadata', '{}', {}],
    ['PATCH /v1/users/{id}', '{}', {}],
  ];
  for (const [endpoint, json, result] of specials) {
    for (const kind of kindsOf(endpoint)) {
      it(`${endpoint}: ${kind} ${json ? `as ${json.slice(0, 30)}` : 'as empty text'} leaves ${JSON.stringify(result).slice(0, 40)}`, async () => {
        const { status, document } = await perform[endpoint]({ kind, json, stored, version: versionOf(endpoint) });
        assert.equal(status, 200);
        assert.deepEqual(document, result);
      });
    }
  }

  it('wants a document where the endpoint is there for nothing else', async () => {
    const outcome = await perform['PATCH /v1/me/metadata']({ kind: unsafeKind, json: '', stored });
    assert.deepEqual([outcome.status, outcome.refusals, outcome.isUnchanged], [422, [`form_param_value_invalid ${unsafeKind}`], true]);
  });
});

describe('reading metadata', () => {
  let api: TestApi;
  let backend: BackendCall;
  let browser: FrontendClient;
  let userId: string;
  let sessionId: string;
  const password = 'quiet-marble-lantern';
  const documents = { public_metadata: { role: 'shopper' }, private_metadata: { stripeId: '12356' }, unsafe_metadata: { theme: 'dark' } };
  const visible = { public_metadata: documents.public_metadata, private_metadata: undefined, unsafe_metadata: documents.unsafe_metadata };

  before(async () => {
    api = await startApi({ instance: { session_token: { claims: {} } } });
    backend = createBackendClient(api);
    userId = (await addUser(api, { emailAddress: 'reader@example.com', password, ...documents })).id;
    browser = await createFrontendClient(api);
    sessionId = (await browser.call('POST', '/client/sign_ins', { identifier: 'reader@example.com', password })).response
      .created_session_id;
  });
  after(() => api.stop());

  const three = (user: Record<string, unknown>) => Object.fromEntries(metadataKinds.map((kind) => [kind, user[kind]]));

  for (const version of allVersions) {
    const named = version ?? 'without a version';
    const options = { apiVersion: version };

    it(`${named}: browsers see public and unsafe metadata, on the user and on the user of each session`, async () => {
      const answers = [
        await browser.call('GET', '/client', {}, options),
        await browser.call('GET', '/me', {}, { sessionId, ...options }),
        await browser.call('PATCH', '/me', {}, { sessionId, ...options }),
        await browser.call('PATCH', '/me/metadata', { unsafe_metadata: '{}' }, { sessionId, ...options }),
        await browser.call('POST', `/client/sessions/${sessionId}/touch`, {}, options),
      ];
      for (const { status, response, client } of answers) {
        assert.equal(status, 200);
        const users = [response, response.user, response.sessions?.[0].user, client?.sessions[0].user].filter(
          (one) => one?.object === 'user',
        );
        assert.ok(users.length);
        for (const user of users) {
          assert.deepEqual(three(user as Record<string, unknown>), visible);
          assert.equal('private_metadata' in user, false);
        }
      }
    });

    it(`${named}: backends see all three`, async () => {
      const request = version === null ? {} : { version };
      const bodies = [
        (await backend('GET', `/users/${userId}`, request)).body,
        (await backend('GET', '/users?email_address=reader@example.com', request)).body[0],
        (await backend('PATCH', `/users/${userId}`, { body: {}, ...request })).body,
        (await backend('PATCH', `/users/${userId}/metadata`, { body: {}, ...request })).body,
        (await backend('PUT', `/users/${userId}/metadata`, { body: {}, ...request })).body,
        (await backend('POST', `/users/${userId}/unban`, request)).body,
      ];
      for (const body of bodies) assert.deepEqual(three(body as Record<string, unknown>), documents);
    });
  }

  it('the session token holds none, where the settings name none', async () => {
    const { jwt } = (await browser.call('POST', `/client/sessions/${sessionId}/tokens`)).body as { jwt: string };
    const claims = Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString();
    assert.match(claims, /"sub":/);
    assert.doesNotMatch(claims, /metadata|shopper|12356|dark/);
  });

  it('a stored null is null to backends and {} to browsers', async () => {
    const { id } = await addUser(api, { emailAddress: 'null@example.com', password });
    const nothing = { public_metadata: null, private_metadata: null, unsafe_metadata: null };
    assert.deepEqual(three((await backend('PUT', `/users/${id}/metadata`, { body: nothing })).body as Record<string, unknown>), nothing);
    assert.deepEqual(three((await backend('GET', `/users/${id}`)).body as Record<string, unknown>), nothing);
    const other = await createFrontendClient(api);
    const { client } = await other.call('POST', '/client/sign_ins', { identifier: 'null@example.com', password });
    assert.deepEqual(three(client.sessions[0].user as Record<string, unknown>), {
      public_metadata: {},
      private_metadata: undefined,
      unsafe_metadata: {},
    });
  });

  it('every new user has three empty documents', async () => {
    const { body } = await backend('POST', '/users', { body: { email_address: ['empty@example.com'], skip_password_requirement: true } });
    assert.deepEqual(three(body as Record<string, unknown>), { public_metadata: {}, private_metadata: {}, unsafe_metadata: {} });
  });

  it('no schema of the Frontend API knows private metadata', () => {
    const shapes = Object.values(endpoints).flatMap(({ response }) => Object.keys('shape' in response ? response.shape : {}));
    assert.ok(shapes.includes(unsafeKind));
    assert.ok(!shapes.includes(privateKind));
  });
});
