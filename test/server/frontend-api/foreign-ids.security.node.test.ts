/** Ids of others (security.md, E6): each is looked up together with its owner, and `/me` is whom the request names. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { endpoints } from '../../../src/wire/endpoints.ts';
import type { EndpointName } from '../../../src/wire/endpoints.ts';
import { readAllRows } from '../../support/all-rows.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { CookieBrowser, startProductionApi } from '../../support/production.ts';
import { namedOrigin } from '../../support/passkeys.ts';
import { answered, password, refused, situatedInstance, situatedUser } from '../../support/situations.ts';
import type { SituatedCall } from '../../support/situations.ts';
import { addUser } from '../../support/users.ts';

const situations = Object.entries({ ...answered, ...refused }) as [EndpointName, SituatedCall][];
/** Their paths name something that is somebody's. */
const withId = situations.filter(([name]) => endpoints[name].path.includes(':'));
/** They are about whoever acts. */
const ofOneself = situations.filter(([name]) => endpoints[name].path.startsWith('/me'));

describe('E6: ids of others are as good as none', () => {
  let api: TestApi;
  let count = 0;
  before(async () => void (api = await startApi({ instance: { ...situatedInstance, users: [] } })));
  after(() => api.stop());

  const start = async () => {
    const emailAddress = `person${count++}+clerk_test@example.com`;
    const { id } = await addUser(api, { emailAddress, ...situatedUser });
    return { api, id, emailAddress, browser: await createFrontendClient(api, { origin: namedOrigin(api) }) };
  };
  const startSignedIn = async () => {
    const person = await start();
    const { response } = await person.browser.call('POST', '/client/sign_ins', { identifier: person.emailAddress, password });
    return { ...person, sessionId: response.created_session_id as string };
  };
  const fill = (path: string, parameters: Record<string, string>) =>
    path.replace(/:(\w+)/g, (_match, name: string) => parameters[name] ?? 'none');

  for (const [name, run] of withId) {
    const { method, path } = endpoints[name];
    it(`${method} ${path}: 404 for another person, and nothing has changed`, async () => {
      const owner = await start();
      const intruder = await startSignedIn();
      const asked = await run(owner, async (parameters = {}, form = {}, sessionId) => {
        const before = await readAllRows(api.database);
        const foreign = await intruder.browser.call(method, fill(path, parameters), form, { sessionId: intruder.sessionId });
        assert.deepEqual([foreign.status, foreign.codes], [404, ['resource_not_found']], JSON.stringify(foreign.body));
        assert.ok(!JSON.stringify(foreign.body).includes(owner.id));
        assert.deepEqual(await readAllRows(api.database), before);
        return owner.browser.call(method, fill(path, parameters), form, sessionId === undefined ? {} : { sessionId });
      });
      // The owner is understood: it was a real id, and a good form.
      assert.ok(name in refused || asked.status === 200, JSON.stringify(asked.body));
    });
  }

  for (const [name, run] of ofOneself) {
    const { method, path } = endpoints[name];
    it(`${method} ${path}: 401 with no session, with another person’s, and with one that has ended`, async () => {
      const owner = await start();
      const other = await startSignedIn();
      await run(owner, async (parameters = {}, form = {}, sessionId = '') => {
        const own = (await owner.browser.call('GET', '/client')).response.sessions.length as number;
        assert.ok(own > 0);
        const before = await readAllRows(api.database);
        for (const acting of [undefined, '', 'sess_none', other.sessionId]) {
          const answer = await owner.browser.call(method, fill(path, parameters), form, acting === undefined ? {} : { sessionId: acting });
          assert.deepEqual([answer.status, answer.codes], [401, ['authentication_invalid']], `${acting}: ${JSON.stringify(answer.body)}`);
        }
        assert.deepEqual(await readAllRows(api.database), before);
        // Somebody else is active in this browser now, and would be whoever was last.
        await owner.browser.call('POST', `/client/sessions/${sessionId}/end`);
        await owner.browser.call('POST', '/client/sign_ins', { identifier: other.emailAddress, password });
        const afterwards = await readAllRows(api.database);
        const late = await owner.browser.call(method, fill(path, parameters), form, { sessionId });
        assert.deepEqual([late.status, late.codes], [401, ['authentication_invalid']]);
        assert.deepEqual(await readAllRows(api.database), afterwards);
        return late;
      });
    });
  }
});

describe('E6: /me is whom the request names, in production too', () => {
  let api: Awaited<ReturnType<typeof startProductionApi>>;
  before(async () => void (api = await startProductionApi({ instance: { single_session_mode: false } })));
  after(() => api.stop());

  it('a tab of a user who was switched away from saves nothing', async () => {
    await addUser(api, { emailAddress: 'ann@example.com', password });
    const { id: bobId } = await addUser(api, { emailAddress: 'bob@example.com', password });
    const browser = new CookieBrowser(api.address);
    const first = await browser.signIn('ann@example.com', password);
    await browser.signIn('bob@example.com', password);
    await browser.call('POST', `/v1/client/sessions/${first}/remove`);
    const { status, codes } = await browser.call('PATCH', `/v1/me?_clerk_session_id=${first}`, { form: { unsafe_metadata: '{"mine":1}' } });
    assert.deepEqual([status, codes], [401, ['authentication_invalid']]);
    const row = await api.database.selectFrom('users').select('unsafe_metadata').where('id', '=', bobId).executeTakeFirstOrThrow();
    assert.deepEqual(row.unsafe_metadata, {});
  });

  it('a session named twice is nobody’s', async () => {
    await addUser(api, { emailAddress: 'carl@example.com', password });
    const browser = new CookieBrowser(api.address);
    const own = await browser.signIn('carl@example.com', password);
    assert.equal((await browser.call('PATCH', `/v1/me?_clerk_session_id=${own}&_clerk_session_id=${own}`)).status, 422);
  });
});
