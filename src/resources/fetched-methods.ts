/** Methods that are not part of the core's own file: fetched when one of them is called for the first time. */
import { ClerkRuntimeError } from '../errors.ts';

/** Methods of one resource by their names, each called with the resource as `this`. */
export type MethodTable = Record<string, (this: never, ...parameters: never[]) => unknown>;

/** Methods by the path root of their resource; those of `window.Clerk` itself are called `Clerk`. */
export type Methods = Record<string, MethodTable>;

/** The further file. As it is built it is given what it uses of the core, since a classic script exports nothing. */
export interface MethodsModule {
  readonly default: (coreParts: object) => Methods;
}

/** What a method is called on. */
interface Owner {
  readonly pathRoot?: string;
  readonly resourceContext: { loadMethods(): Promise<Methods> };
}

/** What methods of Clerk's types begin with. */
const verbs =
  /((^|_)(open|mount|update)|^(create|validate|upsert|prepare|attempt|verify|disable|remove|delete|destroy|get|set|leave|submit|start|handle|join|make|authenticateWith|reauthorize|redirect|signOut|end|reset))([A-Z]|$)/;

/** Where the core has not such a method itself there is nothing to do: nothing was opened or mounted, nothing is to be prefetched or switched on. */
const idle = /(close|unmount|prefetch|attemptTo)[A-Z]/;

/**
 * Calls a method of the further file.
 * @throws ClerkRuntimeError `not_supported` where it has none of that name; `methods_not_loaded`
 */
export async function callFetched(owner: Owner, name: string, parameters: unknown[]): Promise<unknown> {
  const table = (await owner.resourceContext.loadMethods())[owner.pathRoot ?? 'Clerk'] ?? {};
  if (Object.hasOwn(table, name)) return table[name]!.call(owner as never, ...(parameters as never[]));
  throw new ClerkRuntimeError(`${name}() is not supported by clerk-lit yet`, { code: 'not_supported' });
}

/** Clerk's React packages look whether there is such a method before they call it. */
const seen = { __internal_updateProps: 0, __unstable__updateProps: 0 };

/**
 * Stands behind our classes: a method that they do not have themselves comes from the further file. One that is not there either rejects with
 * `not_supported` and says which one was called, instead of being "not a function". Components that are not there are in
 * `src/methods/missing.ts`.
 */
export const fetchedMethods: object = new Proxy(seen, {
  get: (target, name, receiver: Owner): unknown =>
    typeof name !== 'string'
      ? undefined
      : idle.test(name)
        ? () => undefined
        : verbs.test(name)
          ? (...parameters: unknown[]) => callFetched(receiver, name, parameters)
          : Reflect.get(target, name, receiver),
});
