/** What all resources share: what they may use, how members of the wire become members of theirs, and methods yet to come. */
import { ClerkRuntimeError } from '../errors.ts';
import type { FrontendApi } from '../transport/frontend-api.ts';
import type { ClerkResource, GetTokenOptions, SessionResource } from './types.ts';

/** The part of the core that resources call. */
export interface ResourceContext {
  readonly api: FrontendApi;
  /** Milliseconds since 1970. */
  now(): number;
  /** Preferred language of the person; sent along when an attempt begins. */
  readonly language: string | undefined;
  /** Id of this browser's client. */
  clientId(): string | undefined;
  getToken(session: SessionResource, options: GetTokenOptions): Promise<string | null>;
  /** Tokens of the session that came before `since` no longer say what is true; without it, none does. */
  forgetTokens(sessionId: string, since?: number): void;
  /** The user of a session was changed from this page. */
  userChanged(): void;
  /** The session's user is no more. */
  userDeleted(): Promise<void>;
  /** The client as the API now has it, from an answer that is about it. */
  applyClient(client: object | null): void;
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

  protected get context(): ResourceContext {
    return this.#context;
  }

  /** The id, where an operation makes no sense without one. */
  protected get knownId(): string {
    if (this.id) return this.id;
    throw new ClerkRuntimeError(`${this.constructor.name} has no id yet: call create() first`, { code: 'not_created' });
  }

  abstract reload(): Promise<this>;
}

/** `first_name` → `firstName`. */
const camelCase = (name: string) => name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());

/** Takes over members that mean the same on both sides; absent ones become `fallback`. */
export function take<Json extends object>(target: object, json: Json, names: readonly (keyof Json & string)[], fallback: unknown = null): void {
  for (const name of names) (target as Record<string, unknown>)[camelCase(name)] = json[name] ?? fallback;
}

/** As {@link take}, for moments. `0` and absent ones become `fallback`. */
export function takeDates<Json extends object>(target: object, json: Json, names: readonly (keyof Json & string)[], fallback: Date | null = null): void {
  for (const name of names) {
    const time = json[name] as number | null | undefined;
    (target as Record<string, unknown>)[camelCase(name)] = time ? new Date(time) : fallback;
  }
}

/** An object of the wire with names as JavaScript has them, one level deep. */
export function camelCaseKeys(json: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [camelCase(name), value ?? undefined]));
}

/** Gives a class the methods of Clerk's types that are not there yet: they reject and say which one was called. */
export function declareUnsupported(owner: { prototype: object }, ownerName: string, names: string): void {
  for (const name of names.split(' ')) {
    const value = () => Promise.reject(new ClerkRuntimeError(`${ownerName}.${name}() is not supported by clerk-lit yet`, { code: 'not_supported' }));
    Object.defineProperty(owner.prototype, name, { value, configurable: true, writable: true });
  }
}
