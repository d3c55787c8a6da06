import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createUrlSender } from '../../demo/server/sms.ts';
import { StartError } from '../../demo/server/start-error.ts';

describe('text messages by SMS_URL', () => {
  const received: { request: IncomingMessage; body: string }[] = [];
  let status = 202;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ request, body: Buffer.concat(chunks).toString() });
      response.writeHead(status, { location: '/elsewhere' }).end('+14155560100 and 123456 were not wanted');
    });
  });
  let url = '';
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://name:word@127.0.0.1:${(server.address() as AddressInfo).port}/messages?from=shop`;
  });
  after(() => new Promise<void>((resolve) => void server.close(() => resolve())));

  const message = { to: '+14155560100', text: '123456 is your Café verification code.' };

  it('posts number and text as JSON, with the name and the password of the address', async () => {
    status = 202;
    await createUrlSender(url)(message);
    const { request, body } = received.pop() ?? {};
    assert.deepEqual(JSON.parse(body ?? ''), message);
    const { authorization, 'content-type': type } = request?.headers ?? {};
    assert.deepEqual([request?.method, request?.url, type], ['POST', '/messages?from=shop', 'application/json']);
    assert.equal(authorization, `Basic ${Buffer.from('name:word').toString('base64')}`);
  });

  for (const refused of [302, 400, 500]) {
    it(`fails with ${refused}, without the words of the answer, and follows no redirect`, async () => {
      status = refused;
      received.length = 0;
      await assert.rejects(createUrlSender(url)(message), (error: Error & { code?: string }) => {
        assert.deepEqual([error.code, /123456|4155560100/.test(error.message)], [`status ${refused}`, false]);
        return true;
      });
      assert.equal(received.length, 1);
    });
  }

  it('fails where nobody listens', async () => {
    await assert.rejects(createUrlSender('http://127.0.0.1:1/')(message));
  });

  it('wants an address it can post to, and quotes none that may hold a password', () => {
    for (const bad of ['sms.example.com', 'smtp://user:hunter2@example.com', 'http://', 'https://user:hunter2@[']) {
      assert.throws(
        () => createUrlSender(bad),
        (error: unknown) => error instanceof StartError && error.message.startsWith('SMS_URL: ') && !error.message.includes('hunter2'),
      );
    }
  });
});
