/** Who may read answers (security.md, E3): the headers of every route, in good cases and bad. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { endpoints } from '../../src/wire/endpoints.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { CookieBrowser, pageOrigin, startProductionApi } from '../support/production.ts';
import { sendRaw } from '../support/raw-request.ts';
import type { RawAnswer } from '../support/raw-request.ts';
import { addUser } from '../support/users.ts';

const password = 'quiet-marble-lantern';
const form: [string, string] = ['content-type', 'application/x-www-form-urlencoded'];

const corsOf = ({ headers }: RawAnswer) => Object.keys(headers).filter((name) => name.startsWith('access-control-'));

/** What every JSON answer has. */
function assertPrivate(answer: RawAnswer, label: string): void {
  const names = ['content-type', 'cache-control', 'x-content-type-options', 'cross-origin-resource-policy'];
  const expected = ['application/json', 'no-store', 'nosniff', 'same-origin'];
  assert.deepEqual(
    names.map((name) => answer.headers[name]),
    expected,
    label,
  );
  JSON.parse(answer.text);
}

describe('E3: only listed origins read the Frontend API', () => {
  let api: Awaited<ReturnType<typeof startProductionApi>>;
  let sessionId: string;
  let cookie: string;
  const statuses = new Set<number>();

  before(async () => {
    api = await startProductionApi();
    await addUser(api, { emailAddress: 'ann@example.com', password });
    const browser = new CookieBrowser(api.address);
    sessionId = await browser.signIn('ann@example.com', password);
    cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  });
  after(() => api.stop());

  /** The same request in ways that are answered differently: well, with a foreign id, unreadably, as somebody unknown. */
  const ways: [name: string, query: (session: string) => string, headers: [string, string][], body: string][] = [
    ['well', (session) => `_clerk_session_id=${session}`, [form], ''],
    ['as nobody', () => '', [form], ''],
    ['in JSON', (session) => `_clerk_session_id=${session}`, [['content-type', 'application/json']], '{}'],
    ['with an owned name', (session) => `_clerk_session_id=${session}`, [form], 'private_metadata=%7B%7D'],
    ['too long', (session) => `_clerk_session_id=${session}`, [form], 'a'.repeat(64 * 1024 + 1)],
    ['with a bad escape', (session) => `_clerk_session_id=${session}&a=%ff`, [form], ''],
  ];

  for (const [origin, isListed] of [
    [pageOrigin, true],
    ['https://evil.test', false],
    [undefined, false],
  ] as const) {
    it(`${origin ?? 'no origin'} ${isListed ? 'is echoed' : 'gets no CORS header'}, whatever comes of the request`, async () => {
      for (const { method, path } of [
        ...Object.values(endpoints),
        { method: 'GET', path: '/nowhere' },
        { method: 'POST', path: '/health' },
      ]) {
        // What ends the session comes to nothing, so that the next request finds it.
        const filled = path.replace(/:(\w+)/g, (_match, name: string) => (name === 'sessionId' && method === 'GET' ? sessionId : 'none'));
        if (/sessions$|^\/client$|^\/me$/.test(path) && method === 'DELETE') continue;
        for (const [how, query, headers, body] of ways) {
          const answer = await sendRaw(api.address, {
            method: method === 'GET' ? 'GET' : 'POST',
            target: `/v1${filled}?${query(sessionId)}${method === 'GET' || method === 'POST' ? '' : `&_method=${method}`}`,
            headers: [['cookie', cookie], ...headers, ...(origin === undefined ? [] : ([['origin', origin]] as [string, string][]))],
            body: method === 'GET' ? '' : body,
          });
          statuses.add(answer.status);
          const label = `${method} ${path} ${how}: ${answer.status}`;
          assertPrivate(answer, label);
          assert.match(answer.headers.vary ?? '', /\bOrigin\b/, label);
          if (isListed) {
            assert.equal(answer.headers['access-control-allow-origin'], origin, label);
            assert.equal(answer.headers['access-control-allow-credentials'], 'true', label);
          } else assert.deepEqual(corsOf(answer), [], label);
        }
      }
    });
  }

  it('which was looked at in all kinds of answers', () => {
    for (const status of [200, 400, 401, 404, 413, 415, 422]) assert.ok(statuses.has(status), `${status} of ${[...statuses].join()}`);
  });

  it('and a preflight allows nothing to others', async () => {
    const ask = (origin: string) =>
      sendRaw(api.address, { method: 'OPTIONS', target: '/v1/me', headers: [['origin', origin], ['access-control-request-method', 'DELETE']] }); // prettier-ignore
    assert.deepEqual(corsOf(await ask('https://evil.test')), []);
    assert.equal((await ask(pageOrigin)).headers['access-control-allow-origin'], pageOrigin);
  });
});

describe('E3: everything else', () => {
  let api: TestApi;
  before(async () => void (api = await startApi()));
  after(() => api.stop());

  it('of the Backend API is for no page at all', async () => {
    const key: [string, string] = ['authorization', `Bearer ${api.secretKey}`];
    for (const [method, target, headers] of [
      ['GET', '/v1/users', [key]],
      ['GET', '/v1/users', []],
      ['GET', '/v1/users?limit=x', [key]],
      ['GET', '/v1/nowhere', [key]],
      ['POST', '/v1/users', [key]],
      ['POST', '/v1/users', [key, ['content-type', 'text/plain']]],
      ['GET', '/v1/health', []],
      ['GET', '/nowhere', []],
    ] as [string, string, [string, string][]][]) {
      for (const origin of [api.url, 'https://evil.test']) {
        const answer = await sendRaw(api.backendUrl, { method, target, headers: [...headers, ['origin', origin]] });
        assertPrivate(answer, `${method} ${target}`);
        assert.deepEqual(corsOf(answer), [], `${method} ${target}`);
      }
    }
  });

  it('that is refused before any route is as private', async () => {
    for (const [target, headers] of [
      ['/nowhere', []],
      ['/v1/%00', []],
      ['/npm/@clerk/clerk-js@6/dist/none.js', []],
      ['/v1/client', [['host', 'evil.example']]],
      ['/popup-callback', []],
    ] as [string, [string, string][]][]) {
      const answer = await sendRaw(api.url, { target, headers: [...headers, ['origin', 'https://evil.test']] });
      assertPrivate(answer, target);
      assert.deepEqual(corsOf(answer), [], target);
    }
  });

  it('that is a script may be used by all pages, and a page of ours by none', async () => {
    const resource = async (target: string) => (await sendRaw(api.url, { target })).headers['cross-origin-resource-policy'];
    assert.equal(await resource('/npm/@clerk/clerk-js@6/dist/clerk.browser.js'), 'cross-origin');
    for (const target of ['/', '/main.js', '/sign-in', '/inbox']) assert.equal(await resource(target), 'same-origin', target);
  });
});
