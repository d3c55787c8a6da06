/** What all resources share: what they may use, how members of the wire become members of theirs, and methods yet to come. */
import { ClerkRuntimeError } from '../errors.ts';
import { camelCase, camelCaseKeys } from '../rules/names.ts';
import type { CallOptions, FrontendApi } from '../transport/frontend-api.ts';
import type { Platform } from '../transport/platform.ts';
import type { ClientJSON } from '../wire/client.ts';
import type { Endpoint, ResponseOf } from '../wire/endpoint.ts';
import { maybeDocument, maybeFlag, maybeObjects, maybeTexts, maybeTimestamp } from '../wire/primitives.ts';
import { protectCheck } from '../wire/protect-check.ts';
import { callFetched, fetchedMethods } from './fetched-methods.ts';
import type { Methods } from './fetched-methods.ts';
import type { ClerkResource, EmailLinkFlow, GetTokenOptions, SessionResource } from './types.ts';

/** The part of the core that resources call. */
export interface ResourceContext {
  readonly api: FrontendApi;
  readonly platform: Pick<Platform, 'after' | 'now' | 'language'>;
  /** Id of this browser's client. */
  readonly client: { readonly id?: string | undefined };
  readonly tokens: { get(session: SessionResource, options: GetTokenOptions): Promise<string | null> };
  /** Tokens of the session that came before `since` no longer say what is true; without it, none does. */
  forgetTokens(sessionId: string, since?: number): void;
  /** The user of a session was changed from this page. */
  userChanged(): void;
  /** The client as the API now has it, from an answer that is about it. */
  applyClient(client: ClientJSON | null): void;
  /** Rejects with a ClerkRuntimeError `methods_not_loaded`; the next call tries again. */
  loadMethods(): Promise<Methods>;
}

/** Base of all resources. The context stays private: pages print and clone resources. */
export abstract class BaseResource implements ClerkResource {
  declare id?: string | undefined;
  readonly #context: ResourceContext;
  readonly #pathRoot: string;
  readonly #sessionId: string | undefined;

  /** @param sessionId the session that acts, for what belongs to a user: it may not be the current one. */
  constructor(context: ResourceContext, pathRoot: string, sessionId?: string) {
    this.#context = context;
    this.#pathRoot = pathRoot;
    this.#sessionId = sessionId;
  }

  get pathRoot(): string {
    return this.#pathRoot;
  }

  // Members that methods of the further file use too are not protected; pages see them in no type.

  get resourceContext(): ResourceContext {
    return this.#context;
  }

  /** The session that acts. */
  get actingSessionId(): string | undefined {
    return this.#sessionId;
  }

  /** The id, where an operation makes no sense without one. */
  get knownId(): string {
    if (this.id) return this.id;
    throw new ClerkRuntimeError(`${this.constructor.name} has no id yet: call create() first`, { code: 'not_created' });
  }

  reload(): Promise<this> {
    return callFetched(this, 'reload', []) as Promise<this>;
  }

  /** Answers at once, as in Clerk's types; what waits for the link comes from the further file (`src/methods/email-links.ts`). */
  createEmailLinkFlow<Params>(): EmailLinkFlow<Params, this> {
    // Made with each start: React's strict mode cancels a flow before anything was started, and starts it then.
    let end: AbortController | undefined;
    return {
      startEmailLinkFlow: (params) =>
        callFetched(this, 'startEmailLinkFlow', [params, (end = new AbortController()).signal]) as Promise<this>,
      cancelEmailLinkFlow: () => end?.abort(),
    };
  }

  /** Takes over an answer. */
  apply?(json: object | null): this;

  /** Performs an operation, through the session that this resource belongs to. */
  request<E extends Endpoint>(endpoint: E, options: CallOptions = {}): Promise<ResponseOf<E>> {
    return this.#context.api.call(endpoint, { sessionId: this.#sessionId, ...options });
  }

  /** Performs an operation whose answer is this resource. */
  async send(endpoint: Endpoint, options?: CallOptions): Promise<this> {
    return this.apply!((await this.request(endpoint, options)) as object);
  }

  /**
   * One change of the user, after which the tokens of the session say what is true, and everybody is told.
   * @param action what asks for it
   */
  async changeUser<Result>(action: () => Promise<Result>): Promise<Result> {
    const since = this.#context.platform.now();
    const result = await action();
    // One that came with this very answer stays.
    this.#context.forgetTokens(this.#sessionId!, since);
    this.#context.userChanged();
    return result;
  }

  /** An operation of a sign-in or a sign-up that is under way. */
  step(endpoint: Endpoint, params: object = {}): Promise<this> {
    return this.send(endpoint, { path: { signInId: this.knownId, signUpId: this.knownId }, body: { ...params }, reload: true });
  }
}

/** What is part of another resource and read with it, such as a verification: it has no path of its own, and often no id. */
export class ResourcePart extends BaseResource {
  override id: string | undefined = undefined;
  readonly #owner: BaseResource;

  constructor(owner: BaseResource) {
    super(owner.resourceContext, '');
    this.#owner = owner;
  }

  get owner(): BaseResource {
    return this.#owner;
  }
}

/** Schemas of the members of a wire object. */
type Shape = Record<string, unknown>;

/** What becomes of members, by their schemas; others stay as they are. */
const readers = new Map<unknown, (value: never, fallback: Date | null) => unknown>([
  [maybeFlag, (value) => value ?? false],
  [maybeTexts, (value) => value ?? []],
  [maybeDocument, (value) => value ?? {}],
  [maybeTimestamp, (value, fallback) => (value ? new Date(value) : fallback)],
  [protectCheck, (value) => value && camelCaseKeys(value)],
  // Not in scope yet: the empty values of Clerk's types, whatever the API says.
  [maybeObjects, () => []],
]);

/**
 * Takes over what means the same on both sides, by the members of a wire schema. What is absent becomes `null`, or the empty value of
 * its kind. `fallback` stands for moments that a resource is never without.
 */
export function take(target: object, json: object, { shape }: { shape: Shape }, fallback: Date | null = null): void {
  for (const name in shape) {
    const value = (json as Record<string, never>)[name] ?? null;
    const read = readers.get(shape[name]);
    (target as Record<string, unknown>)[camelCase(name)] = read ? read(value as never, fallback) : value;
  }
}

Object.setPrototypeOf(BaseResource.prototype, fetchedMethods);
