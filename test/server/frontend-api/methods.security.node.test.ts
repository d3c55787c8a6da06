/** What a link, an image or a navigation can do (security.md, E2): look, and nothing else. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { endpoints } from '../../../src/wire/endpoints.ts';
import { readAllRows } from '../../support/all-rows.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { CookieBrowser, startProductionApi } from '../../support/production.ts';
import { addUser } from '../../support/users.ts';
import { createWriter } from '../../support/written-requests.ts';
import type { Writer } from '../../support/written-requests.ts';

const password = 'quiet-marble-lantern';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('E2: a method is what was sent, or one _method of a POST', () => {
  let api: TestApi;
  let userId: Writer['userId'];
  let send: Writer['send'];

  before(async () => {
    api = await startApi({ instance: { attributes: { first_name: { enabled: true } } } });
    ({ userId, send } = await createWriter(api));
  });
  after(() => api.stop());

  const readUser = () => api.database.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirstOrThrow();

  it('methods may be the real ones or POST with _method', async () => {
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
    it(`${method} ${path} is refused`, async () => {
      const { status, codes } = await send(method, path, { headers });
      assert.deepEqual([status, codes], [400, ['malformed_request_parameters']]);
      assert.ok(await readUser());
    });
  }

  it('methods are not taken from the body or from other headers', async () => {
    const inBody = await send('POST', '/v1/client/sessions', { body: '_method=DELETE', headers: form });
    const inHeader = await send('POST', '/v1/client/sessions', { headers: { ...form, 'x-http-method-override': 'DELETE' } });
    assert.deepEqual([inBody.status, inHeader.status], [404, 404]);
  });

  it('the answer is 404 with CORS headers where there is no such endpoint', async () => {
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

describe('E2: GET never mutates', () => {
  let api: Awaited<ReturnType<typeof startProductionApi>>;
  let browser: CookieBrowser;
  let sessionId: string;

  before(async () => {
    api = await startProductionApi();
    await addUser(api, { emailAddress: 'ann@example.com', password });
    browser = new CookieBrowser(api.address);
    sessionId = await browser.signIn('ann@example.com', password);
  });
  after(() => api.stop());

  /** As a navigation comes, with the Lax cookie and without `Origin`. */
  const navigate = (path: string, query: string, method = 'GET') => {
    const filled = path.replace(/:(\w+)/g, (_match, name: string) => (name === 'sessionId' ? sessionId : 'none'));
    const headers = { cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    return fetch(`${api.address}/v1${filled}?_clerk_session_id=${sessionId}&${query}`, { method, headers, redirect: 'manual' });
  };
  const paths = [
    ...new Set(Object.values(endpoints).map(({ path }) => path)),
    '/verify',
    '/tickets/accept',
    '/client/touch',
    '/oauth_callback',
  ];

  for (const verb of ['PUT', 'PATCH', 'DELETE', 'POST']) {
    it(`with _method=${verb} it is refused at all ${paths.length} addresses, and nothing has ended`, async () => {
      const before = await readAllRows(api.database);
      for (const path of paths) {
        const { status } = await navigate(path, `_method=${verb}&redirect_url=${encodeURIComponent(api.address)}`);
        assert.equal(status, 400, path);
      }
      assert.deepEqual(await readAllRows(api.database), before);
    });
  }

  for (const method of ['GET', 'HEAD', 'OPTIONS']) {
    it(`as ${method} it looks at all ${paths.length} addresses and changes nothing`, async () => {
      const before = await readAllRows(api.database);
      for (const path of [...paths, '/health', '/client/handshake']) {
        const { status } = await navigate(path, 'unsafe_metadata={"a":1}&identifier=ann@example.com&state=x&token=x&ticket=x', method);
        assert.ok(status < 500, `${path}: ${status}`);
      }
      assert.deepEqual(await readAllRows(api.database), before);
    });
  }

  it('and a handshake leaves nothing but what its nonce opens, once', async () => {
    const read = () => readAllRows(api.database, { except: ['handshakes'] });
    const before = await read();
    const { status } = await navigate('/client/handshake', `format=nonce&redirect_url=${encodeURIComponent(api.address)}`);
    assert.equal(status, 307);
    assert.deepEqual(await read(), before);
    assert.equal((await api.database.selectFrom('handshakes').selectAll().execute()).length, 1);
  });
});
