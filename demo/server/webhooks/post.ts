/** One request to an endpoint. It goes to the configured address and nowhere else: redirects are answers like others. */
import { request as requestByHttp } from 'node:http';
import { request as requestByHttps } from 'node:https';

export interface Post {
  headers: Record<string, string>;
  body: string;
  /** Milliseconds, from looking up the name to the end of the answer. */
  timeLimit: number;
}

/**
 * @param url `user:password@` in it becomes an `Authorization` header
 * @returns the status of the answer.
 * @throws Error without an answer in time.
 */
export function post(url: URL, { headers, body, timeLimit }: Post): Promise<number> {
  const send = url.protocol === 'https:' ? requestByHttps : requestByHttp;
  const bytes = Buffer.from(body);
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': bytes.length },
      // A connection of its own: one that was kept may be closed by the other end at this very moment.
      agent: false,
      signal: AbortSignal.timeout(timeLimit),
    });
    request.on('error', reject);
    request.once('response', (response) => {
      // The status says all. The rest is taken, so that the receiver can finish, and forgotten.
      response.on('error', () => undefined);
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.end(bytes);
  });
}
