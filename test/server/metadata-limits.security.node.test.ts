/** What no endpoint stores, and that a refused request changes nothing (security.md §3, M3, M4, M6; dossier part 2, §1.2). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient, refusals } from '../support/backend-client.ts';
import type { BackendCall } from '../support/backend-client.ts';
import { inheritedNames } from '../support/inherited-names.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import {
  createMetadataEndpoints,
  endpointNames,
  fingerprint,
  frontendNames,
  kindsOf,
  metadataKinds,
  versionOf,
} from '../support/metadata-endpoints.ts';
import type { MetadataEndpoint, PerformWrite } from '../support/metadata-endpoints.ts';
import { addUser } from '../support/users.ts';
import { signingSecret, startWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';

const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
const lists = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
const invalid = 'form_param_value_invalid';
const tooLarge = 'form_param_exceeds_allowed_size';

/** `{"a":"…"}` of so many bytes, the text made of `unit`, whose JSON has `unitBytes`. */
const filled = (bytes: number, unit: string, unitBytes: number) => {
  const count = Math.floor((bytes - 8) / unitBytes);
  return `{"a":"${unit.repeat(count)}${'x'.repeat(bytes - 8 - count * unitBytes)}"}`;
};
const fillings: [name: string, unit: string, bytes: number][] = [
  ['ASCII', 'x', 1],
  ['two-byte characters', 'é', 2],
  ['three-byte characters', '€', 3],
  ['four-byte characters', '𝄞', 4],
  ['quotes', '\\"', 2],
  ['control characters', '\\u0001', 6],
  // Counted as they are stored, not as they are sent.
  ['escaped letters', '\\u00e9', 2],
  ['escaped pairs', '\\ud834\\udd1e', 4],
];

const refused: [name: string, json: string, code: string][] = [
  ['a list', '[]', invalid],
  ['a number', '1', invalid],
  ['a truth value', 'true', invalid],
  ['JSON text of a list', '"[]"', invalid],
  ['the key __proto__', '{"__proto__":{"polluted":true}}', invalid],
  ['the key __proto__, escaped', '{"\\u005f\\u005fproto__":{"polluted":true}}', invalid],
  ['the key __proto__ deep inside', '{"a":[{"b":{"__proto__":{"polluted":true}}}]}', invalid],
  ['the key __proto__ to be removed', '{"__proto__":null}', invalid],
  ['U+0000', '{"a":["\\u0000"]}', invalid],
  ['U+0000 in a key', '{"\\u0000":1}', invalid],
  ['the first half of a pair', '{"a":"\\ud83d"}', invalid],
  ['the second half of a pair in a key', '{"\\ude00":1}', invalid],
  ['an integer that no double holds', '{"a":9007199254740993}', invalid],
  ['a fraction that no double holds', '{"a":0.10000000000000001}', invalid],
  ['a number beyond all doubles', '{"a":[-1e999]}', invalid],
  ['65 levels of objects', nested(65), invalid],
  ['65 levels of lists', lists(65), invalid],
  ['3,500 levels of objects', nested(3_500), invalid],
  ['10,000 levels of lists', lists(10_000), invalid],
  // Removes nothing that is there, but is too deep before anything is merged.
  ['65 levels around a null', `${'{"a":'.repeat(65)}null${'}'.repeat(65)}`, invalid],
  ['a wide object', JSON.stringify(Object.fromEntries(Array.from({ length: 1_500 }, (_item, index) => [`k${index}`, 0]))), tooLarge],
  ['a long list', `{"a":[${'0,'.repeat(10_000)}0]}`, tooLarge],
  ['a long key', JSON.stringify({ ['k'.repeat(20_000)]: 1 }), tooLarge],
  ['a long text full of escapes', `{"a":"${'\\u0001'.repeat(5_000)}"}`, tooLarge],
  ['a number of 20,000 digits', `{"a":1${'0'.repeat(20_000)}1}`, invalid],
  ...fillings.map(([name, unit, bytes]): [string, string, string] => [`8,193 bytes of ${name}`, filled(8193, unit, bytes), tooLarge]),
];

