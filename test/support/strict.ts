/**
 * The strict variant of the wire schemas: readers survive missing fields, writers must not leave them out. Every `maybe…` field of a
 * schema has to be in the answer, possibly as `null`.
 */
import assert from 'node:assert/strict';
import * as z from 'zod/mini';

/** The parts of a schema's definition that say what is inside. */
interface Definition {
  type: string;
  shape?: Record<string, z.ZodMiniType>;
  innerType?: z.ZodMiniType;
  element?: z.ZodMiniType;
}

const definition = (schema: z.ZodMiniType) => schema._zod.def as unknown as Definition;

/** A field that may be missing *and* may be `null` is one that a complete answer carries. */
const isMaybe = (schema: z.ZodMiniType): boolean => {
  const { type, innerType } = definition(schema);
  return type === 'optional' && innerType !== undefined && definition(innerType).type === 'nullable';
};

/** Paths of fields that an answer lacks. */
export function missingFields(schema: z.ZodMiniType, value: unknown, path = ''): string[] {
  if (value === null || value === undefined) return [];
  const { innerType, element, shape } = definition(schema);
  if (innerType) return missingFields(innerType, value, path);
  if (element) return (value as unknown[]).flatMap((item, index) => missingFields(element, item, `${path}[${index}]`));
  return Object.entries(shape ?? {}).flatMap(([name, field]) => {
    const here = path ? `${path}.${name}` : name;
    if (!Object.hasOwn(value, name)) return isMaybe(field) ? [here] : [];
    return missingFields(field, (value as Record<string, unknown>)[name], here);
  });
}

/** Fails unless the answer fits the schema and is complete. */
export function assertComplete(schema: z.ZodMiniType, value: unknown): void {
  const result = z.safeParse(schema, value);
  assert.ok(result.success, JSON.stringify(result.error?.issues));
  assert.deepEqual(missingFields(schema, value), []);
}
