/** Sending text messages: to an address of the operator's own, or to the inbox page and stderr while none is set. */
import { StartError } from './start-error.ts';
import type { Database } from './store/database.ts';
import { insertMail } from './store/mails.ts';
import { post } from './webhooks/post.ts';

/** A text message to one phone. */
export interface TextMessage {
  /** E.164. */
  to: string;
  text: string;
}

/** Sends text messages. Resolves when it was handed over. */
export type SendTextMessage = (message: TextMessage) => Promise<void>;

/** Milliseconds. */
const timeLimit = 10_000;

/**
 * Hands every message to a service of the operator's own, which knows a provider: `POST` with the JSON `{"to": "+1…", "text": "…"}`.
 * @param smsUrl `user:password@` in it becomes an `Authorization` header.
 * @throws StartError if it is no address that can be posted to.
 */
export function createUrlSender(smsUrl: string): SendTextMessage {
  if (!URL.canParse(smsUrl) || !/^https?:$/.test(new URL(smsUrl).protocol)) {
    throw new StartError('SMS_URL: expected an http(s) address such as https://sms.example.com/messages');
  }
  const url = new URL(smsUrl);
  return async ({ to, text }) => {
    const status = await post(url, { headers: {}, body: JSON.stringify({ to, text }), timeLimit });
    if (status < 200 || status > 299) throw Object.assign(new Error('The message was not taken.'), { code: `status ${status}` });
  };
}

/** Keeps messages for the inbox page, and prints them, as is done with mails (`mail.ts`). */
export function createInboxTextSender(database: Database, now: () => number, print: (text: string) => void): SendTextMessage {
  return async ({ to, text }) => {
    await insertMail(database, { kind: 'text_message', recipient: to, subject: '', text }, now());
    print(`\nText message to ${to}\n${text.replace(/^/gm, '  ')}\n`);
  };
}
