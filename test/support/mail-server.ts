/** A mail server of a test: mails that the API sends by SMTP, which are then in no table of its database. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { createMailbox } from './mailbox.ts';
import type { Mailbox } from './mailbox.ts';

export interface MailServer {
  /** For `SMTP_URL`. */
  url: string;
  /** The next mail to an address: header lines and text. */
  next: Mailbox['next'];
  stop(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const mailbox = createMailbox();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, { envelope }, done) => {
      text(stream).then((raw) => {
        // Quoted-printable (RFC 2045, §6.7).
        const message = raw
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
        for (const { address } of envelope.rcptTo) mailbox.deliver(address, message);
        done();
      }, done);
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    next: mailbox.next,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
