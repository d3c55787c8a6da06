import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { post } from '../../../demo/server/webhooks/post.ts';
import { startWebhookReceiver } from '../../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../support/webhook-receiver.ts';

describe('S4: post() goes where it is told', () => {
  let receiver: WebhookReceiver;
  beforeEach(async () => void (receiver = await startWebhookReceiver()));
  afterEach(() => receiver.stop());

  const content = { headers: { 'svix-id': 'msg_1' }, body: '{"text":"Zoë ☃"}', timeLimit: 60_000 };

  it('sends the body to the byte and gives the status', async () => {
    receiver.answer = (_webhook, response) => void response.writeHead(202).end('thanks');
    assert.equal(await post(new URL(`${receiver.url}/hooks?a=1`), content), 202);
    const [webhook] = receiver.received;
    assert.equal(webhook?.path, '/hooks?a=1');
    assert.equal(webhook.body, content.body);
    assert.equal(webhook.headers['content-type'], 'application/json');
    assert.equal(webhook.headers['svix-id'], 'msg_1');
  });

  it('sends the password of an address as a header', async () => {
    const url = new URL(receiver.url);
    url.username = 'ann';
    url.password = 'p ss:wörd';
    await post(url, content);
    const { authorization = '' } = receiver.received[0]?.headers ?? {};
    assert.equal(Buffer.from(authorization.replace('Basic ', ''), 'base64').toString(), 'ann:p ss:wörd');
  });

  it('follows no redirect', async () => {
    receiver.answer = (_webhook, response) => void response.writeHead(307, { location: `${receiver.url}/elsewhere` }).end();
    assert.equal(await post(new URL(receiver.url), content), 307);
    assert.equal(receiver.received.length, 1);
  });

  it('gives up after its time', async () => {
    receiver.answer = () => undefined;
    await assert.rejects(post(new URL(receiver.url), { ...content, timeLimit: 20 }), { code: 'ABORT_ERR' });
  });

  it('does not wait for the rest of an answer', async () => {
    receiver.answer = (_webhook, response) => void response.writeHead(200).write('endless');
    assert.equal(await post(new URL(receiver.url), content), 200);
  });

  it('says when nobody answers', async () => {
    receiver.answer = (_webhook, response) => void response.destroy();
    await assert.rejects(post(new URL(receiver.url), content), { code: 'ECONNRESET' });
  });
});
