import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { CallOptions, FrontendClient } from '../../support/frontend-client.ts';
import { addUser } from '../../support/users.ts';

const password = 'quiet-marble-lantern';
const latest = { apiVersion: '2026-05-12' };

describe('the signed-in user', () => {
  let api: TestApi;
  let browser: FrontendClient;
  let sessionId: string;
  let userId: string;
  let count = 0;

  before(async () => {
    api = await startApi({
      instance: {
        attributes: { first_name: { enabled: true }, username: { enabled: true }, last_name: { enabled: true, required: true } },
      },
    });
  });
  after(() => api.stop());
  beforeEach(async () => {
    const emailAddress = `user${count++}@example.com`;
    userId = (
      await addUser(api, {
        emailAddress,
        password,
        first_name: 'Ann',
        last_name: 'Lee',
        private_metadata: { secret: 1 },
        unsafe_metadata: { kept: { a: 1 } },
      })
    ).id;
    browser = await createFrontendClient(api);
    sessionId = (await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password })).response.created_session_id;
  });

  const patch = (form: Record<string, string>, options: CallOptions = {}) => browser.call('PATCH', '/me', form, { sessionId, ...options });
  const patchMetadata = (document: string, options: CallOptions = {}) =>
    browser.call('PATCH', '/me/metadata', { unsafe_metadata: document }, { sessionId, ...options });
  const readRow = (id = userId) => api.database.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  describe('PATCH /me', () => {
    it('replaces unsafe metadata, together with the rest, and says when', async () => {
      const before = await readRow();
      const { status, response, client } = await patch({ unsafe_metadata: '{"birthday":"01-01-2000"}', first_name: 'Bea' });
      assert.equal(status, 200);
      assert.deepEqual(response.unsafe_metadata, { birthday: '01-01-2000' });
      assert.equal(response.first_name, 'Bea');
      assert.ok(response.updated_at > before.updated_at);
      assert.deepEqual(client.sessions[0].user, response);
      assert.deepEqual((await readRow()).private_metadata, { secret: 1 });
    });

    it('takes an empty document for {}, as browsers send null', async () => {
      assert.deepEqual((await patch({ unsafe_metadata: '' })).response.unsafe_metadata, {});
      assert.deepEqual((await patch({ unsafe_metadata: '{}' })).response.unsafe_metadata, {});
    });

    for (const apiVersion of ['2021-02-05', '2024-10-01', '2025-11-10', '2026-05-11']) {
      it(`replaces in version ${apiVersion}`, async () => {
        assert.deepEqual((await patch({ unsafe_metadata: '{"b":2}' }, { apiVersion })).response.unsafe_metadata, { b: 2 });
      });
    }

    for (const apiVersion of ['2026-05-12', '2026-08-20', '2030-01-01']) {
      it(`takes no metadata in version ${apiVersion}, and nothing else of such a request`, async () => {
        const before = await readRow();
        const { status, errors } = await patch({ unsafe_metadata: '{"b":2}', first_name: 'Bea' }, { apiVersion });
        assert.deepEqual([status, errors[0]?.code, errors[0]?.meta], [422, 'form_param_deprecated', { param_name: 'unsafe_metadata' }]);
        assert.deepEqual(await readRow(), before);
        assert.equal((await patch({ first_name: 'Bea' }, { apiVersion })).status, 200);
      });
    }

    it('clears what may be empty', async () => {
      assert.equal((await patch({ first_name: '' })).response.first_name, null);
    });

    for (const [form, status, code] of [
      [{ last_name: '' }, 422, 'form_param_nil'],
      [{ last_name: ' ' }, 422, 'form_param_nil'],
      [{ first_name: 'a\u0000b' }, 422, 'form_param_format_invalid'],
      [{ first_name: 'a\nb' }, 422, 'form_param_format_invalid'],
      [{ first_name: 'a'.repeat(257) }, 422, 'form_param_max_length_exceeded'],
      [{ username: 'abc' }, 422, 'form_username_invalid_length'],
      [{ username: 'two words' }, 422, 'form_username_invalid_character'],
      [{ primary_phone_number_id: '' }, 422, 'form_param_unknown'],
      [{ primary_web3_wallet_id: 'x' }, 422, 'form_param_unknown'],
      [{ primary_email_address_id: '' }, 422, 'form_param_nil'],
      [{ primary_email_address_id: 'idn_unknown' }, 422, 'form_resource_not_found'],
      [{ password: 'another-marble-lantern' }, 403, 'updating_user_password_deprecated'],
    ] as const) {
      it(`refuses ${JSON.stringify(form).slice(0, 50)} and leaves the rest alone`, async () => {
        const before = await readRow();
        const answer = await patch({ unsafe_metadata: '{"x":1}', ...form } as Record<string, string>);
        assert.deepEqual([answer.status, answer.codes], [status, [code]]);
        assert.deepEqual(await readRow(), before);
      });
    }

    it('takes names of 256 characters of any script', async () => {
      const name = '𝒜'.repeat(256);
      assert.equal((await patch({ first_name: name })).response.first_name, name);
    });

    it('refuses a username that somebody has, in any case', async () => {
      const taken = `name_${count}`;
      await addUser(api, { emailAddress: `other${count++}@example.com`, username: taken });
      const { status, errors } = await patch({ username: taken.toUpperCase() });
      assert.deepEqual([status, errors[0]?.code, errors[0]?.meta], [422, 'form_identifier_exists', { param_name: 'username' }]);
    });

    it('makes a proved address of the user the primary one, and no other', async () => {
      const stranger = await addUser(api, { emailAddress: `stranger${count}@example.com` });
      const add = async (id: string, owner: string, verifiedBy: string | null) => {
        const address = `${id}-${count}@example.com`;
        const values = {
          id,
          user_id: owner,
          email_address: address,
          email_address_normalized: address,
          verified_by: verifiedBy,
          created_at: 1,
          updated_at: 1,
        };
        await api.database.insertInto('email_addresses').values(values).execute();
      };
      await add(`idn_second${count}`, userId, 'email_code');
      await add(`idn_unproved${count}`, userId, null);
      await add(`idn_foreign${count}`, stranger.id, 'email_code');
      assert.equal(
        (await patch({ primary_email_address_id: `idn_second${count}` })).response.primary_email_address_id,
        `idn_second${count}`,
      );
      assert.deepEqual((await patch({ primary_email_address_id: `idn_unproved${count}` })).codes, ['form_verification_needed']);
      assert.deepEqual((await patch({ primary_email_address_id: `idn_foreign${count}` })).codes, ['form_resource_not_found']);
      assert.deepEqual((await patch({ primary_email_address_id: 'idn_none' })).codes, ['form_resource_not_found']);
    });

    it('without anything to change answers the user unchanged', async () => {
      const before = await readRow();
      assert.equal((await patch({})).status, 200);
      assert.deepEqual(await readRow(), before);
    });
  });

  describe('PATCH /me/metadata', () => {
    for (const [document, expected] of [
      ['{"kept":{"b":2}}', { kept: { a: 1, b: 2 } }],
      ['{"kept":null}', {}],
      ['{"kept":{"a":null}}', { kept: {} }],
      ['{"kept":[1,null]}', { kept: [1, null] }],
      ['{"new":{"x":null,"y":1}}', { kept: { a: 1 }, new: { y: 1 } }],
      ['{}', { kept: { a: 1 } }],
      ['{"toString":1,"constructor":{"prototype":{"x":1}}}', { kept: { a: 1 }, toString: 1, constructor: { prototype: { x: 1 } } }],
    ] as [document: string, expected: unknown][]) {
      it(`merges ${document}`, async () => {
        for (const options of [{}, latest]) {
          const { status, response } = await patchMetadata(document, options);
          assert.equal(status, 200);
          assert.deepEqual(response.unsafe_metadata, expected);
        }
        assert.equal('x' in {}, false);
      });
    }

    it('wants a document', async () => {
      const missing = await browser.call('PATCH', '/me/metadata', {}, { sessionId });
      assert.deepEqual(
        [missing.status, missing.codes, missing.errors[0]?.meta],
        [422, ['form_param_missing'], { param_name: 'unsafe_metadata' }],
      );
    });

    const depth = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
    for (const document of [
      '',
      'null',
      '[]',
      '"text"',
      '1',
      '{',
      '{"a":1}x',
      "{'a':1}",
      '{"a":NaN}',
      '{"a":1e999}',
      '{"a":12345678901234567890}',
      '{"__proto__":{"x":1}}',
      '{"a":{"__proto__":1}}',
      '{"a":"\\u0000"}',
      '{"\\u0000":1}',
      '{"a":"\\ud800"}',
      depth(65),
      depth(3_500),
      `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
    ]) {
      it(`refuses ${document.slice(0, 40) || '(nothing)'} and changes nothing`, async () => {
        const before = await readRow();
        const { status, codes, errors } = await patchMetadata(document);
        assert.deepEqual([status, codes, errors[0]?.meta], [422, ['form_param_value_invalid'], { param_name: 'unsafe_metadata' }]);
        assert.deepEqual(await readRow(), before);
      });
    }

    it('takes 64 levels', async () => {
      assert.equal((await patchMetadata(depth(64))).status, 200);
    });

    it('takes 8192 bytes in all, and not one more', async () => {
      await patch({ unsafe_metadata: '{"a":1}' });
      // {"a":1,"b":"…"} has 14 bytes beside the text; ü has two.
      const full = `${'ü'.repeat(50)}${'x'.repeat(8192 - 14 - 100)}`;
      const tooMuch = await patchMetadata(JSON.stringify({ b: `${full}x` }));
      assert.deepEqual(
        [tooMuch.status, tooMuch.codes, tooMuch.errors[0]?.meta],
        [422, ['form_param_exceeds_allowed_size'], { param_name: 'unsafe_metadata' }],
      );
      assert.deepEqual((await readRow()).unsafe_metadata, { a: 1 });
      const { status, response } = await patchMetadata(JSON.stringify({ b: full }));
      assert.equal(status, 200);
      assert.equal(Buffer.byteLength(JSON.stringify(response.unsafe_metadata)), 8192);
      assert.equal((await patch({ unsafe_metadata: JSON.stringify({ b: 'x'.repeat(8192 - 8) }) })).status, 200);
      assert.deepEqual((await patch({ unsafe_metadata: JSON.stringify({ b: 'x'.repeat(8193 - 8) }) })).codes, [
        'form_param_exceeds_allowed_size',
      ]);
    });

    it('keeps every key of 50 writers at once', async () => {
      const writers = Array.from({ length: 50 }, (_item, index) => patchMetadata(JSON.stringify({ [`key${index}`]: index })));
      for (const { status } of await Promise.all(writers)) assert.equal(status, 200);
      const stored = (await readRow()).unsafe_metadata ?? {};
      assert.deepEqual(stored, {
        kept: { a: 1 },
        ...Object.fromEntries(Array.from({ length: 50 }, (_item, index) => [`key${index}`, index])),
      });
    });

    it('accepts exactly one of two writers that together are too large', async () => {
      const half = 'x'.repeat(5_000);
      const answers = await Promise.all(['a', 'b'].map((key) => patchMetadata(JSON.stringify({ [key]: half }))));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422]);
    });

    it('lets updated_at grow with each change, however many a millisecond sees', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, (_item, index) => patchMetadata(`{"n":${index}}`)));
      const latest = Math.max(...answers.map(({ response }) => response.updated_at as number));
      assert.ok((await readRow()).updated_at >= latest);
      // As if the clock had been ahead: time must not go back.
      await api.database
        .updateTable('users')
        .set({ updated_at: latest + 60_000 })
        .where('id', '=', userId)
        .execute();
      assert.equal((await patchMetadata('{"n":1}')).response.updated_at, latest + 60_001);
    });
  });

  describe('DELETE /me', () => {
    it('deletes the user, ends all sessions and signs the browser out', async () => {
      const elsewhere = await createFrontendClient(api);
      const address = (await browser.call('GET', '/me', {}, { sessionId })).response.email_addresses[0].email_address;
      await elsewhere.call('POST', '/client/sign_ins', { identifier: address, password });
      const { status, response, client } = await browser.call('DELETE', '/me', {}, { sessionId });
      assert.deepEqual([status, response], [200, { object: 'user', id: userId, deleted: true }]);
      assert.deepEqual([client.sessions, client.last_active_session_id], [[], null]);
      assert.deepEqual((await elsewhere.call('GET', '/client')).response.sessions, []);
      assert.equal((await browser.call('GET', '/me', {}, { sessionId })).status, 401);
      assert.equal(await api.database.selectFrom('users').select('id').where('id', '=', userId).executeTakeFirst(), undefined);
    });

    it('is refused where the user may not', async () => {
      await api.database.updateTable('users').set({ delete_self_enabled: false }).where('id', '=', userId).execute();
      const { status, codes } = await browser.call('DELETE', '/me', {}, { sessionId });
      assert.deepEqual([status, codes], [403, ['user_delete_self_not_enabled']]);
      assert.ok(await readRow());
    });
  });

  describe('without a session that fits', () => {
    it('nothing is told and nothing is done', async () => {
      const stranger = await createFrontendClient(api);
      for (const [method, path] of [
        ['GET', '/me'],
        ['PATCH', '/me'],
        ['PATCH', '/me/metadata'],
        ['DELETE', '/me'],
        ['GET', '/me/sessions'],
        ['GET', '/me/sessions/active'],
        ['POST', `/me/sessions/${sessionId}/revoke`],
      ] as const) {
        const answers = [
          await browser.call(method, path, {}, { sessionId: 'sess_unknown' }),
          await browser.call(method, path),
          await stranger.call(method, path, {}, { sessionId }),
        ];
        for (const { status, codes } of answers) assert.deepEqual([status, codes], [401, ['authentication_invalid']], `${method} ${path}`);
      }
      assert.ok(await readRow());
    });

    it('a banned user is told so', async () => {
      await api.database.updateTable('users').set({ banned: true }).where('id', '=', userId).execute();
      const me = await patchMetadata('{"a":1}');
      assert.deepEqual([me.status, me.codes], [403, ['user_banned']]);
      const token = await browser.call('POST', `/client/sessions/${sessionId}/tokens`);
      assert.deepEqual([token.status, token.codes], [403, ['user_banned']]);
      assert.deepEqual((await browser.call('GET', '/client')).response.sessions, []);
    });
  });
});

describe('attributes that are off', () => {
  it('are unknown', async () => {
    const api = await startApi();
    try {
      await addUser(api, { emailAddress: 'off@example.com', password, first_name: 'Ann' });
      const browser = await createFrontendClient(api);
      const sessionId = (await browser.call('POST', '/client/sign_ins', { identifier: 'off@example.com', password })).response
        .created_session_id;
      for (const name of ['first_name', 'last_name', 'username']) {
        const { status, codes, errors } = await browser.call('PATCH', '/me', { [name]: 'Berta' }, { sessionId });
        assert.deepEqual([status, codes, errors[0]?.meta], [422, ['form_param_unknown'], { param_name: name }]);
      }
    } finally {
      await api.stop();
    }
  });
});
