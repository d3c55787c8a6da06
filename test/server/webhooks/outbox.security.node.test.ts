import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createBackendClient } from '../../support/backend-client.ts';
import { signingSecret, startWebhookReceiver } from '../../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../support/webhook-receiver.ts';

describe('S5: an event is written in the transaction of the change', () => {
  let api: TestApi;
  let receiver: WebhookReceiver;
  before(async () => {
    receiver = await startWebhookReceiver();
    api = await startApi({
      instance: { users: [], webhooks: [{ url: `${receiver.url}/hooks` }] },
      webhookSigningSecrets: signingSecret(),
    });
  });
  after(async () => {
    await api.stop();
    await receiver.stop();
  });

  it('so what cannot be told of does not happen, and works when it can be', async () => {
    const call = createBackendClient(api);
    const add = () => call('POST', '/users', { body: { email_address: ['ann@example.com'], skip_password_requirement: true } });
    await sql`alter table webhook_events add constraint none check (false)`.execute(api.database);
    assert.equal((await add()).status, 500);
    assert.equal((await call('GET', '/users/count')).body.total_count, 0);
    assert.deepEqual(await api.database.selectFrom('email_addresses').selectAll().execute(), []);
    await sql`alter table webhook_events drop constraint none`.execute(api.database);
    const { status, body } = await add();
    assert.equal(status, 200);
    await receiver.until(({ length }) => length === 1);
    assert.deepEqual(
      receiver.received.map(({ event }) => [event.type, event.data.id]),
      [['user.created', body.id]],
    );
  });
});
