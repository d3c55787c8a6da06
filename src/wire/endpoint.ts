/** Endpoints as data: the client calls them, the server's router walks them, the contract tests iterate over them. */
import type * as z from 'zod/mini';

/** Logical methods. Anything but GET travels as POST with `_method` (dossier part 1, §2.4). */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of the Frontend API. */
export interface Endpoint<Schema extends z.ZodMiniType = z.ZodMiniType, Path extends string = string> {
  readonly method: Method;
  /** Path below `/v1`, with named parameters: `/client/sessions/:sessionId/touch`. */
  readonly path: Path;
  /** Schema of the resource in the answer (inside the envelope, if there is one). */
  readonly response: Schema;
  /** `true`: the bare resource. Otherwise `{ response, client }` (dossier part 1, §3.1). */
  readonly plain: boolean;
}

/** The parsed resource that an endpoint answers with. */
export type ResponseOf<E> = E extends Endpoint<infer Schema> ? z.infer<Schema> : never;

/** The named parameters in an endpoint's path. */
export type PathParametersOf<E> = E extends Endpoint<z.ZodMiniType, infer Path> ? Record<NamesIn<Path>, string> : never;

type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** An operation whose answer is wrapped: `{ response: resource, client }`. */
/* @__NO_SIDE_EFFECTS__ */
export const wrapped = <Schema extends z.ZodMiniType, const Path extends string>(
  method: Method,
  path: Path,
  response: Schema,
): Endpoint<Schema, Path> => ({ method, path, response, plain: false });

/** An operation whose answer is the bare resource. */
/* @__NO_SIDE_EFFECTS__ */
export const plain = <Schema extends z.ZodMiniType, const Path extends string>(
  method: Method,
  path: Path,
  response: Schema,
): Endpoint<Schema, Path> => ({ method, path, response, plain: true });
