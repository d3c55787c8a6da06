/** A browser without a page: speaks to the Frontend API as a script on an allowed origin does, with real requests. */
import type { TestApi } from './api.ts';

export interface FrontendAnswer {
  status: number;
  headers: Headers;
  /** The whole JSON, or `undefined` where there is none. */
  body: any;
  /** The resource of a 2xx answer: inside the envelope if there is one. */
  response: any;
  /** The piggybacked client, of errors too. */
  client: any;
  /** Codes of an error answer, in order; empty otherwise. */
  codes: string[];
  /** Items of an error answer. */
  errors: { code: string; message: string; long_message: string; meta?: Record<string, unknown> }[];
}

export interface CallOptions {
  /** For `/me` and its like: the session that acts, as `_clerk_session_id`. */
  sessionId?: string;
  /** Default: `2025-11-10`, the version our own script speaks; `null` names none. */
  apiVersion?: string | null;
  headers?: Record<string, string>;
  query?: Record<string, string>;
}

export interface FrontendClient {
  /** The development credential in use; an answer may replace it. */
  devBrowser: string;
  /** @param path below `/v1`, such as `/client/sign_ins`. */
  call(method: string, path: string, form?: Record<string, string>, options?: CallOptions): Promise<FrontendAnswer>;
}

/** Methods that forms do not have travel in the query of a POST. */
export const sentMethod = (method: string): 'GET' | 'POST' => (method === 'GET' ? 'GET' : 'POST');

/** The query of a request as our script sends it. */
export function frontendQuery(method: string, options: CallOptions & { devBrowser?: string }): URLSearchParams {
  return new URLSearchParams({
    ...(options.apiVersion !== null && { __clerk_api_version: options.apiVersion ?? '2025-11-10' }),
    ...(options.devBrowser && { __clerk_db_jwt: options.devBrowser }),
    ...(method !== sentMethod(method) && { _method: method }),
    ...(options.sessionId && { _clerk_session_id: options.sessionId }),
    ...options.query,
  });
}

/** Reads an answer to its end. */
export async function readAnswer(answer: Response): Promise<FrontendAnswer> {
  const text = await answer.text();
  const body = text ? JSON.parse(text) : undefined;
  const errors = body?.errors ?? [];
  return {
    status: answer.status,
    headers: answer.headers,
    body,
    response: answer.ok && body && 'response' in body ? body.response : body,
    client: body?.client ?? body?.meta?.client,
    codes: errors.map(({ code }: { code: string }) => code),
    errors,
  };
}

/** A new browser: it has asked for its development credential and nothing else. */
export async function createFrontendClient(api: Pick<TestApi, 'url'>, { origin = api.url } = {}): Promise<FrontendClient> {
  const send = (method: string, path: string, form: Record<string, string>, options: CallOptions & { devBrowser?: string }) =>
    fetch(`${api.url}/v1${path}?${frontendQuery(method, options)}`, {
      method: sentMethod(method),
      headers: {
        origin,
        ...(method !== 'GET' && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...options.headers,
      },
      ...(method !== 'GET' && { body: new URLSearchParams(form).toString() }),
    });
  const created = await send('POST', '/dev_browser', {}, {});
  if (!created.ok) throw new Error(`POST /v1/dev_browser: ${created.status} ${await created.text()}`);
  const client: FrontendClient = {
    devBrowser: ((await created.json()) as { id: string }).id,
    call: async (method, path, form = {}, options = {}) => {
      const answer = await send(method, path, form, { ...options, devBrowser: client.devBrowser });
      client.devBrowser = answer.headers.get('clerk-db-jwt') ?? client.devBrowser;
      return readAnswer(answer);
    },
  };
  return client;
}

/** So many new browsers, which came a few at a time: what a test does with them at once is another matter. */
export async function createFrontendClients(api: Pick<TestApi, 'url'>, count: number): Promise<FrontendClient[]> {
  const clients: FrontendClient[] = [];
  while (clients.length < count) {
    clients.push(...(await Promise.all(Array.from({ length: Math.min(8, count - clients.length) }, () => createFrontendClient(api)))));
  }
  return clients;
}
