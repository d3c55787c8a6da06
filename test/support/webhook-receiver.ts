/** A backend that is told of changes: a real HTTP server, which keeps what it gets and answers as a test says. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Milliseconds: longer than all that may have to be waited for. */
const patience = 120_000;

export interface ReceivedWebhook {
  /** Path with query. */
  path: string;
  headers: Record<string, string>;
  /** To the byte. */
  body: string;
  /** The body, parsed. */
  event: any;
}

export interface WebhookReceiver {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  /** In order of arrival. */
  received: ReceivedWebhook[];
  /** Default: 200 at once. */
  answer: (webhook: ReceivedWebhook, response: ServerResponse) => void;
  /** Resolves when this holds, now or after a later arrival; rejects after two minutes. */
  until(holds: (received: ReceivedWebhook[]) => boolean): Promise<void>;
  /** Breaks all connections. */
  drop(): void;
  stop(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const webhook = { path: request.url ?? '', headers, body, event: JSON.parse(body) as unknown };
      receiver.received.push(webhook);
      receiver.answer(webhook, response);
      for (const look of waiting) look();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    answer: (_webhook, response) => void response.writeHead(200).end(),
    until: (holds) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`Did not happen. ${receiver.received.length} webhooks have arrived.`)), patience);
        const look = () => {
          if (!holds(receiver.received)) return;
          waiting.delete(look);
          clearTimeout(timer);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    drop: () => server.closeAllConnections(),
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
  return receiver;
}

/** A new `whsec_…`. */
export const signingSecret = (fill = 'a'): string => `whsec_${Buffer.from(fill.repeat(32)).toString('base64')}`;

/** The ids of messages, which tell repeated ones. */
export const idsOf = (received: readonly ReceivedWebhook[]): string[] => received.map(({ headers }) => headers['svix-id'] ?? '');
