/** Where webhooks go: the part of the settings file, and what it becomes. */
import * as z from 'zod/mini';
import { sha256 } from '../ids.ts';
import { webhookEventTypes } from './event.ts';
import type { WebhookEventType } from './event.ts';

/** More than an instance has backends. */
const maximumEndpoints = 10;

/** `webhooks` in the settings file. Its addresses may hold passwords: no message quotes them. */
export const webhookSettings = z._default(
  z
    .array(
      z.strictObject({
        url: z.string(),
        /** Default: all. */
        events: z._default(z.array(z.enum(webhookEventTypes)).check(z.minLength(1, 'expected at least one type of event')), [
          ...webhookEventTypes,
        ]),
      }),
    )
    .check(z.maxLength(maximumEndpoints, `expected at most ${maximumEndpoints} endpoints`)),
  [],
);

type WebhookSettings = z.infer<typeof webhookSettings>;

/** What is wrong with the addresses, each with its path. */
export function webhookMistakes(webhooks: WebhookSettings): string[] {
  return webhooks.flatMap(({ url }, index) => {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      return `webhooks.${index}.url: expected an http(s) address such as https://www.example.com/webhooks`;
    }
    const first = webhooks.findIndex((other) => other.url === url);
    return first < index ? `webhooks.${index}.url: expected another address than that of webhooks.${first}` : [];
  });
}

export interface WebhookEndpoint {
  /** SHA-256 of the address: the same in every process, and no secret. */
  id: string;
  url: URL;
  /** All of the address that may be logged. */
  host: string;
  events: ReadonlySet<WebhookEventType>;
}

export function readEndpoints(webhooks: WebhookSettings): WebhookEndpoint[] {
  return webhooks.map(({ url, events }) => ({
    id: sha256(url).toString('hex'),
    url: new URL(url),
    host: new URL(url).host,
    events: new Set(events),
  }));
}
