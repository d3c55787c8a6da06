/** Requests that pages of other origins make a browser send (security.md, E1): whatever they look like, nothing changes. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { endpoints } from '../../../src/wire/endpoints.ts';
import { readAllRows } from '../../support/all-rows.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { CookieBrowser, pageOrigin, startProductionApi } from '../../support/production.ts';
import { sendRaw } from '../../support/raw-request.ts';
import { addUser } from '../../support/users.ts';

const password = 'quiet-marble-lantern';
const mutating = Object.values(endpoints).filter(({ method }) => method !== 'GET');

/** What is wrong with each, as headers in order. */
const foreign: [name: string, headers: [string, string][]][] = [
  ['none', []],
  ['an empty one', [['origin', '']]],
  ['null', [['origin', 'null']]],
  ['another site', [['origin', 'https://evil.test']]],
  ['another site that says so', [['origin', 'https://evil.test'], ['sec-fetch-site', 'cross-site']]], // prettier-ignore
  ['a name that begins like an allowed one', [['origin', `${pageOrigin}.evil.test`]]],
  ['a name that ends like an allowed one', [['origin', 'https://evil-www.example.com']]],
  ['a sibling domain', [['origin', 'https://evil.example.com']]],
  ['the parent domain', [['origin', 'https://example.com']]],
  ['another scheme', [['origin', 'http://www.example.com']]],
  ['another port', [['origin', `${pageOrigin}:8443`]]],
  ['a port of this machine', [['origin', 'http://127.0.0.1:3000']]],
  ['an allowed one with a path', [['origin', `${pageOrigin}/`]]],
  ['an allowed one with a user', [['origin', 'https://evil@www.example.com']]],
  ['an allowed one in capitals', [['origin', pageOrigin.toUpperCase()]]],
  ['an allowed one and a foreign one', [['origin', pageOrigin], ['origin', 'https://evil.test']]], // prettier-ignore
  ['a foreign one and an allowed one', [['origin', 'https://evil.test'], ['origin', pageOrigin]]], // prettier-ignore
  ['an allowed one twice', [['origin', pageOrigin], ['origin', pageOrigin]]], // prettier-ignore
  ['an allowed one with a token', [['origin', pageOrigin], ['authorization', 'Bearer x']]], // prettier-ignore
];

describe('E1: no other origin changes anything in production, with all cookies', () => {
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

  const send = ({ method, path }: { method: string; path: string }, headers: [string, string][]) => {
    const filled = path.replace(/:(\w+)/g, (_match, name: string) => (name === 'sessionId' ? sessionId : 'none'));
    const tunnelled = method === 'POST' ? '' : `&_method=${method}`;
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return sendRaw(api.address, {
      method: 'POST',
      target: `/v1${filled}?_clerk_session_id=${sessionId}${tunnelled}`,
      headers: [['cookie', cookie], ['content-type', 'application/x-www-form-urlencoded'], ...headers],
      body: 'unsafe_metadata=%7B%22evil%22%3A1%7D',
    });
  };

  for (const [name, headers] of foreign) {
    it(`not as ${name}, at any of the ${mutating.length} endpoints that could`, async () => {
      const before = await readAllRows(api.database);
      const answers = await Promise.all(mutating.map(async (endpoint) => ({ endpoint, answer: await send(endpoint, headers) })));
      for (const { endpoint, answer } of answers) {
        const label = `${endpoint.method} ${endpoint.path}: ${answer.text}`;
        assert.equal(answer.status, 400, label);
        assert.match(answer.text, /"code":"origin_(missing|invalid|authorization_headers_conflict)"/, label);
        assert.equal(answer.headers['set-cookie'], undefined, label);
      }
      assert.deepEqual(await readAllRows(api.database), before);
    });
  }

  it('but an allowed one does: the same request is good', async () => {
    const answer = await send({ method: 'PATCH', path: '/me/metadata' }, [['origin', pageOrigin]]);
    assert.equal(answer.status, 200, answer.text);
  });
});

describe('E1: no other origin changes anything in development', () => {
  let api: TestApi;
  before(async () => void (api = await startApi()));
  after(() => api.stop());

  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  it('even if it knows the id of the browser', async () => {
    const browser = await createFrontendClient(api);
    const before = await readAllRows(api.database);
    for (const origin of ['https://evil.test', 'null', 'http://127.0.0.1.evil.test', 'http://localhost.evil.test:3000', 'file://']) {
      for (const { method, path } of mutating) {
        const query = `__clerk_db_jwt=${browser.devBrowser}${method === 'POST' ? '' : `&_method=${method}`}`;
        const answer = await fetch(`${api.url}/v1${path}?${query}`, { method: 'POST', headers: { ...form, origin } });
        assert.equal(answer.status, 400, `${method} ${path} from ${origin}`);
      }
    }
    assert.deepEqual(await readAllRows(api.database), before);
  });

  it('and a page of this machine knows no browser but its own: cookies count for nothing', async () => {
    const browser = await createFrontendClient(api);
    await browser.call('POST', '/client/sign_ups', {});
    const before = await readAllRows(api.database);
    const cookie = `__clerk_db_jwt=${browser.devBrowser}; __client=${browser.devBrowser}`;
    for (const path of ['/client?_method=DELETE', '/client/sessions?_method=DELETE']) {
      const answer = await fetch(`${api.url}/v1${path}`, { method: 'POST', headers: { ...form, origin: 'http://localhost:9999', cookie } });
      assert.equal(answer.status, 200, path);
    }
    assert.deepEqual(await readAllRows(api.database), before);
  });
});
