/** Paths into metadata, as fields name them: `address.city` is the member `city` of the member `address`. */
import { isJsonObject } from './merge-patch.ts';
import type { JsonObject } from './merge-patch.ts';

/** Member names from the root down; at least one, none empty. */
export type FieldPath = readonly string[];

/** Names that lead to prototypes in code that is less careful than ours (security.md B11). */
const refused = ['__proto__', 'prototype', 'constructor'];

/**
 * Reads the name of a field.
 * @throws SyntaxError that tells the page's developer what is wrong with the name
 * @example parseFieldPath('address.city') // ['address', 'city']
 */
export function parseFieldPath(name: string): FieldPath {
  const path = name.split('.');
  const segment = path.find((part) => !part || refused.includes(part));
  if (segment !== undefined) throw new SyntaxError(`The name "${name}" must not have the part "${segment}".`);
  return path;
}

/** The value at `path`, through own members of objects only; `undefined` where there is none. */
export function readAtPath(document: unknown, path: FieldPath): unknown {
  let value = document;
  for (const key of path) {
    if (!isJsonObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/**
 * A copy of `document` with `value` at `path`; what is in the way and no object gives way. Started from `{}` it is the merge patch
 * that changes this one value, and `null` stays, as merge patches need it.
 */
export function setAtPath(document: JsonObject, path: FieldPath, value: unknown): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return document;
  // Without a prototype no key is special.
  const copy = Object.assign(Object.create(null) as JsonObject, document);
  const inner = readAtPath(document, [key]);
  copy[key] = rest.length ? setAtPath(isJsonObject(inner) ? inner : {}, rest, value) : value;
  return copy;
}
