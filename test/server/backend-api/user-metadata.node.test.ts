import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient, refusals } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';

const kinds = ['public_metadata', 'private_metadata', 'unsafe_metadata'] as const;

describe('metadata over the Backend API', () => {
  let api: TestApi;
  let call: BackendCall;
  let count = 0;
  before(async () => {
    api = await startApi();
    call = createBackendClient(api);
  });
  after(() => api.stop());

  const create = async (metadata: object = {}): Promise<string> => {
    const body = { email_address: [`m${count++}@example.com`], skip_password_requirement: true, ...metadata };
    return (await call('POST', '/users', { body })).body.id;
  };
  const read = async (id: string) => {
    const { body } = await call('GET', `/users/${id}`);
    return kinds.map((kind) => body[kind]);
  };

  describe('PATCH /v1/users/{id}/metadata', () => {
    it('merges deeply, null removes, arrays are replaced', async () => {
      const table: [stored: object, patch: object, result: object][] = [
        [{ a: { b: 1, c: 2 } }, { a: { b: null, d: 3 } }, { a: { c: 2, d: 3 } }],
        [{ a: [1, 2] }, { a: [3, null] }, { a: [3, null] }],
        [{ a: 'x' }, { a: { b: { c: null, d: 1 } } }, { a: { b: { d: 1 } } }],
        [{ a: 1 }, {}, { a: 1 }],
        [
          { toString: 1, constructor: 2 },
          { toString: null, valueOf: 3 },
          { constructor: 2, valueOf: 3 },
        ],
      ];
      for (const [stored, patch, result] of table) {
        for (const kind of kinds) {
          const id = await create({ [kind]: stored });
          const { body } = await call('PATCH', `/users/${id}/metadata`, { body: { [kind]: patch } });
          assert.deepEqual(body[kind], result);
        }
      }
    });

    it('leaves the other kinds alone, also where they are sent as null: Clerk’s Go SDK always does', async () => {
      const id = await create({ public_metadata: { a: 1 }, private_metadata: { b: 2 }, unsafe_metadata: { c: 3 } });
      await call('PATCH', `/users/${id}/metadata`, { body: { public_metadata: null, private_metadata: { d: 4 }, unsafe_metadata: null } });
      assert.deepEqual(await read(id), [{ a: 1 }, { b: 2, d: 4 }, { c: 3 }]);
    });

    it('takes JSON text, as old Node SDKs send it', async () => {
      const id = await create();
      await call('PATCH', `/users/${id}/metadata`, { body: { public_metadata: '{"a":{"b":1}}' } });
      assert.deepEqual((await read(id))[0], { a: { b: 1 } });
    });

    it('answers with the whole user and a later updated_at', async () => {
      const id = await create();
      const before = (await call('GET', `/users/${id}`)).body;
      const { body } = await call('PATCH', `/users/${id}/metadata`, { body: { public_metadata: { a: 1 } } });
      assert.ok(body.updated_at > before.updated_at);
      assert.deepEqual(body, { ...before, public_metadata: { a: 1 }, updated_at: body.updated_at });
    });
  });

  describe('PUT /v1/users/{id}/metadata', () => {
    it('replaces the kinds it names and no other', async () => {
      const id = await create({ public_metadata: { a: 1 }, private_metadata: { b: 2 }, unsafe_metadata: { c: 3 } });
      await call('PUT', `/users/${id}/metadata`, { body: { public_metadata: { x: { y: null } }, unsafe_metadata: {} } });
      assert.deepEqual(await read(id), [{ x: { y: null } }, { b: 2 }, {}]);
    });

    it('stores null as null, which a later merge starts afresh from', async () => {
      const id = await create({ public_metadata: { a: 1 }, private_metadata: { b: 2 } });
      const { body } = await call('PUT', `/users/${id}/metadata`, { body: { public_metadata: null, private_metadata: null } });
      assert.deepEqual([body.public_metadata, body.private_metadata], [null, null]);
      await call('PATCH', `/users/${id}/metadata`, { body: { public_metadata: { c: 3 } } });
      assert.deepEqual(await read(id), [{ c: 3 }, null, {}]);
    });

    it('takes JSON text', async () => {
      const id = await create({ unsafe_metadata: { a: 1 } });
      await call('PUT', `/users/${id}/metadata`, { body: { unsafe_metadata: '{"b":2}' } });
      assert.deepEqual((await read(id))[2], { b: 2 });
    });
  });

  describe('PATCH /v1/users/{id}', () => {
    it('replaces metadata up to version 2025-11-10, and without a version', async () => {
      for (const version of [undefined, '2021-02-05', '2025-11-10', '2026-05-11']) {
        const id = await create({ public_metadata: { a: 1 }, private_metadata: { b: 2 } });
        const request = { body: { first_name: 'Ann', public_metadata: { c: 3 }, private_metadata: null }, ...(version && { version }) };
        const { status, body } = await call('PATCH', `/users/${id}`, request);
        assert.deepEqual([status, body.first_name], [200, 'Ann'], version);
        assert.deepEqual(await read(id), [{ c: 3 }, { b: 2 }, {}], version);
      }
    });

    it('refuses metadata from version 2026-05-12 on, and applies nothing', async () => {
      const id = await create({ public_metadata: { a: 1 } });
      for (const version of ['2026-05-12', '2026-08-20']) {
        const answer = await call('PATCH', `/users/${id}`, {
          body: { first_name: 'Ann', public_metadata: {}, unsafe_metadata: {} },
          version,
        });
        assert.deepEqual(
          [answer.status, ...refusals(answer)],
          [422, 'form_param_deprecated public_metadata', 'form_param_deprecated unsafe_metadata'],
        );
        const { body } = await call('GET', `/users/${id}`);
        assert.deepEqual([body.first_name, body.public_metadata], [null, { a: 1 }]);
      }
      assert.equal((await call('PATCH', `/users/${id}`, { body: { first_name: 'Ann' }, version: '2026-05-12' })).status, 200);
    });
  });

  describe('what metadata may hold', () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;
    const refused: [name: string, document: string, code: string][] = [
      ['an array', '[]', 'form_param_value_invalid'],
      ['a number', '1', 'form_param_value_invalid'],
      ['broken JSON text', '"{"', 'form_param_value_invalid'],
      ['JSON text of an array', '"[1]"', 'form_param_value_invalid'],
      ['JSON text of null', '"null"', 'form_param_value_invalid'],
      ['the key __proto__', '{"a":{"__proto__":{"polluted":true}}}', 'form_param_value_invalid'],
      ['U+0000', '{"a":"x\\u0000y"}', 'form_param_value_invalid'],
      ['U+0000 in a key', '{"a\\u0000":1}', 'form_param_value_invalid'],
      ['half a surrogate pair', '{"a":"\\ud83d"}', 'form_param_value_invalid'],
      ['a number that no double holds', '{"a":12345678901234567890}', 'form_param_value_invalid'],
      ['an infinite number', '{"a":1e999}', 'form_param_value_invalid'],
      ['65 levels', nested(65), 'form_param_value_invalid'],
      ['50,000 levels', nested(40_000), 'form_param_value_invalid'],
      ['8,193 bytes', JSON.stringify({ a: 'x'.repeat(8185) }), 'form_param_exceeds_allowed_size'],
      ['8,193 bytes in UTF-8', JSON.stringify({ a: `${'é'.repeat(4092)}x` }), 'form_param_exceeds_allowed_size'],
    ];
    for (const [name, document, code] of refused) {
      it(`refuses ${name}, and changes nothing`, async () => {
        const id = await create({ private_metadata: { kept: true } });
        const before = (await call('GET', `/users/${id}`)).body;
        for (const method of ['PATCH', 'PUT']) {
          const answer = await call(method, `/users/${id}/metadata`, {
            body: `{"public_metadata":{"a":1},"private_metadata":${document}}`,
          });
          assert.deepEqual([answer.status, ...refusals(answer)], [422, `${code} private_metadata`]);
        }
        assert.deepEqual((await call('GET', `/users/${id}`)).body, before);
        assert.equal(({} as { polluted?: unknown }).polluted, undefined);
      });
    }

    it('takes exactly 8,192 bytes and 64 levels', async () => {
      const id = await create();
      for (const document of [JSON.stringify({ a: 'x'.repeat(8184) }), JSON.stringify({ a: 'é'.repeat(4092) }), nested(64)]) {
        assert.equal((await call('PUT', `/users/${id}/metadata`, { body: `{"public_metadata":${document}}` })).status, 200);
        assert.deepEqual((await read(id))[0], JSON.parse(document));
      }
    });

    it('measures what a merge results in, and names every kind that is too large', async () => {
      const large = { a: 'x'.repeat(5000) };
      const id = await create({ public_metadata: large, private_metadata: large });
      const more = { b: 'x'.repeat(5000) };
      const answer = await call('PATCH', `/users/${id}/metadata`, {
        body: { public_metadata: more, private_metadata: more, unsafe_metadata: more },
      });
      assert.deepEqual(refusals(answer), [
        'form_param_exceeds_allowed_size public_metadata',
        'form_param_exceeds_allowed_size private_metadata',
      ]);
      assert.deepEqual(await read(id), [large, large, {}]);
    });

    it('gives back what it took, key by key', async () => {
      const document = { Ünï: ['𝄞', null, true, 0.1, -1e-7, 1e21], '': {}, '€': { 'a.b': '"\\\u001f' } };
      const id = await create({ unsafe_metadata: document });
      assert.deepEqual((await read(id))[2], document);
    });
  });

  it('answers 404 for an unknown user', async () => {
    for (const method of ['PATCH', 'PUT']) {
      const answer = await call(method, '/users/user_unknown/metadata', { body: { public_metadata: {} } });
      assert.deepEqual([answer.status, ...refusals(answer)], [404, 'resource_not_found']);
    }
  });

  it('loses no key of writers at the same time', async () => {
    const id = await create();
    const writes = Array.from({ length: 50 }, (_item, index) =>
      call('PATCH', `/users/${id}/metadata`, { body: { unsafe_metadata: { [`key${index}`]: index } } }),
    );
    assert.deepEqual(new Set((await Promise.all(writes)).map(({ status }) => status)), new Set([200]));
    assert.equal(Object.keys((await read(id))[2]).length, 50);
  });

  it('accepts one of two writes that do not fit together', async () => {
    const id = await create();
    const write = (key: string) => call('PATCH', `/users/${id}/metadata`, { body: { public_metadata: { [key]: 'x'.repeat(5000) } } });
    const answers = await Promise.all([write('a'), write('b')]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422]);
  });
});

describe('rates of updates to one user', () => {
  it('allow ten in ten seconds, and others go on', async () => {
    const api = await startApi({
      instance: { rate_limits: { backend_api: { requests: 1000, window: 10 } } },
      now: () => 1_800_000_000_000,
    });
    try {
      const call = createBackendClient(api);
      const [one, other] = (await Promise.all(
        ['a@example.com', 'b@example.com'].map(
          async (address) =>
            (await call('POST', '/users', { body: { email_address: [address], skip_password_requirement: true } })).body.id,
        ),
      )) as [string, string];
      const patch = (id: string) => call('PATCH', `/users/${id}/metadata`, { body: { public_metadata: {} } });
      for (let update = 0; update < 10; update++) assert.equal((await patch(one)).status, 200);
      const refused = await patch(one);
      assert.deepEqual([refused.status, ...refusals(refused), refused.headers.get('retry-after')], [429, 'too_many_requests', '10']);
      assert.equal((await patch(other)).status, 200);
    } finally {
      await api.stop();
    }
  });
});
