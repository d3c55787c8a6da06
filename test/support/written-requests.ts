/** Requests to the Frontend API as they are written, for what a client would not send: by somebody who is signed in. */
import type { TestApi } from './api.ts';
import { createFrontendClient, readAnswer } from './frontend-client.ts';
import type { FrontendAnswer, FrontendClient } from './frontend-client.ts';
import { addUser } from './users.ts';

export interface Writer {
  browser: FrontendClient;
  sessionId: string;
  userId: string;
  /** @param path with its query, to which who is asking is added */
  send(method: string, path: string, init?: { body?: string; headers?: Record<string, string> }): Promise<FrontendAnswer>;
}

const emailAddress = 'ann@example.com';
const password = 'quiet-marble-lantern';

/** Makes Ann, who has public metadata, and signs her in. */
export async function createWriter(api: TestApi): Promise<Writer> {
  const { id: userId } = await addUser(api, { emailAddress, password, public_metadata: { role: 'shopper' } });
  const browser = await createFrontendClient(api);
  const signedIn = await browser.call('POST', '/client/sign_ins', { identifier: emailAddress, password });
  const sessionId: string = signedIn.response.created_session_id;
  return {
    browser,
    sessionId,
    userId,
    send: async (method, path, { body: text, headers } = {}) => {
      const glue = path.includes('?') ? '&' : '?';
      const answer = await fetch(`${api.url}${path}${glue}__clerk_db_jwt=${browser.devBrowser}&_clerk_session_id=${sessionId}`, {
        method,
        headers: { origin: api.url, ...headers },
        ...(text !== undefined && { body: text }),
      });
      return readAnswer(answer);
    },
  };
}
