import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { createSmtpSender } from '../../demo/server/mail.ts';
import { StartError } from '../../demo/server/start-error.ts';

interface Delivery {
  from: string;
  to: string[];
  user: unknown;
  message: string;
}

describe('mail by SMTP', () => {
  const deliveries: Delivery[] = [];
  let server: SMTPServer;
  let url: string;

  before(async () => {
    server = new SMTPServer({
      authOptional: true,
      // A certificate of its own, which a real mail server of a developer has too, is not what is tested here.
      disabledCommands: ['STARTTLS'],
      onAuth: ({ username, password }, _session, done) =>
        password === 'mail secret' ? done(null, { user: username }) : done(new Error('wrong')),
      onRcptTo: ({ address }, _session, done) => (address.startsWith('refused@') ? done(new Error('no such mailbox')) : done()),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          deliveries.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            user: session.user,
            message: Buffer.concat(chunks).toString(),
          });
          done();
        });
      },
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    url = `smtp://user:mail%20secret@127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  });
  after(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const from = { name: 'Demo', address: 'no-reply@example.com' };

  it('hands a mail over, signed in, with sender, recipient and text', async () => {
    await createSmtpSender(url, from)({ to: 'ann@example.com', subject: '123456 is your code', text: 'Your code:\n\n123456\n' });
    const delivery = deliveries.pop();
    assert.deepEqual([delivery?.from, delivery?.to, delivery?.user], ['no-reply@example.com', ['ann@example.com'], 'user']);
    assert.match(delivery?.message ?? '', /^From: Demo <no-reply@example\.com>\r$/m);
    assert.match(delivery?.message ?? '', /^Subject: 123456 is your code\r$/m);
    assert.match(delivery?.message ?? '', /^123456\r$/m);
  });

  it('lets nobody add headers or recipients', async () => {
    const send = createSmtpSender(url, { name: 'Demo\r\nBcc: evil@example.com', address: 'no-reply@example.com' });
    await send({ to: 'ann@example.com', subject: 'Hello\r\nBcc: evil@example.com\r\n\r\nbody', text: 'text' });
    await createSmtpSender(
      url,
      from,
    )({ to: '"a, evil@example.com" <ann@example.com>, evil@example.com', subject: 'x', text: 'x' }).catch(() => undefined);
    for (const { to, message } of deliveries.splice(0)) {
      assert.ok(!to.includes('evil@example.com'), String(to));
      assert.doesNotMatch(message, /^Bcc:/im);
    }
  });

  it('sends text only, whatever it looks like', async () => {
    await createSmtpSender(url, from)({ to: 'ann@example.com', subject: 'x', text: '<img src="file:///etc/passwd">' });
    const { message = '' } = deliveries.pop() ?? {};
    assert.match(message, /^Content-Type: text\/plain/m);
    assert.doesNotMatch(message, /multipart|root:/);
  });

  it('fails where the server refuses', async () => {
    await assert.rejects(createSmtpSender(url, from)({ to: 'refused@example.com', subject: 'x', text: 'x' }));
    await assert.rejects(createSmtpSender(url.replace('mail%20secret', 'wrong'), from)({ to: 'ann@example.com', subject: 'x', text: 'x' }));
    await assert.rejects(createSmtpSender('smtp://127.0.0.1:1', from)({ to: 'ann@example.com', subject: 'x', text: 'x' }));
  });

  it('wants an address it can read, and quotes none that may hold a password', () => {
    for (const bad of ['mail.example.com', 'http://user:hunter2@mail.example.com', 'smtp://', 'smtp://user:hunter2@[']) {
      assert.throws(
        () => createSmtpSender(bad, from),
        (error: unknown) => error instanceof StartError && error.message.startsWith('SMTP_URL: ') && !error.message.includes('hunter2'),
      );
    }
  });
});
