/** Whatever the API answers, every operation ends with a result or an error that says what went wrong (security.md B10); writes are sent once (D7). */
import '../support/build-constants.ts';
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { isClerkAPIResponseError, isClerkRuntimeError } from '../../src/errors.ts';
import { clientEndpoints } from '../../src/wire/client.ts';
import { endpoints } from '../../src/wire/endpoints.ts';
import { userEndpoints } from '../../src/wire/user.ts';
import { json, settle } from '../clerk/support/fake-platform.ts';
import { caught, createObservedApi } from './support/observed-api.ts';

const client = { id: 'client_1', sessions: [] };
const user = { id: 'user_1' };

describe('a wrong answer of the API', () => {
  let { platform, api, last } = createObservedApi();

  beforeEach(() => {
    ({ platform, api, last } = createObservedApi());
  });

  describe('B10: every operation', () => {
    const faults: { name: string; answer: () => Response; status?: number }[] = [
      { name: 'an empty answer', answer: () => new Response('') },
      { name: 'HTML', answer: () => new Response('<h1>Hello</h1>', { headers: { 'content-type': 'text/html' } }) },
      { name: 'half an answer', answer: () => new Response('{"response": {"id": "us') },
      { name: 'a number', answer: () => new Response('5') },
      { name: 'a list', answer: () => json(200, []) },
      { name: 'wrong types', answer: () => json(200, { response: { id: 5, sessions: 'none', strategy: 1 } }) },
      {
        name: 'wrong types in the client',
        answer: () => json(200, { response: { ...user, ...client, status: 's', jwt: 't' }, client: { id: 7 } }),
      },
      { name: 'an error with status 200', answer: () => json(200, { errors: [{ code: 'oops' }] }), status: 200 },
      { name: '1 MB of nothing', answer: () => new Response(' '.repeat(1_000_000)) },
      { name: 'a name two thousand levels deep', answer: () => new Response(`${'{"response":'.repeat(2000)}5${'}'.repeat(2000)}`) },
      { name: 'HTML with status 502', answer: () => new Response('<h1>Bad gateway</h1>', { status: 502 }), status: 502 },
      { name: 'errors that are none', answer: () => json(500, { errors: [null, 5, { message: 'no code' }] }), status: 500 },
    ];
    for (const { name, answer, status } of faults) {
      it(`rejects ${name}, with a message that names it`, async () => {
        for (const endpoint of Object.values(endpoints)) {
          platform.answer = answer;
          const path = Object.fromEntries([...endpoint.path.matchAll(/:(\w+)/g)].map(([, key]) => [key, 'id']));
          const outcome = await api.call(endpoint, { path }).then(
            (value) => ({ value }),
            (error: unknown) => ({ error }),
          );
          const operation = `${endpoint.method} ${endpoint.path}`;
          if ('value' in outcome) {
            // An environment may be anything, and a list may be empty; both are what the operation answers with.
            assert.ok(
              endpoint.path === '/environment' || name === 'a list' || name === 'wrong types in the client',
              `${operation}: ${JSON.stringify(outcome.value)}`,
            );
            continue;
          }
          const { error } = outcome;
          if (status) {
            assert.ok(isClerkAPIResponseError(error), operation);
            assert.equal(error.status, status);
            continue;
          }
          assert.ok(isClerkRuntimeError(error), operation);
          assert.equal(error.code, 'invalid_response');
          assert.ok(error.message.includes(operation), error.message);
        }
      });
    }

    it('ends in time when nobody answers', async () => {
      platform.answer = () => new Promise<Response>(() => undefined);
      const write = caught(api.call(clientEndpoints.getClient, { patience: 7000 }));
      await settle();
      assert.equal(last().init.signal?.aborted, false);
      await platform.pass(7000);
      assert.equal(((await write) as { code: string }).code, 'network_error');
      assert.equal(last().init.signal?.aborted, true);
      await platform.pass(60_000);
      assert.equal(platform.requests.length, 1, 'nothing goes on behind its back');
    });
  });

  describe('D7: a request that gets no answer', () => {
    it('repeats a read four times in all, and a write never', async () => {
      platform.online = false;
      const read = caught(api.call(clientEndpoints.getClient));
      await platform.pass(20_000);
      assert.equal(((await read) as { code: string }).code, 'network_error');
      assert.deepEqual(
        platform.requests.map(({ url }) => url.searchParams.get('_clerk_retry_attempt')),
        [null, '1', '2', '3'],
      );
      const error = (await caught(api.call(userEndpoints.updateUser))) as Error & { code: string };
      assert.equal(error.code, 'network_error');
      assert.match(error.message, /PATCH \/me/);
      assert.equal(platform.requests.length, 5);
    });
  });
});
