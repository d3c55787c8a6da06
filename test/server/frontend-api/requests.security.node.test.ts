/** Requests that could be read in two ways (security.md, E7): they are refused, and nothing of them applies. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { sendRaw } from '../../support/raw-request.ts';
import { createWriter } from '../../support/written-requests.ts';
import type { Writer } from '../../support/written-requests.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('E7: one meaning per request', () => {
  let api: TestApi;
  let browser: Writer['browser'];
  let sessionId: Writer['sessionId'];
  let userId: Writer['userId'];
  let send: Writer['send'];

  before(async () => {
    api = await startApi({ instance: { attributes: { first_name: { enabled: true } } } });
    ({ browser, sessionId, userId, send } = await createWriter(api));
  });
  after(() => api.stop());

  const readUser = () => api.database.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirstOrThrow();

  describe('bodies', () => {
    for (const [type, body] of [
      ['application/json', '{"first_name":"Json"}'],
      ['application/json', ''],
      ['text/plain', 'first_name=Plain'],
      ['multipart/form-data; boundary=x', '--x--'],
      ['application/x-www-form-urlencoded; charset=utf-16', 'first_name=Utf16'],
    ] as const) {
      it(`of ${type} are refused (${body.length} bytes)`, async () => {
        const before = await readUser();
        const { status, codes } = await send('PATCH', '/v1/me', { body, headers: { 'content-type': type } });
        assert.deepEqual([status, codes], [415, ['unsupported_content_type']]);
        assert.deepEqual(await readUser(), before);
      });
    }

    it('may name their encoding', async () => {
      const { status } = await send('PATCH', '/v1/me', {
        body: 'first_name=%C3%84nn+Marie',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
      });
      assert.equal(status, 200);
      assert.equal((await readUser()).first_name, 'Änn Marie');
    });

    for (const [body, status, code] of [
      ['first_name=a&first_name=b', 422, 'form_param_duplicate'],
      ['first_name=a&first_name=a', 422, 'form_param_duplicate'],
      ['first_name=%ff', 422, 'form_param_format_invalid'],
      ['first_name=%', 422, 'form_param_format_invalid'],
      ['first_name=%zz', 422, 'form_param_format_invalid'],
    ] as const) {
      it(`like ${body.slice(0, 40)} are refused`, async () => {
        const before = await readUser();
        const answer = await send('PATCH', '/v1/me', { body, headers: form });
        assert.deepEqual([answer.status, answer.codes], [status, [code]]);
        assert.deepEqual(await readUser(), before);
      });
    }

    it('N3: are read up to a limit of bytes and of fields, to the last one', async () => {
      const before = await readUser();
      const fields = (count: number) => Array.from({ length: count }, (_item, index) => `a${index}=1`).join('&');
      for (const [body, status, code] of [
        [`first_name=${'a'.repeat(64 * 1024 - 10)}`, 413, 'request_body_too_large'],
        [fields(201), 400, 'malformed_request_parameters'],
      ] as const) {
        const answer = await send('PATCH', '/v1/me', { body, headers: form });
        assert.deepEqual([answer.status, answer.codes], [status, [code]]);
      }
      const endless = await sendRaw(api.url, {
        method: 'PATCH',
        target: `/v1/me?__clerk_db_jwt=${browser.devBrowser}&_clerk_session_id=${sessionId}`,
        headers: [['origin', api.url], ['content-type', form['content-type']], ['transfer-encoding', 'chunked']],
        body: 'a'.repeat(64 * 1024 + 1),
      }); // prettier-ignore
      assert.equal(endless.status, 413);
      assert.deepEqual(await readUser(), before);
      for (const body of [`other=${'a'.repeat(64 * 1024 - 6)}`, fields(200)])
        assert.equal((await send('PATCH', '/v1/me', { body, headers: form })).status, 200);
    });

    it('of a sign-in tell flags from other texts', async () => {
      const { status, codes, body } = await send('POST', '/v1/client/sign_ins', { body: 'transfer=maybe', headers: form });
      assert.deepEqual([status, codes, body.errors[0].meta], [422, ['form_param_value_invalid'], { param_name: 'transfer' }]);
    });

    for (const [how, bytes] of [
      ['break off', 'Content-Length: 9\r\n\r\nfirst'],
      ['have a chunk of no length', 'Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\nzz\r\n'],
    ] as const) {
      it(`that ${how} are the fault of the caller, not of the database`, async () => {
        api.log.length = 0;
        const head = `PATCH /v1/me HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: ${api.url}\r\nContent-Type: ${form['content-type']}\r\n`;
        const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
        socket.end(head + bytes);
        socket.resume();
        await once(socket, 'close');
        while (!api.log.length) await new Promise((resolve) => setImmediate(resolve));
        assert.match(api.log.join(''), /^[^\n]*"status":400,[^\n]*\n$/);
      });
    }

    it('may hold parameters that newer clients send', async () => {
      const { status } = await send('PATCH', '/v1/me', { body: 'first_name=Ann&timezone=UTC&timezone=CET&something_new=1', headers: form });
      assert.equal(status, 200);
    });
  });

  describe('parameters that only the server may set', () => {
    const names = [
      'public_metadata',
      'private_metadata',
      'id',
      'user_id',
      'banned',
      'locked',
      'verified',
      'external_id',
      'created_at',
      'updated_at',
      'email_addresses',
      'password_digest',
      'delete_self_enabled',
      'role',
      'last_sign_in_at',
    ];
    const camelCase = (name: string) => name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

    for (const name of names) {
      it(`such as ${name} spoil the whole request, however they are spelled`, async () => {
        const before = await readUser();
        for (const spelled of [
          name,
          camelCase(name),
          name.toUpperCase(),
          `${name}[x]`,
          `${name}.x`,
          name.replaceAll('_', '-'),
          name.replace(/^./, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
        ]) {
          const body = await send('PATCH', '/v1/me', { body: `first_name=Changed&${spelled}=%7B%22a%22%3A1%7D`, headers: form });
          const query = await send('POST', `/v1/me?_method=PATCH&${spelled}=true`, { body: 'first_name=Changed', headers: form });
          for (const answer of [body, query]) assert.deepEqual([answer.status, answer.codes], [422, ['form_param_unknown']], spelled);
        }
        assert.deepEqual(await readUser(), before);
      });
    }

    it('are refused by every endpoint that changes something', async () => {
      for (const path of [
        '/v1/client/sign_ins',
        '/v1/client/sign_ups',
        `/v1/client/sessions/${sessionId}/touch`,
        `/v1/client/sessions/${sessionId}/tokens`,
      ]) {
        const { status, codes } = await send('POST', path, { body: 'public_metadata=%7B%7D', headers: form });
        assert.deepEqual([status, codes], [422, ['form_param_unknown']], path);
      }
    });
  });
});
