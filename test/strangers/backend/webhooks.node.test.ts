/** What is delivered to backends, judged by the packages that they judge it with: every type of event that there is. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { verifyWebhook } from '@clerk/backend/webhooks';
import type { WebhookEvent } from '@clerk/backend/webhooks';
import { Webhook } from 'svix';
import { webhookEventTypes } from '../../../demo/server/webhooks/event.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { withSecondFactors } from '../../support/second-factors.ts';
import { signingSecret, startWebhookReceiver } from '../../support/webhook-receiver.ts';
import type { ReceivedWebhook, WebhookReceiver } from '../../support/webhook-receiver.ts';
import { startApi } from '../../support/api.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';
import type { TestApi } from '../../support/api.ts';
import { addressOf, password } from './methods/stage.ts';

const secret = signingSecret('s');

const request = ({ headers, body }: Pick<ReceivedWebhook, 'headers' | 'body'>) =>
  new Request('https://www.example.com/webhooks', { method: 'POST', headers, body });

/** Each throws, or gives the event back. */
const judges: Record<string, (webhook: Pick<ReceivedWebhook, 'headers' | 'body'>, secret: string) => unknown> = {
  'svix, Webhook.verify()': ({ headers, body }, signing) => new Webhook(signing).verify(body, headers),
  '@clerk/backend, verifyWebhook()': (webhook, signing) => verifyWebhook(request(webhook), { signingSecret: signing }),
};

describe('webhooks', () => {
  let receiver: WebhookReceiver;
  let api: TestApi;

  /** A story in which everything happens that backends are told of. */
  before(async () => {
    receiver = await startWebhookReceiver();
    api = await startApi({
      webhookSigningSecrets: secret,
      // Who has no second factor has a session that is pending.
      instance: { ...withSecondFactors, users: [], sign_in: { second_factor: { required: true } }, webhooks: [{ url: receiver.url }] },
    });
    const clerk = createOfficialBackend(api);
    const person = await clerk.users.createUser({ emailAddress: ['ann@example.com'], password, externalId: 'crm-1' });
    const signIn = async () => {
      const browser = await createFrontendClient(api);
      const { response } = await browser.call('POST', '/client/sign_ins', { identifier: addressOf(person), password });
      return { browser, sessionId: response.created_session_id as string };
    };
    for (const way of ['end', 'remove']) {
      const { browser, sessionId } = await signIn();
      await browser.call('POST', `/client/sessions/${sessionId}/${way}`);
    }
    await clerk.users.updateUser(person.id, { totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' });
    await clerk.users.updateUserMetadata(person.id, { privateMetadata: { note: 'Zoë ☃' } });
    const session = await clerk.sessions.createSession({ userId: person.id });
    await clerk.sessions.revokeSession(session.id);
    await clerk.users.deleteUser(person.id);
    const arrived = () => new Set(receiver.received.map(({ event }) => event.type as string));
    await receiver.until(() => webhookEventTypes.every((type) => arrived().has(type)));
  });
  after(async () => {
    await api.stop();
    await receiver.stop();
  });

  const deliveriesOf = (type: string) => receiver.received.filter(({ event }) => event.type === type);

  for (const [judge, verify] of Object.entries(judges)) {
    describe(`for ${judge}`, () => {
      for (const type of webhookEventTypes) {
        it(`${type} is genuine, and not with a byte changed`, async () => {
          const deliveries = deliveriesOf(type);
          assert.notEqual(deliveries.length, 0);
          for (const webhook of deliveries) {
            const event = (await verify(webhook, secret)) as WebhookEvent;
            assert.equal(event.type, type);
            const refused = [
              { ...webhook, body: webhook.body.replace(/"id":"(.)/, '"id":"X') },
              { ...webhook, headers: { ...webhook.headers, 'svix-id': 'msg_other', 'webhook-id': 'msg_other' } },
            ];
            for (const forged of refused) await assert.rejects(async () => void (await verify(forged, secret)));
            await assert.rejects(async () => void (await verify(webhook, signingSecret('o'))));
          }
        });
      }
    });
  }

  it('have what the types of the package promise', async () => {
    const of = async (type: string) =>
      (await verifyWebhook(request(deliveriesOf(type).at(-1)!), { signingSecret: secret })) as WebhookEvent;
    const [created, updated, deleted, revoked] = await Promise.all(
      ['user.created', 'user.updated', 'user.deleted', 'session.revoked'].map(of),
    );
    assert.ok(created?.type === 'user.created' && updated?.type === 'user.updated' && deleted?.type === 'user.deleted');
    assert.deepEqual(
      [created.data.email_addresses[0]?.email_address, created.data.external_id, created.data.private_metadata],
      ['ann@example.com', 'crm-1', {}],
    );
    assert.deepEqual([updated.data.id, updated.data.private_metadata], [created.data.id, { note: 'Zoë ☃' }]);
    assert.deepEqual([deleted.data.id, deleted.data.deleted, deleted.data.external_id], [created.data.id, true, 'crm-1']);
    assert.ok(revoked?.type === 'session.revoked');
    assert.deepEqual([revoked.data.user_id, revoked.data.status], [created.data.id, 'revoked']);
    assert.match(created.event_attributes.http_request.client_ip, /127\.0\.0\.1|::1/);
  });
});
