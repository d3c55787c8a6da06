import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import type { FrontendClient } from '../../support/frontend-client.ts';
import { textOfRows } from '../../support/rows-text.ts';
import { addUser } from '../../support/users.ts';

const password = 'quiet-marble-lantern';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('requests to the Frontend API', () => {
  let api: TestApi;
  let browser: FrontendClient;
  let sessionId: string;
  let userId: string;

  before(async () => {
    api = await startApi({ instance: { attributes: { first_name: { enabled: true } } } });
    userId = (await addUser(api, { emailAddress: 'ann@example.com', password, public_metadata: { role: 'shopper' } })).id;
    browser = await createFrontendClient(api);
    sessionId = (await browser.call('POST', '/client/sign_ins', { identifier: 'ann@example.com', password })).response.created_session_id;
  });
  after(() => api.stop());

  /** A request as it is written. */
  const send = async (method: string, path: string, init: { body?: string; headers?: Record<string, string> } = {}) => {
    const glue = path.includes('?') ? '&' : '?';
    const answer = await fetch(`${api.url}${path}${glue}__clerk_db_jwt=${browser.devBrowser}&_clerk_session_id=${sessionId}`, {
      method,
      headers: { origin: api.url, ...init.headers },
      ...(init.body !== undefined && { body: init.body }),
    });
    const text = await answer.text();
    const body = text ? JSON.parse(text) : undefined;
    return { status: answer.status, headers: answer.headers, body, codes: (body?.errors ?? []).map(({ code }: { code: string }) => code) };
  };
  const readUser = () => api.database.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirstOrThrow();

  describe('methods', () => {
    it('may be the real ones or POST with _method', async () => {
      for (const [method, path] of [
        ['PATCH', '/v1/me'],
        ['POST', '/v1/me?_method=PATCH'],
        ['POST', '/v1/me/?_method=PATCH'],
      ] as const) {
        const { status } = await send(method, path, { body: `first_name=${method}`, headers: form });
        assert.equal(status, 200, `${method} ${path}`);
      }
    });

    for (const [method, path, headers] of [
      ['GET', '/v1/me?_method=DELETE', {}],
      ['GET', '/v1/client/sessions?_method=DELETE', {}],
      ['GET', '/v1/client/touch?_method=DELETE&redirect_url=http://localhost:3000/', {}],
      ['GET', '/v1/client/handshake?_method=DELETE&redirect_url=http://localhost:3000/', {}],
      ['POST', '/v1/me?_method=GET', form],
      ['POST', '/v1/me?_method=POST', form],
      ['POST', '/v1/me?_method=delete', form],
      ['POST', '/v1/me?_method=', form],
      ['POST', '/v1/me?_method=TRACE', form],
      ['POST', '/v1/me?_method=PATCH&_method=DELETE', form],
      ['POST', '/v1/me?_method=DELETE&_method=DELETE', form],
      ['PATCH', '/v1/me?_method=DELETE', form],
    ] as const) {
      it(`are refused as ${method} ${path}`, async () => {
        const { status, codes } = await send(method, path, { headers });
        assert.deepEqual([status, codes], [400, ['malformed_request_parameters']]);
        assert.ok(await readUser());
      });
    }

    it('are not taken from the body or from other headers', async () => {
      const inBody = await send('POST', '/v1/client/sessions', { body: '_method=DELETE', headers: form });
      const inHeader = await send('POST', '/v1/client/sessions', { headers: { ...form, 'x-http-method-override': 'DELETE' } });
      assert.deepEqual([inBody.status, inHeader.status], [404, 404]);
    });

    it('answer 404 with CORS headers where there is no such endpoint', async () => {
      for (const [method, path] of [
        ['GET', '/v1/nowhere'],
        ['POST', '/v1/me'],
        ['DELETE', '/v1/environment'],
      ] as const) {
        const { status, codes, headers } = await send(method, path);
        assert.deepEqual([status, codes], [404, ['resource_not_found']], path);
        assert.equal(headers.get('access-control-allow-origin'), api.url);
        assert.equal(headers.get('content-type'), 'application/json');
      }
    });
  });

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
      [`first_name=${'a'.repeat(64 * 1024)}`, 413, 'request_body_too_large'],
      [Array.from({ length: 201 }, (_item, index) => `a${index}=1`).join('&'), 400, 'malformed_request_parameters'],
    ] as const) {
      it(`like ${body.slice(0, 40)} are refused`, async () => {
        const before = await readUser();
        const answer = await send('PATCH', '/v1/me', { body, headers: form });
        assert.deepEqual([answer.status, answer.codes], [status, [code]]);
        assert.deepEqual(await readUser(), before);
      });
    }

    it('of a sign-in tell flags from other texts', async () => {
      const { status, codes, body } = await send('POST', '/v1/client/sign_ins', { body: 'transfer=maybe', headers: form });
      assert.deepEqual([status, codes, body.errors[0].meta], [422, ['form_param_value_invalid'], { param_name: 'transfer' }]);
    });

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

  describe('API versions', () => {
    it('that are newer than ours are understood', async () => {
      const { status } = await send('GET', '/v1/client?__clerk_api_version=2099-01-01');
      assert.equal(status, 200);
    });
    it('that are malformed or given twice are refused', async () => {
      for (const query of ['__clerk_api_version=new', '__clerk_api_version=2025-11-10&__clerk_api_version=2025-11-10']) {
        const { status, codes } = await send('GET', `/v1/client?${query}`);
        assert.deepEqual([status, codes], [400, ['api_version_invalid']]);
      }
    });
  });

  describe('envelopes', () => {
    it('of mutations carry the client, those of refused mutations too', async () => {
      const good = await browser.call('PATCH', '/me', { first_name: 'Ann' }, { sessionId });
      assert.equal(good.client.sessions[0].id, sessionId);
      const bad = await browser.call('PATCH', '/me', { username: 'x' }, { sessionId });
      assert.equal(bad.status, 422);
      assert.equal(bad.body.meta.client.sessions[0].id, sessionId);
    });
    it('of GET /me carry a client with a token of its own', async () => {
      const first = await browser.call('GET', '/me', {}, { sessionId });
      const second = await browser.call('GET', '/me', {}, { sessionId });
      assert.notEqual(first.client.sessions[0].last_active_token.jwt, second.client.sessions[0].last_active_token.jwt);
    });
    it('of GET /client have client: null', async () => {
      const { body } = await browser.call('GET', '/client');
      assert.equal(body.client, null);
      assert.equal(body.response.id.slice(0, 7), 'client_');
    });
  });

  describe('origins', () => {
    it('that are foreign change nothing and read nothing', async () => {
      const change = await send('PATCH', '/v1/me', { body: 'first_name=Evil', headers: { ...form, origin: 'https://evil.test' } });
      assert.deepEqual([change.status, change.codes], [400, ['origin_invalid']]);
      const read = await send('GET', '/v1/client', { headers: { origin: 'https://evil.test' } });
      assert.equal(read.headers.get('access-control-allow-origin'), null);
      assert.match(read.headers.get('vary') ?? '', /Origin/);
    });
    it('are echoed with errors too', async () => {
      const { status, headers } = await send('POST', `/v1/client/sessions/sess_none/touch`, {
        headers: { ...form, origin: 'http://localhost:3000' },
      });
      assert.equal(status, 404);
      assert.equal(headers.get('access-control-allow-origin'), 'http://localhost:3000');
      assert.equal(headers.get('access-control-allow-credentials'), 'true');
      assert.match(headers.get('access-control-expose-headers') ?? '', /Clerk-Db-Jwt/);
    });
  });

  describe('dev browsers', () => {
    it('that are unknown are told so', async () => {
      for (const name of ['__clerk_db_jwt', '__dev_session']) {
        const answer = await fetch(`${api.url}/v1/client?${name}=dvb_unknown`);
        assert.equal(answer.status, 401);
        assert.equal(((await answer.json()) as { errors: { code: string }[] }).errors[0]?.code, 'dev_browser_unauthenticated');
      }
    });
    it('are known under the legacy name too', async () => {
      const answer = await fetch(`${api.url}/v1/client?__dev_session=${browser.devBrowser}`);
      assert.equal(((await answer.json()) as { response: { sessions: unknown[] } }).response.sessions.length, 1);
    });
    it('may be missing: then there is no client yet', async () => {
      const answer = await fetch(`${api.url}/v1/client`);
      assert.deepEqual(await answer.json(), { response: null, client: null });
    });
    it('are made where a request needs one, and told in a header', async () => {
      const answer = await fetch(`${api.url}/v1/client/sign_ins`, {
        method: 'POST',
        headers: { ...form, origin: api.url },
        body: 'identifier=ann@example.com',
      });
      assert.equal(answer.status, 200);
      const devBrowser = answer.headers.get('clerk-db-jwt') ?? '';
      assert.match(devBrowser, /^dvb_/);
      const { response } = (await (await fetch(`${api.url}/v1/client?__clerk_db_jwt=${devBrowser}`)).json()) as {
        response: { sign_in: { id: string } };
      };
      assert.match(response.sign_in.id, /^sia_/);
    });
    it('are stored as hashes only', async () => {
      const rows = await api.database.selectFrom('client_credentials').selectAll().execute();
      assert.ok(rows.length);
      for (const row of rows) assert.equal(row.secret_hash.length, 32);
      assert.ok(!textOfRows(rows).includes(browser.devBrowser));
    });
    it('mean no cookies', async () => {
      const { headers } = await browser.call('PATCH', '/me', { first_name: 'Ann' }, { sessionId });
      assert.deepEqual(headers.getSetCookie(), []);
    });
  });

  it('leave no credential in the log', () => {
    const log = api.log.join('');
    for (const secret of [browser.devBrowser, password]) assert.ok(!log.includes(secret));
  });
});
