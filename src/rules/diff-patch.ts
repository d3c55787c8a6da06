/** JSON Merge Patch (RFC 7396): the patch that leads from one document to another. */
import { emptyObject, isJsonObject } from './merge-patch.ts';
import type { JsonObject } from './merge-patch.ts';

/**
 * The smallest merge patch that leads from one document to another, without keys where they are equal.
 * A `null` member of `wanted` cannot be said in a merge patch: it comes out as "remove".
 */
export function diffPatch(current: JsonObject, wanted: JsonObject): JsonObject {
  const patch = emptyObject();
  for (const key of Object.keys(wanted)) {
    const before = Object.hasOwn(current, key) ? current[key] : undefined;
    const after = wanted[key];
    if (isJsonObject(before) && isJsonObject(after)) {
      const inner = diffPatch(before, after);
      if (Object.keys(inner).length) patch[key] = inner;
    } else if (!isSameJson(before, after)) {
      patch[key] = after;
    }
  }
  for (const key of Object.keys(current)) if (!Object.hasOwn(wanted, key)) patch[key] = null;
  return patch;
}

function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSameJson(item, b[index]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]));
}
