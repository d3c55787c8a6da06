/**
 * The one place that talks to the Frontend API: addresses, form bodies, time limits, repeats, parsing, errors
 * (dossier part 1, §2 and §3). Everything above it sees parsed answers or a thrown error.
 */
import type * as z from 'zod/mini';
import { ClerkAPIResponseError, ClerkRuntimeError, hasCode } from '../errors.ts';
import { isJsonObject } from '../rules/merge-patch.ts';
import { client as clientSchema } from '../wire/client.ts';
import type { ClientJSON } from '../wire/client.ts';
import type { Endpoint, ResponseOf } from '../wire/endpoint.ts';
import { apiErrorItem } from '../wire/error.ts';
import { encodeForm, fillPath } from './encode.ts';
import type { Parameters } from './encode.ts';
import type { Platform } from './platform.ts';
import { timingOf, withRetries } from './retry.ts';

/** The behaviour of the API that this client is written for: the newest that replaces metadata in one request. */
export const apiVersion = '2025-11-10';

export interface CallOptions {
  /** Values of the named parameters in the path. */
  path?: Record<string, string>;
  body?: Parameters;
  query?: Record<string, string>;
  /** The session that acts; otherwise the current one. */
  sessionId?: string | undefined;
  /** Milliseconds for everything, repeats included. */
  patience?: number;
  /** Apply the client that comes with the answer of a read, as answers of writes always do. */
  reload?: boolean;
}

/** What the core does with what comes along with answers. */
export interface ApiObserver {
  /** The session that requests act for. Once it is another one, answers to older requests no longer count. */
  currentSessionId(): string | undefined;
  /** The development credential, if this is a development instance that has one. */
  readonly devBrowser: { readonly id: string | undefined };
  /** A new development credential, or none any more. */
  replaceDevBrowser(id: string | undefined): Promise<void>;
  applyClient(client: ClientJSON): void;
  /** Asks for the client anew: the API says that nobody is signed in, or what came may be old. */
  refreshClient(): Promise<void>;
}

/** Milliseconds for what a page needs before it can begin. */
export const startPatience = 7000;
const standardPatience = 30_000;
const readAttempts = 4;
const devBrowserPath = '/dev_browser';

export class FrontendApi {
  readonly #platform: Platform;
  readonly #baseUrl: () => string;
  readonly #observer: ApiObserver;

  /** @param baseUrl with `/v1`, without a slash at its end. */
  constructor(platform: Platform, baseUrl: () => string, observer: ApiObserver) {
    this.#platform = platform;
    this.#baseUrl = baseUrl;
    this.#observer = observer;
  }

  /**
   * Performs one operation.
   * @throws ClerkAPIResponseError for an answer with errors, ClerkRuntimeError with code `network_error` (no answer: for a write
   *   it is unknown whether it happened) or `invalid_response`
   */
  async call<E extends Endpoint>(endpoint: E, options: CallOptions = {}): Promise<ResponseOf<E>> {
    const observer = this.#observer;
    const actor = observer.currentSessionId();
    const name = `${endpoint.method} ${endpoint.path}`;
    const { response, text } = await this.#exchange(endpoint, options, name);
    const json = readJson(response, text, name);
    const body = isJsonObject(json) ? json : {};
    const isError = !response.ok || Array.isArray(body.errors);
    const token = response.headers.get('Clerk-Db-Jwt');
    if (token && observer.devBrowser.id) await observer.replaceDevBrowser(token);

    const riding = isError ? isJsonObject(body.meta) && body.meta.client : !endpoint.plain && body.client;
    if (riding && (endpoint.method !== 'GET' || options.reload)) {
      if (actor === observer.currentSessionId()) observer.applyClient(parse(clientSchema, riding, name));
      // Let go, as it may be the former user's; but whoever asked, to sign in perhaps, counts on what it was about.
      else await observer.refreshClient();
    }
    if (isError) throw await this.#refusal(response, body, endpoint, name);
    return parse(endpoint.response, endpoint.plain || body.response === undefined ? json : body.response, name) as ResponseOf<E>;
  }

