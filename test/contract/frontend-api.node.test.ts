import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { endpoints, forms } from '../../src/wire/endpoints.ts';
import type { EndpointName } from '../../src/wire/endpoints.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createFrontendClient } from '../support/frontend-client.ts';
import type { FrontendAnswer } from '../support/frontend-client.ts';
import { namedOrigin } from '../support/passkeys.ts';
import { answered, refused, situatedInstance, situatedUser } from '../support/situations.ts';
import type { SituatedCall } from '../support/situations.ts';
import { addUser } from '../support/users.ts';
import { assertComplete } from '../support/strict.ts';

describe('endpoints of the Frontend API', () => {
  let api: TestApi;
  let count = 0;
  before(async () => {
    api = await startApi({ instance: situatedInstance });
  });
  after(() => api.stop());

  const perform = async (name: EndpointName, run: SituatedCall): Promise<FrontendAnswer> => {
    const emailAddress = `person${count++}+clerk_test@example.com`;
    await addUser(api, { emailAddress, ...situatedUser, private_metadata: { canary: 'private' } });
    const browser = await createFrontendClient(api, { origin: namedOrigin(api) });
    const { method, path } = endpoints[name];
    return run({ api, browser, emailAddress }, (parameters = {}, form = {}, sessionId) => {
      const filled = path.replace(/:(\w+)/g, (_match, parameter: string) => parameters[parameter] ?? 'missing');
      return browser.call(method, filled, form, sessionId === undefined ? {} : { sessionId });
    });
  };

  for (const [name, run] of Object.entries(answered) as [EndpointName, SituatedCall][]) {
    const { method, path, plain, response } = endpoints[name];
    it(`${method} ${path} answers completely`, async () => {
      const answer = await perform(name, run);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      if (plain) {
        assertComplete(response, answer.body);
        // A member of this name would be taken for the piggyback (dossier part 1, §3.1).
        assert.ok(!('client' in answer.body));
        return;
      }
      assert.deepEqual(Object.keys(answer.body), ['response', 'client']);
      assertComplete(response, answer.body.response);
      assertComplete(endpoints.getClient.response, answer.body.client);
    });
  }

  for (const [name, run] of Object.entries(refused) as [EndpointName, SituatedCall][]) {
    const { method, path } = endpoints[name];
    it(`${method} ${path} refuses clearly`, async () => {
      const answer = await perform(name, run);
      assert.ok(answer.status >= 400 && answer.status < 500, JSON.stringify(answer.body));
      assert.ok(answer.codes.length);
      assert.match(answer.body.clerk_trace_id, /^[0-9a-f]{32}$/);
    });
  }

  it('have a form each', () => {
    assert.deepEqual(Object.keys(forms).sort(), Object.keys(endpoints).sort());
  });

  it('carry a fresh token for every signed-in session', async () => {
    const answer = await perform('touchSession', answered.touchSession);
    assert.equal(answer.client.sessions.length, 1);
    for (const session of answer.client.sessions) assert.match(session.last_active_token.jwt, /^[\w-]+\.[\w-]+\.[\w-]+$/);
  });
});
