/** Where a browser is sent to a provider (security.md, S2): that address holds the state, which proves that the browser has come back. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { addUser } from '../../support/users.ts';
import { signingSecret, startWebhookReceiver } from '../../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../support/webhook-receiver.ts';

const password = 'quiet-marble-lantern';

describe('S2: the address at a provider', () => {
  let api: TestApi;
  let receiver: WebhookReceiver;
  before(async () => {
    receiver = await startWebhookReceiver();
    api = await startApi({
      instance: { users: [], social: [{ strategy: 'oauth_google' }], webhooks: [{ url: receiver.url }] },
      webhookSigningSecrets: signingSecret(),
    });
  });
  after(async () => {
    await api.stop();
    await receiver.stop();
  });

  it('is for the browser that is sent there, and for no backend, nor for those who are told by webhooks', async () => {
    const { id } = await addUser(api, { emailAddress: 'ann@example.com', password });
    const browser = await createFrontendClient(api);
    const { response: signIn } = await browser.call('POST', '/client/sign_ins', { identifier: 'ann@example.com', password });
    const form = { strategy: 'oauth_google', redirect_url: `${api.url}/` };
    const { response: account } = await browser.call('POST', '/me/external_accounts', form, { sessionId: signIn.created_session_id });
    const state = new URL(account.verification.external_verification_redirect_url as string).searchParams.get('state') ?? '';
    assert.ok(state.length > 20);

    const { body: user } = await createBackendClient(api)('GET', `/users/${id}`);
    assert.equal(user.external_accounts[0].verification.status, 'unverified');
    assert.ok(!JSON.stringify(user).includes(state));
    await receiver.until((received) => received.some(({ event }) => event.type === 'user.updated' && event.data.external_accounts.length));
    assert.ok(!JSON.stringify(receiver.received).includes(state));
    const events = await api.database.selectFrom('webhook_events').selectAll().execute();
    assert.ok(!JSON.stringify(events).includes(state));
  });
});
