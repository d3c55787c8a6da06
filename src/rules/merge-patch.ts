/** JSON Merge Patch (RFC 7396): how metadata is merged, and the patch that leads from one document to another. */

/** A JSON object. Its keys belong to applications, so they are only ever read as own properties. */
export type JsonObject = Record<string, unknown>;

/** `true` for anything that JSON calls an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A prototype would make keys such as `toString` look present, and `__proto__` assignable. */
const emptyObject = (): JsonObject => Object.create(null) as JsonObject;

/**
 * The document after a merge patch: objects merge deeply, `null` removes a key, anything else replaces.
 * Neither argument is changed. Recursive: check the depth first (`metadata-limits.ts`).
 */
export function mergePatch(target: unknown, patch: JsonObject): JsonObject {
  const merged = emptyObject();
  if (isJsonObject(target)) for (const key of Object.keys(target)) merged[key] = target[key];
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    if (value === null) delete merged[key];
    else merged[key] = isJsonObject(value) ? mergePatch(merged[key], value) : value;
  }
  return merged;
}

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