const accepted: [name: string, json: string][] = [
  ['64 levels of objects', nested(64)],
  ['64 levels of lists', lists(64)],
  ['names that every object has', JSON.stringify(Object.fromEntries(inheritedNames.map((name) => [name, { [name]: 1 }])))],
  ['the greatest and the smallest numbers', '{"a":[1.7976931348623157e308,5e-324,-9007199254740991,1e21,0.1]}'],
  ['keys that nobody would choose', '{"":1," ":2,"a.b":3,"a[b]":4,"😀":5,"\\u2028":6,"\\u001f":7,"1":8,"0":9}'],
  ...fillings.map(([name, unit, bytes]): [string, string] => [`8,192 bytes of ${name}`, filled(8192, unit, bytes)]),
];

describe('M3, M4, M6: what metadata may hold', () => {
  let api: TestApi;
  let backend: BackendCall;
  let perform: Record<MetadataEndpoint, PerformWrite>;
  let receiver: WebhookReceiver;
  before(async () => {
    receiver = await startWebhookReceiver();
    api = await startApi({ webhookSigningSecrets: signingSecret(), instance: { webhooks: [{ url: receiver.url }] } });
    backend = createBackendClient(api);
    perform = await createMetadataEndpoints(api);
  });
  after(async () => {
    await api.stop();
    await receiver.stop();
  });

  const create = async (metadata: object): Promise<string> => {
    const body = { email_address: [`${crypto.randomUUID()}@example.com`], skip_password_requirement: true, ...metadata };
    return (await backend('POST', '/users', { body })).body.id as string;
  };

  for (const endpoint of endpointNames) {
    describe(endpoint, () => {
      const version = versionOf(endpoint);
      for (const [name, json, code] of refused) {
        it(`refuses ${name}, and changes nothing`, async () => {
          for (const kind of kindsOf(endpoint)) {
            const outcome = await perform[endpoint]({ kind, json, version, stored: { kept: true } });
            assert.deepEqual([outcome.status, outcome.refusals], [422, [`${code} ${kind}`]]);
            assert.ok(outcome.isUnchanged);
          }
          assert.equal(({} as { polluted?: unknown }).polluted, undefined);
        });
      }

      it('refuses what is no JSON, and changes nothing', async () => {
        for (const json of ['{', "{'a':1}", '{"a":NaN}', '{"a":1}x', 'undefined', '[object Object]', '{"a":"\n"}']) {
          for (const kind of kindsOf(endpoint)) {
            // Forms carry text; in the body of a backend the same is text in JSON, as old SDKs send it.
            const isForm = frontendNames.includes(endpoint);
            const outcome = await perform[endpoint]({ kind, json: isForm ? json : JSON.stringify(json), version, stored: { kept: true } });
            assert.deepEqual([outcome.status, outcome.refusals], [422, [`${invalid} ${kind}`]], json);
            assert.ok(outcome.isUnchanged);
          }
        }
      });

      for (const [name, json] of accepted) {
        it(`takes ${name}`, async () => {
          for (const kind of kindsOf(endpoint)) {
            const outcome = await perform[endpoint]({ kind, json, version });
            assert.deepEqual([outcome.status, outcome.refusals], [200, []]);
            assert.deepEqual(outcome.document, JSON.parse(json));
          }
        });
      }
    });
  }

  it('says what is wrong with __proto__', async () => {
    const id = await create({});
    const { body } = await backend('PATCH', `/users/${id}/metadata`, { body: '{"public_metadata":{"a":{"__proto__":1}}}' });
    assert.equal(body.errors[0].long_message, 'public_metadata must not have a key "__proto__".');
  });

  it('says how much is too much', async () => {
    const id = await create({});
    const { body } = await backend('PUT', `/users/${id}/metadata`, { body: `{"private_metadata":${filled(8200, 'x', 1)}}` });
    assert.equal(body.errors[0].long_message, 'private_metadata exceeds the maximum allowed size of 8192 bytes (8 KB) by 8.');
  });

  it('M4: refuses what is far too large by its keys before it looks for the user', async () => {
    const wide = Object.fromEntries(Array.from({ length: 2_000 }, (_item, index) => [`k${index}`, {}]));
    for (const method of ['PATCH', 'PUT']) {
      const answer = await backend(method, '/users/user_nobody/metadata', { body: { private_metadata: wide } });
      assert.deepEqual([answer.status, ...refusals(answer)], [422, `${tooLarge} private_metadata`], method);
      assert.equal(answer.body.errors[0].long_message, 'private_metadata exceeds the maximum allowed size of 8192 bytes (8 KB).');
      const small = await backend(method, '/users/user_nobody/metadata', { body: { private_metadata: {} } });
      assert.equal(small.status, 404, method);
    }
  });

  it('measures what a merge makes, not what is sent', async () => {
    const half = 'x'.repeat(4_000);
    for (const endpoint of ['PATCH /v1/me/metadata', 'PATCH /v1/users/{id}/metadata'] as const) {
      for (const kind of kindsOf(endpoint)) {
        const write = (patch: object) => perform[endpoint]({ kind, json: JSON.stringify(patch), stored: { a: half, b: half } });
        assert.deepEqual((await write({ c: half })).refusals, [`${tooLarge} ${kind}`]);
        // What goes in the same request makes room.
        assert.equal((await write({ a: null, c: half })).status, 200);
        // A patch may be larger than what it leaves.
        const nothing = Object.fromEntries(Array.from({ length: 1_500 }, (_item, index) => [`k${index}`, null]));
        assert.ok(JSON.stringify(nothing).length > 8192);
        assert.deepEqual((await write(nothing)).document, { a: half, b: half });
      }
    }
  });

  it('counts each kind for itself', async () => {
    const full = JSON.parse(filled(8192, 'x', 1)) as object;
    const id = await create({});
    const all = { public_metadata: full, private_metadata: full, unsafe_metadata: full };
    for (const method of ['PATCH', 'PUT']) assert.equal((await backend(method, `/users/${id}/metadata`, { body: all })).status, 200);
  });

  const large = JSON.parse(filled(8193, 'x', 1)) as object;
  const several: [name: string, body: object, items: string[]][] = [
    ['one that is too large', { public_metadata: { a: 1 }, private_metadata: large }, [`${tooLarge} private_metadata`]],
    [
      'three that are too large',
      { public_metadata: large, private_metadata: large, unsafe_metadata: large },
      metadataKinds.map((kind) => `${tooLarge} ${kind}`),
    ],
    ['one that is no object', { public_metadata: { a: 1 }, unsafe_metadata: [] }, [`${invalid} unsafe_metadata`]],
    [
      'two that are no objects',
      { public_metadata: 1, private_metadata: '{', unsafe_metadata: { a: 1 } },
      [`${invalid} public_metadata`, `${invalid} private_metadata`],
    ],
  ];
  for (const [name, body, items] of several) {
    it(`stores all kinds or none: ${name} of several`, async () => {
      const id = await create({ public_metadata: { kept: 1 }, private_metadata: { kept: 2 }, unsafe_metadata: { kept: 3 } });
      const requests: [method: string, path: string, body: object][] = [
        ['PATCH', `/users/${id}/metadata`, body],
        ['PUT', `/users/${id}/metadata`, body],
        ['PATCH', `/users/${id}`, { first_name: 'Ann', ...body }],
        ['POST', '/users', { email_address: ['none@example.com'], password: 'quiet-marble-lantern', ...body }],
      ];
      for (const [method, path, sent] of requests) {
        const before = await fingerprint(api);
        const answer = await backend(method, path, { body: sent, version: '2025-11-10' });
        assert.deepEqual([answer.status, ...refusals(answer)], [422, ...items], `${method} ${path}`);
        assert.equal(await fingerprint(api), before);
      }
    });
  }

  it('names all that a newer version no longer takes, and applies none of the request', async () => {
    const id = await create({});
    const before = await fingerprint(api);
    const body = { first_name: 'Ann', public_metadata: {}, private_metadata: null, unsafe_metadata: {} };
    const answer = await backend('PATCH', `/users/${id}`, { body, version: '2026-05-12' });
    assert.deepEqual([answer.status, ...refusals(answer)], [422, ...metadataKinds.map((kind) => `form_param_deprecated ${kind}`)]);
    assert.equal(await fingerprint(api), before);
  });

  it('refuses bodies that are no JSON object, of another type, too long or not UTF-8, and changes nothing', async () => {
    const id = await create({});
    const before = await fingerprint(api);
    const latin1 = new Uint8Array([...new TextEncoder().encode('{"public_metadata":{"a":"'), 0xe9, ...new TextEncoder().encode('"}}')]);
    const bodies: [body: BodyInit, type: string, status: number, code: string][] = [
      ['{"public_metadata":', 'application/json', 400, 'request_body_invalid'],
      ['[]', 'application/json', 400, 'request_body_invalid'],
      ['null', 'application/json', 400, 'request_body_invalid'],
      ['{"public_metadata":{"a":1}}', 'text/plain', 415, 'unsupported_content_type'],
      ['public_metadata=%7B%7D', 'application/x-www-form-urlencoded', 415, 'unsupported_content_type'],
      [`{"public_metadata":{"a":"${'x'.repeat(256 * 1024)}"}}`, 'application/json', 413, 'request_body_too_large'],
      [latin1, 'application/json', 422, 'form_param_format_invalid'],
      [nested(100_000).slice(0, 250_000), 'application/json', 400, 'request_body_invalid'],
    ];
    for (const [body, type, status, code] of bodies) {
      for (const [method, path] of [
        ['PATCH', `/v1/users/${id}/metadata`],
        ['PUT', `/v1/users/${id}/metadata`],
        ['PATCH', `/v1/users/${id}`],
        ['POST', '/v1/users'],
      ] as const) {
        const headers = { authorization: `Bearer ${api.secretKey}`, 'content-type': type };
        const answer = await fetch(`${api.backendUrl}${path}`, { method, headers, body });
        const { errors } = (await answer.json()) as { errors: { code: string }[] };
        assert.deepEqual([answer.status, errors[0]?.code], [status, code], `${method} ${path}`);
      }
    }
    assert.equal(await fingerprint(api), before);
  });

  it('answers the next request after the worst that fits into a body', async () => {
    const id = await create({});
    const worst = [
      `{"public_metadata":${nested(20_000)}}`,
      `{"public_metadata":{"a":"${'\\"'.repeat(125_000)}`,
      `{"public_metadata":{"a":1${'0'.repeat(250_000)}1}}`,
      `{"public_metadata":{"a":[${'1e5,'.repeat(60_000)}0]}}`,
      `{"public_metadata":"${'\\"'.repeat(125_000)}"}`,
      `{"public_metadata":{${Array.from({ length: 25_000 }, (_item, index) => `"${index.toString(36)}":0`).join(',')}}}`,
    ];
    for (const [index, body] of worst.entries()) {
      const times: [refusal: number, next: number][] = [];
      for (let round = 0; round < 3; round++) {
        const began = performance.now();
        const { status } = await backend('PATCH', `/users/${id}/metadata`, { body });
        const refused = performance.now();
        assert.ok(status === 422 || status === 400, String(status));
        assert.equal((await fetch(`${api.backendUrl}/v1/health`)).status, 200);
        times.push([refused - began, performance.now() - refused]);
      }
      // The best of them, and generously, since the machine may be busy: the campaign measures alone (50 ms, 100 ms).
      assert.ok(Math.min(...times.map(([refusal]) => refusal)) < 1_000, `body ${index}: ${times.join()}`);
      assert.ok(Math.min(...times.map(([, next]) => next)) < 1_000, `after body ${index}: ${times.join()}`);
    }
  });
});

