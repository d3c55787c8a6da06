/** SQL is never built from input (security.md, S1): every place of a request that a query could be made of, with what would end one. */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { timeFilters } from '../../demo/server/store/list-users.ts';
import { readAllRows } from '../support/all-rows.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import type { BackendCall } from '../support/backend-client.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import { addUser } from '../support/users.ts';

const texts = [
  `' or 1=1 --`,
  `") or 1=1 --`,
  `'; drop table users; --`,
  `' union select password_hash from users --`,
  `1; select pg_sleep(10)`,
  `$1`,
  `\\'; --`,
  `%' or '%'='`,
  `created_at; drop table users`,
  `\u02bc or 1=1 --`,
];

/** Parameters that are compared with what is stored. */
const filters = ['email_address', 'phone_number', 'username', 'external_id', 'user_id', 'organization_id', 'provider', 'provider_user_id', 'web3_wallet']; // prettier-ignore
const searches = ['query', 'email_address_query', 'phone_number_query', 'username_query', 'name_query'];
/** Parameters that have a form. */
const formed = ['limit', 'offset', 'order_by', 'banned', 'starting_after', ...Object.keys(timeFilters)];
const lists: [path: string, parameters: string[]][] = [
  ['/sessions', ['client_id', 'user_id', 'status', 'limit', 'offset', 'paginated']],
  ['/invitations', ['status', 'query', 'order_by', 'limit', 'offset', 'paginated']],
  ['/waitlist_entries', ['status', 'query', 'order_by', 'limit', 'offset']],
  ['/jwt_templates', ['limit', 'offset', 'paginated']],
  ['/allowlist_identifiers', ['limit', 'offset', 'paginated']],
  ['/blocklist_identifiers', ['limit', 'offset']],
];
const paths = ['/users/:id', '/users/:id/oauth_access_tokens/oauth_google', '/sessions/:id', '/clients/:id', '/email_addresses/:id', '/phone_numbers/:id', '/jwt_templates/:id', '/invitations/:id/revoke']; // prettier-ignore

/** What requests leave behind that are good. */
const temporary = ['rate_counters', 'clients', 'client_credentials', 'sign_ins'];

describe('S1: SQL is never built from input', () => {
  let api: TestApi;
  let call: BackendCall;
  let rows: Record<string, string[]>;

  before(async () => {
    api = await startApi({ instance: { users: [] } });
    call = createBackendClient(api);
    await addUser(api, { emailAddress: 'ann@example.com', first_name: 'Ann', last_name: '100% of_it', username: 'ann' });
    await addUser(api, { emailAddress: 'bob@example.com', first_name: 'Bob', username: 'bob' });
    await call('POST', '/invitations', { body: { email_address: 'guest@example.com' } });
    rows = await readAllRows(api.database, { except: temporary });
  });
  after(() => api.stop());

  const ask = (path: string, name: string, text: string) => call('GET', `${path}?${name}=${encodeURIComponent(text)}`);

  for (const text of texts) {
    it(`and ${text} finds nobody, or is refused`, async () => {
      const requests: Promise<void>[] = [
        ...[...filters, ...searches].map(async (name) => {
          const { status, body } = await ask('/users', name, text);
          assert.deepEqual([status, body], [200, []], name);
        }),
        ...formed.map(async (name) => {
          const { status } = await ask('/users', name, text);
          assert.ok(status === 422 || (name === 'starting_after' && status === 404), `${name}: ${status}`);
        }),
        ...lists.flatMap(([path, names]) =>
          names.map(async (name) => {
            const { status, body } = await ask(path, name, text);
            assert.ok(status === 422 || status === 200, `${path} ${name}: ${status}`);
            if (status === 200) assert.equal((body.data ?? body).length, 0, `${path} ${name}`);
          }),
        ),
        ...paths.map(async (path) => {
          const method = path.endsWith('revoke') ? 'POST' : 'GET';
          assert.equal((await call(method, path.replace(':id', encodeURIComponent(text)))).status, 404, path);
        }),
      ];
      await Promise.all(requests);
      assert.equal((await ask('/users/count', 'query', text)).body.total_count, 0);
      // Nor has a second statement changed anything.
      assert.deepEqual(await readAllRows(api.database, { except: temporary }), rows);
    });
  }

  it('nor by the Frontend API', async () => {
    const browser = await createFrontendClient(api);
    for (const text of texts) {
      const { status, codes } = await browser.call('POST', '/client/sign_ins', { identifier: text });
      assert.deepEqual([status, codes.length], [422, 1]);
      for (const path of ['sign_ins', 'sign_ups', 'sessions']) {
        const answer = await browser.call('GET', `/client/${path}/${encodeURIComponent(text)}`);
        assert.ok([401, 404].includes(answer.status), `${path}: ${answer.status}`);
      }
      assert.equal((await fetch(`${api.url}/v1/client?__clerk_db_jwt=${encodeURIComponent(text)}`)).status, 401);
    }
    assert.deepEqual(await readAllRows(api.database, { except: temporary }), rows);
  });

  it('and the signs that stand for others stand for themselves', async () => {
    const named = async (text: string) =>
      ((await ask('/users', 'name_query', text)).body as { first_name: string }[]).map((user) => user.first_name);
    assert.deepEqual(await named('100%'), ['Ann']);
    assert.deepEqual(await named('1%'), []);
    assert.deepEqual(await named('%'), ['Ann']);
    assert.deepEqual(await named('_'), ['Ann']);
    assert.deepEqual(await named('of_'), ['Ann']);
    assert.deepEqual(await named('o__it'), []);
    assert.deepEqual(await named('\\'), []);
  });

  it('which the sources show: raw SQL is made of words of their own', async () => {
    const folder = new URL('../../demo/server/', import.meta.url);
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
    assert.ok(names.length > 100);
    for (const name of names) {
      const source = await readFile(new URL(name, folder), 'utf8');
      assert.doesNotMatch(source, /sql\.(raw|lit)\((?!')/, name);
      assert.doesNotMatch(source, /\.query\(`[^`]*\$\{/, name);
    }
  });
});
