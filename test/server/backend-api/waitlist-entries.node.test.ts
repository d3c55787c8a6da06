/** The waitlist: people join it, a backend decides (dossier part 2, §4.1; Clerk's API description). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ClerkClient } from '@clerk/backend';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient, refusals } from '../../support/backend-client.ts';
import type { BackendCall } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { mailTo } from '../../support/users.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';

const password = 'copper-lantern-meadow';

describe('the waitlist', () => {
  let api: TestApi;
  let clerk: ClerkClient;
  let call: BackendCall;
  let count = 0;
  before(async () => {
    api = await startApi({ instance: { sign_up: { mode: 'waitlist' } } });
    call = createBackendClient(api);
    clerk = createOfficialBackend(api);
  });
  after(() => api.stop());

  const newAddress = () => `waiting${count++}@example.com`;
  const join = async (email_address: string) => (await createFrontendClient(api)).call('POST', '/waitlist', { email_address });

  it('takes addresses instead of sign-ups, each once', async () => {
    const emailAddress = newAddress();
    const browser = await createFrontendClient(api);
    const closed = await browser.call('POST', '/client/sign_ups', { email_address: emailAddress, password });
    assert.deepEqual([closed.status, ...closed.codes], [403, 'sign_up_restricted_waitlist']);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => join(index % 2 ? emailAddress.toUpperCase() : emailAddress)));
    const ids = new Set(answers.map(({ body }) => body.id));
    assert.equal(ids.size, 1);
    assert.deepEqual(Object.keys(answers[0]?.body ?? {}), ['object', 'id']);
    assert.match(answers[0]?.body.id, /^wle_/);
    assert.match((await mailTo(api, emailAddress)).subject, /waitlist/);
    assert.equal((await api.mails()).filter(({ recipient }) => recipient.toLowerCase() === emailAddress).length, 1);
    assert.deepEqual((await join('no address')).codes, ['form_param_format_invalid']);
    assert.deepEqual((await browser.call('POST', '/waitlist')).codes, ['form_param_missing']);
  });

  it('invites whose turn it is, who then signs up', async () => {
    const emailAddress = newAddress();
    const { body } = await join(emailAddress);
    const invited = await clerk.waitlistEntries.invite(body.id);
    assert.deepEqual([invited.status, invited.invitation?.status], ['invited', 'pending']);
    const { text } = await mailTo(api, emailAddress, 2);
    const ticket = new URL(/^http\S+$/m.exec(text)?.[0] ?? '').searchParams.get('ticket') ?? '';
    assert.deepEqual(refusals(await call('POST', `/waitlist_entries/${body.id}/invite`, { body: {} })), ['duplicate_record']);
    const signUp = await (await createFrontendClient(api)).call('POST', '/client/sign_ups', { strategy: 'ticket', ticket, password });
    assert.equal(signUp.response.status, 'complete', JSON.stringify(signUp.body));
    const [entry] = (await clerk.waitlistEntries.list({ query: emailAddress })).data;
    assert.deepEqual([entry?.status, entry?.invitation?.status], ['completed', 'accepted']);
  });

  it('is kept by backends too', async () => {
    const emailAddress = newAddress();
    const created = await clerk.waitlistEntries.create({ emailAddress, notify: false });
    assert.equal((await clerk.waitlistEntries.create({ emailAddress, notify: false })).id, created.id);
    const bulk = await clerk.waitlistEntries.createBulk([
      { emailAddress: newAddress(), notify: false },
      { emailAddress, notify: false },
    ]);
    assert.deepEqual([bulk.length, bulk[1]?.id], [2, created.id]);
    assert.equal((await clerk.waitlistEntries.reject(created.id)).status, 'rejected');
    assert.equal((await call('POST', `/waitlist_entries/${created.id}/reject`)).status, 409);
    assert.equal((await call('DELETE', `/waitlist_entries/${created.id}`)).status, 409);
    assert.equal((await clerk.waitlistEntries.delete(bulk[0]?.id ?? '')).id, bulk[0]?.id);
    assert.equal((await call('DELETE', `/waitlist_entries/${bulk[0]?.id}`)).status, 404);
    const { data, totalCount } = await clerk.waitlistEntries.list({ status: 'rejected', orderBy: '-created_at' });
    assert.deepEqual([totalCount, data[0]?.emailAddress], [1, emailAddress]);
    const { body } = await call('GET', '/waitlist_entries');
    assert.equal(body.data.length, body.total_count);
    assert.deepEqual(refusals(await call('POST', '/waitlist_entries', { body: {} })), ['form_param_missing email_address']);
  });
});