describe('M5: metadata of a user who does not exist', () => {
  it('is refused with 404', async () => {
    const api = await startApi();
    try {
      const backend = createBackendClient(api);
      for (const [method, path] of [
        ['PATCH', '/users/user_none/metadata'],
        ['PUT', '/users/user_none/metadata'],
        ['PATCH', '/users/user_none'],
        ['GET', '/users/user_none'],
      ] as const) {
        const answer = await backend(method, path, method === 'GET' ? {} : { body: { public_metadata: { a: 1 } } });
        assert.deepEqual([answer.status, ...refusals(answer)], [404, 'resource_not_found'], `${method} ${path}`);
      }
      // Deleted while signed in.
      const { id } = await addUser(api, { emailAddress: 'gone@example.com', password: 'quiet-marble-lantern' });
      const browser = await createFrontendClient(api);
      const signIn = await browser.call('POST', '/client/sign_ins', { identifier: 'gone@example.com', password: 'quiet-marble-lantern' });
      await backend('DELETE', `/users/${id}`);
      const sessionId = signIn.response.created_session_id as string;
      const answer = await browser.call('PATCH', '/me/metadata', { unsafe_metadata: '{}' }, { sessionId });
      assert.deepEqual([answer.status, answer.codes], [401, ['authentication_invalid']]);
    } finally {
      await api.stop();
    }
  });
});
