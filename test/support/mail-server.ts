/** A mail server of a test: mails that the API sends by SMTP, which are then in no table of its database. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  /** For `SMTP_URL`. */
  url: string;
  /** The next mail to an address: header lines and text. */
  next(to: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const mails = new Map<string, string[]>();
  const waiting = new Map<string, (message: string) => void>();
  const deliver = (to: string, message: string) => {
    const take = waiting.get(to);
    waiting.delete(to);
    if (take) take(message);
    else mails.set(to, [...(mails.get(to) ?? []), message]);
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, { envelope }, done) => {
      text(stream).then((raw) => {
        // Quoted-printable (RFC 2045, §6.7).
        const message = raw
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
        for (const { address } of envelope.rcptTo) deliver(address, message);
        done();
      }, done);
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    next: (to) => {
      const [first, ...others] = mails.get(to) ?? [];
      mails.set(to, others);
      return first === undefined ? new Promise((resolve) => waiting.set(to, resolve)) : Promise.resolve(first);
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
