/** A service that takes text messages, of a test: what `SMS_URL` names. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { createMailbox } from './mailbox.ts';
import type { Mailbox } from './mailbox.ts';

export interface TextMessageReceiver {
  /** For `SMS_URL`. */
  url: string;
  /** The next message to a number. */
  next: Mailbox['next'];
  stop(): Promise<void>;
}

export async function startTextMessageReceiver(): Promise<TextMessageReceiver> {
  const mailbox = createMailbox();
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      const { to, text } = body as { to: string; text: string };
      response.writeHead(204).end();
      mailbox.deliver(to, text);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`,
    next: mailbox.next,
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
