/** What a handler of the Frontend API is given and gives back; `router.ts` does the rest: identity, forms, envelopes, cookies. */
import type * as z from 'zod/mini';
import type { PathParametersOf, ResponseOf } from '../../../src/wire/endpoint.ts';
import type { EndpointName, endpoints, forms } from '../../../src/wire/endpoints.ts';
import type { Complete } from '../../../src/wire/primitives.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Client } from '../store/clients.ts';
import type { Session } from '../store/sessions.ts';

/** The browser behind a request (dossier part 1, §2.12). */
export interface Caller {
  /** Its client; `undefined` while it has none. */
  readonly client: Client | undefined;
  /** Its client, made now where it has none. */
  ensureClient(): Promise<Client>;
  /** Gives the browser a new credential with this answer: whenever somebody has signed in (security.md, E5). */
  renewCredential(): void;
  /**
   * The active session that the request names by `_clerk_session_id` (security.md, E6).
   * @throws ApiError 401 `authentication_invalid` if it names none, or not one of this client's.
   */
  session(): Promise<Session>;
  /** Address for rates and sessions. */
  readonly address: string;
  readonly userAgent: string | undefined;
  /** `Origin` of the page: `azp` of the tokens that it gets. */
  readonly origin: string | undefined;
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

/** The resource of the answer; the router wraps it and adds the client. */
export type Handler<Name extends EndpointName> = (
  request: FrontendRequest<Name>,
) => Promise<Complete<ResponseOf<(typeof endpoints)[Name]>>>;

/** A handler for each of these endpoints: one that is missing does not compile. */
export type Handlers<Names extends EndpointName = EndpointName> = { [Name in Names]: Handler<Name> };