  /** One request and the text of its answer, within the time allowed. */
  #exchange(endpoint: Endpoint, options: CallOptions, name: string): Promise<{ response: Response; text: string }> {
    const platform = this.#platform;
    const abort = new AbortController();
    const isRead = endpoint.method === 'GET';
    const send = async (retry: number) => {
      try {
        const response = await platform.fetch(this.addressOf(endpoint, options, retry), {
          method: isRead ? 'GET' : 'POST',
          // Cookies identify the client; a new development credential is asked for without them.
          credentials: endpoint.path === devBrowserPath ? 'omit' : 'include',
          signal: abort.signal,
          // What is sent while the page goes away arrives all the same; browsers take 64 KiB of it.
          keepalive: !platform.isVisible(),
          body: isRead ? null : encodeForm(options.body ?? {}),
        });
        return { response, text: await response.text() };
      } catch (error) {
        throw networkError(name, 'the API could not be reached', error);
      }
    };
    return new Promise((resolve, reject) => {
      const cancel = platform.after(options.patience ?? standardPatience, () => {
        reject(networkError(name, 'no answer in time'));
        abort.abort();
      });
      const attempts = isRead ? readAttempts : 1;
      void withRetries(send, { ...timingOf(platform), attempts, shouldRetry: () => !abort.signal.aborted })
        .then(resolve, reject)
        .finally(cancel);
    });
  }

  /** Where an operation is asked for. */
  addressOf({ method, path }: Pick<Endpoint, 'method' | 'path'>, options: CallOptions, retry = 0): string {
    const isBare = path === devBrowserPath;
    const query: Record<string, string | false | undefined> = {
      __clerk_api_version: apiVersion,
      _clerk_js_version: __CLERK_LIT_VERSION__,
      _method: method !== 'GET' && method !== 'POST' && method,
      _clerk_session_id: !isBare && !path.startsWith('/client') && (options.sessionId ?? this.#observer.currentSessionId()),
      __clerk_db_jwt: !isBare && this.#observer.devBrowser.id,
      _clerk_retry_attempt: retry > 0 && String(retry),
      ...options.query,
    };
    const search = new URLSearchParams();
    for (const key in query) if (query[key]) search.set(key, query[key]);
    return `${this.#baseUrl()}${fillPath(path, options.path ?? {})}?${search}`;
  }

  /** The error of an answer, after what it asks for has been done. */
  async #refusal({ headers, status }: Response, body: Parameters, endpoint: Endpoint, name: string): Promise<ClerkAPIResponseError> {
    const items = Array.isArray(body.errors) ? (body.errors as unknown[]).map((item) => apiErrorItem.safeParse(item).data) : [];
    const error = new ClerkAPIResponseError(`${name}: status ${status}.`, {
      data: items.filter((item) => item !== undefined),
      status,
      clerkTraceId: body.clerk_trace_id as string | undefined,
      retryAfter: status === 429 ? Number(headers.get('Retry-After')) || undefined : undefined,
    });
    if (status === 401) {
      if (hasCode(error, 'dev_browser_unauthenticated')) await this.#observer.replaceDevBrowser(undefined);
      // Reading the client is how it is checked; asking again would never end.
      else if (endpoint.path !== '/client') await this.#observer.refreshClient();
    }
    return error;
  }
}

function readJson({ ok, status }: Response, text: string, name: string): unknown {
  if (status === 204) return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    // A gateway's own page: the status says more than the text.
    if (!ok) return null;
    throw invalid(name, error);
  }
}

function parse<Schema extends z.ZodMiniType>(schema: Schema, value: unknown, name: string): z.infer<Schema> {
  const { data, error } = schema.safeParse(value);
  // The value stays out of the message: it may hold a token.
  if (error) throw invalid(name, error.issues.map(({ path }) => path.join('.')).join(', '));
  return data as z.infer<Schema>;
}

const networkError = (name: string, why: string, cause?: unknown) =>
  new ClerkRuntimeError(`${name}: ${why}`, { code: 'network_error', cause });

const invalid = (name: string, cause: unknown) => new ClerkRuntimeError(`${name}: unexpected answer`, { code: 'invalid_response', cause });
