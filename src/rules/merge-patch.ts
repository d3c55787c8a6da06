/** JSON Merge Patch (RFC 7396): how metadata is merged. */

/** A JSON object. Its keys belong to applications, so they are only ever read as own properties. */
export type JsonObject = Record<string, unknown>;

/** `true` for anything that JSON calls an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A prototype would make keys such as `toString` look present, and `__proto__` assignable. */
export const emptyObject = (): JsonObject => Object.create(null) as JsonObject;

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
