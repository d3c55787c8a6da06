/** What all resources share: what they may use, how members of the wire become members of theirs, and methods yet to come. */
import { ClerkRuntimeError } from '../errors.ts';
import { camelCase } from '../rules/names.ts';
import type { CallOptions, FrontendApi } from '../transport/frontend-api.ts';
import type { Platform } from '../transport/platform.ts';
import type { ClientJSON } from '../wire/client.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { maybeDocument, maybeFlag, maybeObjects, maybeTexts, maybeTimestamp } from '../wire/primitives.ts';
import type { ClerkResource, GetTokenOptions, SessionResource } from './types.ts';

/** The part of the core that resources call. */
export interface ResourceContext {
  readonly api: FrontendApi;
  readonly platform: Pick<Platform, 'now' | 'language'>;
  /** Id of this browser's client. */
  readonly client: { readonly id?: string | undefined };
  readonly tokens: { get(session: SessionResource, options: GetTokenOptions): Promise<string | null> };
  /** Tokens of the session that came before `since` no longer say what is true; without it, none does. */
  forgetTokens(sessionId: string, since?: number): void;
  /** The user of a session was changed from this page. */
  userChanged(): void;
  /** The session's user is no more. */
  userDeleted(): Promise<void>;
  /** The client as the API now has it, from an answer that is about it. */
  applyClient(client: ClientJSON | null): void;
}

/** Base of all resources. The context stays private: pages print and clone resources. */
export abstract class BaseResource implements ClerkResource {
  declare id?: string | undefined;
  readonly #context: ResourceContext;
  readonly #pathRoot: string;

  constructor(context: ResourceContext, pathRoot: string) {
    this.#context = context;
    this.#pathRoot = pathRoot;
  }

  get pathRoot(): string {
    return this.#pathRoot;
  }

  protected get resourceContext(): ResourceContext {
    return this.#context;
  }

  /** The id, where an operation makes no sense without one. */
  protected get knownId(): string {
    if (this.id) return this.id;
    throw new ClerkRuntimeError(`${this.constructor.name} has no id yet: call create() first`, { code: 'not_created' });
  }

  abstract reload(): Promise<this>;

  /** Takes over an answer. */
  apply?(json: object | null): this;

  /** Performs an operation whose answer is this resource. */
  protected async send(endpoint: Endpoint, options: CallOptions): Promise<this> {
    return this.apply!((await this.#context.api.call(endpoint, options)) as object);
  }

  /** An operation of a sign-in or a sign-up that is under way. */
  protected step(endpoint: Endpoint, params: object = {}): Promise<this> {
    return this.send(endpoint, { path: { signInId: this.knownId, signUpId: this.knownId }, body: { ...params }, reload: true });
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

/** Verbs that methods of Clerk's types begin with. */
const verbs =
  /^(authenticateWith|create|prepare|attempt|verify|disable|remove|update|get|set|leave|submit|start|mount|unmount|open|close|redirectTo|handle|join|destroy)([A-Z]|$)/;

/**
 * Stands behind our classes: a method of Clerk's types that is not there yet rejects and says which one was called, instead of being
 * "not a function".
 */
export const unsupported: object = new Proxy(Object.prototype, {
  get(target, name, receiver: object) {
    if (typeof name !== 'string' || !verbs.test(name)) return Reflect.get(target, name, receiver) as unknown;
    return () => Promise.reject(new ClerkRuntimeError(`${name}() is not supported by clerk-lit yet`, { code: 'not_supported' }));
  },
});

Object.setPrototypeOf(BaseResource.prototype, unsupported);
