/** What a handler of the Frontend API is given and gives back; `router.ts` does the rest: identity, forms, envelopes, cookies. */
import type * as z from 'zod/mini';
import type { PathParametersOf, ResponseOf } from '../../../src/wire/endpoint.ts';
import type { EndpointName, endpoints, forms } from '../../../src/wire/endpoints.ts';
import type { Complete } from '../../../src/wire/primitives.ts';
import type { Dependencies } from '../dependencies.ts';
import type { RateLimits } from '../settings.ts';
import type { Client } from '../store/clients.ts';
import type { Database } from '../store/database.ts';
import type { Session } from '../store/sessions.ts';
import type { User } from '../store/users.ts';

/** What of a client a browser may see, and to whom its tokens are given. */
export interface Viewer {
  /** `Origin` of the page: `azp` of the tokens that it gets. */
  readonly origin: string | undefined;
  /**
   * Sessions that started from here on (milliseconds since 1970) are hidden: the browser showed a credential that had been
   * replaced then (security.md, E5). Such a browser may only read.
   */
  readonly sessionsBefore: number | undefined;
  /** `true` for `GET /v1/client`: its answer may hold a token that was given before (`domain/repeated-tokens.ts`). */
  readonly mayRepeatTokens?: boolean;
  /** Users as the handler has read them after its last write, so that the client of the answer need not read them once more. */
  readonly readUsers?: readonly User[];
}

/** The browser behind a request (dossier part 1, §2.12). */
export interface Caller extends Viewer {
  readonly readUsers: User[];
  /** Its client as it was when the request came; `undefined` while it has none. */
  readonly client: Client | undefined;
  /**
   * Its client, made now where it has none.
   * @throws ApiError 401 `authentication_invalid` for a browser that may only read.
   */
  ensureClient(): Promise<Client>;
  /**
   * Replaces the browser's credential within the transaction that signs somebody in or out. Of several tabs that do so at once, one
   * succeeds: with a cookie from each of them the browser would keep the one that came last, replaced or not.
   * @throws ApiError 401 `authentication_invalid` if another request has replaced it meanwhile.
   */
  claimCredential(transaction: Database): Promise<void>;
  /** Gives the browser a new credential with this answer, once {@link claimCredential} is committed (security.md, E5). */
  renewCredential(): void;
  /**
   * The active session that the request names by `_clerk_session_id` (security.md, E6).
   * @throws ApiError 401 `authentication_invalid` if it names none, or not one of this client's; 403 `user_banned`.
   */
  session(): Promise<Session>;
  /**
   * Counts this request, unless it carries a testing token of an instance in test mode (dossier part 2, §7).
   * @throws ApiError 429 `too_many_requests` with `Retry-After`.
   */
  checkRate(kind: keyof RateLimits): Promise<void>;
  /** `true`: it is acted for by another browser, in which somebody has opened a link (dossier part 2, §2.8). */
  readonly isElsewhere?: boolean;
  readonly address: string;
  readonly userAgent: string | undefined;
}

/** One request to an endpoint of the tables. */
export interface FrontendRequest<Name extends EndpointName = EndpointName> {
  readonly context: Dependencies;
  readonly caller: Caller;
  readonly path: PathParametersOf<(typeof endpoints)[Name]>;
  readonly form: z.infer<(typeof forms)[Name]>;
  /** Dated, such as `2025-11-10`; `readApiVersion()` has checked it. */
  readonly apiVersion: string;
}

/**
 * The resource of the answer; the router wraps it and adds the client, read anew after the handler is done. Errors are thrown; those
 * of mutations carry the client too, so that a page sees what a refused attempt has changed.
 */
export type Handler<Name extends EndpointName> = (
  request: FrontendRequest<Name>,
) => Promise<Complete<ResponseOf<(typeof endpoints)[Name]>>>;

/** A handler for each of these endpoints: one that is missing does not compile. */
export type Handlers<Names extends EndpointName = EndpointName> = { [Name in Names]: Handler<Name> };
