/** A password that others may know, as a backend has said (dossier part 2, §2.3, §2.5, §6.4). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { refusal } from '../../support/second-factor-suite.ts';
import { addUser } from '../../support/users.ts';

const password = 'violet-harbour-lantern';
const other = 'copper-meadow-compass';
const code = '424242';

describe('a compromised password', () => {
  let api: TestApi;
  let call: BackendCall;
  let count = 0;
  before(async () => {
    api = await startApi({ instance: { users: [] } });
    call = createBackendClient(api);
  });
  after(() => api.stop());

  const newPerson = async () => {
    const emailAddress = `person-${++count}+clerk_test@example.com`;
    const { id } = await addUser(api, { emailAddress, password });
    const browser = await createFrontendClient(api);
    const create = (form: Record<string, string> = {}) => browser.call('POST', '/client/sign_ins', { identifier: emailAddress, ...form });
    const set = (action: 'set' | 'unset', body: object = {}) => call('POST', `/users/${id}/password/${action}_compromised`, { body });
    return { id, emailAddress, browser, create, set };
  };
  /** Signs in by a code of this strategy, as far as that goes. */
  const prove = async ({ browser, create }: Awaited<ReturnType<typeof newPerson>>, strategy: string) => {
    const { response } = await create();
    const path = `/client/sign_ins/${response.id}`;
    await browser.call('POST', `${path}/prepare_first_factor`, {
      strategy,
      email_address_id: response.supported_first_factors.find((factor: { strategy: string }) => factor.strategy === strategy)
        .email_address_id,
    });
    return { path, answer: await browser.call('POST', `${path}/attempt_first_factor`, { strategy, code }) };
  };

  it('signs nobody in, and only who knows it is told why', async () => {
    const person = await newPerson();
    const { status, body } = await person.set('set');
    assert.deepEqual([status, body.id], [200, person.id]);
    assert.deepEqual(refusal(await person.create({ password })), [422, 'form_password_compromised']);
    assert.deepEqual(refusal(await person.create({ password: 'not-the-password' })), [422, 'form_password_incorrect']);
    await person.set('unset');
    assert.equal((await person.create({ password })).response.status, 'complete');
  });

  for (const strategy of ['email_code', 'reset_password_email_code']) {
    it(`has another one set after ${strategy}, which is good from then on`, async () => {
      const person = await newPerson();
      await person.set('set');
      const { path, answer } = await prove(person, strategy);
      assert.deepEqual([answer.response.status, answer.response.created_session_id], ['needs_new_password', null]);
      const same = await person.browser.call('POST', `${path}/reset_password`, { password });
      assert.deepEqual(refusal(same), [422, 'form_new_password_matches_current']);
      const done = await person.browser.call('POST', `${path}/reset_password`, { password: other });
      assert.deepEqual([done.response.status, done.client.sessions[0].status], ['complete', 'active']);
      await person.browser.call('DELETE', '/client/sessions');
      assert.equal((await person.create({ password: other })).response.status, 'complete');
    });
  }

  it('leaves who is signed in alone, or ends it as the backend wishes', async () => {
    const person = await newPerson();
    const { response } = await person.create({ password });
    const statusNow = async () => (await call('GET', `/sessions/${response.created_session_id}`)).body.status;
    await person.set('set');
    assert.equal(await statusNow(), 'active');
    await person.set('set', { revoke_all_sessions: true });
    assert.equal(await statusNow(), 'revoked');
  });

  it('is changed without being asked for where the session has that as its task, and only there', async () => {
    const person = await newPerson();
    const sessionId: string = (await person.create({ password })).response.created_session_id;
    const change = () => person.browser.call('POST', '/me/change_password', { new_password: other }, { sessionId });
    assert.equal((await change()).status, 422);
    const tasks = sql<string[]>`array['reset-password']`;
    await api.database.updateTable('sessions').set({ tasks }).where('id', '=', sessionId).execute();
    const done = await change();
    assert.deepEqual([done.status, done.client.sessions[0].status, done.client.sessions[0].tasks], [200, 'active', null]);
    assert.equal((await change()).status, 422);
  });

  it('is a task of sessions that a backend begins', async () => {
    const person = await newPerson();
    await person.set('set');
    const { body } = await call('POST', '/sessions', { body: { user_id: person.id } });
    assert.deepEqual([body.status, body.tasks], ['pending', [{ key: 'reset-password' }]]);
  });
});
