/** The receiver in `docs/webhooks.md` is code that is compiled, and it works. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { signingSecret, startWebhookReceiver } from '../support/webhook-receiver.ts';
import type { ReceivedWebhook, WebhookReceiver } from '../support/webhook-receiver.ts';
import { customers, POST } from './webhooks-route.ts';

describe('docs/webhooks.md', () => {
  let receiver: WebhookReceiver;
  let api: TestApi;
  const statuses: number[] = [];
  const requestOf = ({ headers, body }: Pick<ReceivedWebhook, 'headers' | 'body'>) =>
    new Request(receiver.url, { method: 'POST', headers, body });

  before(async () => {
    const secret = signingSecret();
    process.env['CLERK_WEBHOOK_SIGNING_SECRET'] = secret;
    receiver = await startWebhookReceiver();
    receiver.answer = (webhook, response) =>
      void POST(requestOf(webhook)).then(({ status }) => {
        statuses.push(status);
        response.writeHead(status).end();
      });
    api = await startApi({ webhookSigningSecrets: secret, instance: { users: [], webhooks: [{ url: receiver.url }] } });
  });
  after(async () => {
    await api.stop();
    await receiver.stop();
  });

  it('shows the receiver as it is compiled', async () => {
    const text = await readFile(new URL('../../docs/webhooks.md', import.meta.url), 'utf8');
    const [, shown = ''] = /^ *```ts\n(.*?)^ *```/ms.exec(text) ?? [];
    const code = await readFile(new URL('webhooks-route.ts', import.meta.url), 'utf8');
    assert.equal(shown.replace(/^ {3}/gm, ''), code);
  });

  it('has a receiver that learns of private metadata, and of the end of a user', async () => {
    const call = createBackendClient(api);
    const { body: user } = await call('POST', '/users', {
      body: { email_address: ['ann@example.com'], skip_password_requirement: true, private_metadata: { stripeId: 'cus_1' } },
    });
    await receiver.until(({ length }) => length === 1);
    await call('PATCH', `/users/${user.id}/metadata`, { body: { private_metadata: { stripeId: 'cus_2' } } });
    await receiver.until(({ length }) => length === 2);
    await call('DELETE', `/users/${user.id}`);
    await receiver.until(({ length }) => length === 3);
    await api.stop();
    assert.deepEqual(statuses, [200, 200, 200]);
    assert.equal(customers.has(user.id), false);
    const [created = assert.fail()] = receiver.received;
    await POST(requestOf(created));
    assert.equal(customers.get(user.id), 'cus_1');
    await assert.rejects(POST(requestOf({ ...created, body: created.body.replace('cus_1', 'cus_9') })));
    assert.equal(customers.get(user.id), 'cus_1');
  });
});
