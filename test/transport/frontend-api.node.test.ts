import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { isClerkAPIResponseError } from '../../src/errors.ts';
import type { ClerkAPIResponseError } from '../../src/errors.ts';
import { clientEndpoints } from '../../src/wire/client.ts';
import { devBrowserEndpoints } from '../../src/wire/dev-browser.ts';
import { accountEndpoints } from '../../src/wire/own-account.ts';
import { userEndpoints } from '../../src/wire/user.ts';
import { json } from '../clerk/support/fake-platform.ts';
import { caught, createObservedApi } from './support/observed-api.ts';

const client = { id: 'client_1', sessions: [] };
const user = { id: 'user_1' };

describe('FrontendApi', () => {
  let { platform, api, core, log, last } = createObservedApi();

  beforeEach(() => {
    ({ platform, api, core, log, last } = createObservedApi());
  });

  describe('requests', () => {
    beforeEach(() => {
      platform.answer = () => json(200, { response: { ...client, ...user, id: 'x' } });
    });

    it('name version and session, and tunnel methods through POST', async () => {
      await api.call(userEndpoints.updateUser, { body: { firstName: 'Ann' } });
      const { url, init, body } = last();
      assert.equal(url.origin + url.pathname, 'https://clerk.example.com/v1/me');
      assert.deepEqual(Object.fromEntries(url.searchParams), {
        __clerk_api_version: '2025-11-10',
        _clerk_js_version: '0.0.0-test',
        _method: 'PATCH',
        _clerk_session_id: 'sess_1',
      });
      assert.equal(init.method, 'POST');
      assert.equal(init.credentials, 'include');
      assert.equal(init.headers, undefined, 'no custom headers: no preflight');
      assert.equal(body.get('first_name'), 'Ann');
    });

    it('arrive although the page goes away meanwhile, which only a page that is not seen may do', async () => {
      await api.call(userEndpoints.updateUser, { body: { firstName: 'Ann' } });
      assert.equal(last().init.keepalive, false);
      platform.isShown = false;
      await api.call(userEndpoints.updateUser, { body: { firstName: 'Ann' } });
      assert.equal(last().init.keepalive, true);
    });

    it('leave the session out below /client', async () => {
      await api.call(clientEndpoints.endAllSessions);
      assert.equal(last().url.searchParams.get('_method'), 'DELETE');
      assert.equal(last().url.searchParams.has('_clerk_session_id'), false);
    });

    it('carry the development credential, except when they ask for one', async () => {
      core.devBrowser = 'dvb_1';
      await api.call(clientEndpoints.getClient);
      assert.equal(last().url.searchParams.get('__clerk_db_jwt'), 'dvb_1');
      await api.call(devBrowserEndpoints.createDevBrowser).catch(() => undefined);
      assert.equal(last().init.credentials, 'omit');
      assert.deepEqual([...last().url.searchParams.keys()].sort(), ['__clerk_api_version', '_clerk_js_version']);
    });

    it('can act for a session other than the current one', async () => {
      await api.call(accountEndpoints.getUser, { sessionId: 'sess_2' });
      assert.equal(last().url.searchParams.get('_clerk_session_id'), 'sess_2');
    });
  });

  describe('answers', () => {
    it('apply the client that rides along with a write, and not that of a read', async () => {
      platform.answer = () => json(200, { response: user, client });
      await api.call(accountEndpoints.getUser);
      assert.deepEqual(log, []);
      await api.call(userEndpoints.updateUser);
      await api.call(accountEndpoints.getUser, { reload: true });
      assert.deepEqual(log, ['client client_1', 'client client_1']);
    });

    it('of a former user are dropped, and the client is asked for', async () => {
      platform.answer = () => {
        core.session = 'sess_2';
        return json(200, { response: user, client });
      };
      await api.call(userEndpoints.updateUser);
      assert.deepEqual(log, ['check']);
    });

    it('may be bare, or hold what we do not know', async () => {
      platform.answer = () => json(200, { ...user, shoe_size: 43, status: 'unheard of' });
      assert.deepEqual(await api.call(accountEndpoints.getUser), { ...user, shoe_size: 43, status: 'unheard of' });
      platform.answer = () => json(200, { response: null, client: null });
      assert.equal(await api.call(clientEndpoints.getClient), null);
    });

    it('replace the development credential by their header', async () => {
      core.devBrowser = 'dvb_1';
      platform.answer = () => json(200, { response: null }, { 'Clerk-Db-Jwt': 'dvb_2' });
      await api.call(clientEndpoints.getClient);
      assert.deepEqual(log, ['dev browser dvb_2']);
    });

    it('with errors reject with what the API said', async () => {
      platform.answer = () =>
        json(
          429,
          {
            errors: [
              { code: 'too_many_requests', message: 'Slow', long_message: 'Slower.', meta: { param_name: 'code', session_id: 's' } },
            ],
            clerk_trace_id: 'abc',
            meta: { client },
          },
          { 'Retry-After': '7' },
        );
      const error = (await caught(api.call(userEndpoints.updateUser))) as ClerkAPIResponseError;
      assert.ok(isClerkAPIResponseError(error));
      assert.deepEqual(
        [error.status, error.retryAfter, error.clerkTraceId, error.message, error.code],
        [429, 7, 'abc', 'Slower.', 'api_response_error'],
      );
      assert.deepEqual(error.errors, [
        { code: 'too_many_requests', message: 'Slow', longMessage: 'Slower.', meta: { paramName: 'code', sessionId: 's' } },
      ]);
      assert.deepEqual(log, ['client client_1']);
    });

    it('of 401 lead to one look at the client, except where that was asked for', async () => {
      platform.answer = () => json(401, { errors: [{ code: 'authentication_invalid' }] });
      await caught(api.call(accountEndpoints.getUser));
      assert.deepEqual(log, ['check']);
      await caught(api.call(clientEndpoints.getClient));
      assert.deepEqual(log, ['check']);
      assert.equal(platform.requests.length, 2, 'no status is retried');
    });

    it('of an unknown development credential lead to a new one', async () => {
      platform.answer = () => json(401, { errors: [{ code: 'dev_browser_unauthenticated' }] });
      await caught(api.call(clientEndpoints.getClient));
      assert.deepEqual(log, ['dev browser undefined']);
    });
  });
});
