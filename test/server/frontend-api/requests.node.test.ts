import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { textOfRows } from '../../support/rows-text.ts';
import { createWriter } from '../../support/written-requests.ts';
import type { Writer } from '../../support/written-requests.ts';

const password = 'quiet-marble-lantern';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('requests to the Frontend API', () => {
  let api: TestApi;
  let browser: Writer['browser'];
  let sessionId: Writer['sessionId'];
  let send: Writer['send'];

  before(async () => {
    api = await startApi({ instance: { attributes: { first_name: { enabled: true } } } });
    ({ browser, sessionId, send } = await createWriter(api));
  });
  after(() => api.stop());

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
