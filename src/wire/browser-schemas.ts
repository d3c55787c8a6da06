/**
 * What the wire files use of `zod/mini`, with the same answers in a twelfth of the bytes. The build puts it in the place of
 * `zod/mini` in the browser's core; servers, tests and types use zod itself, and a test compares the two over every endpoint.
 */

/** The part of a zod schema that the transport calls. */
interface Schema {
  read(value: unknown, path: string[]): unknown;
  safeParse(value: unknown): { success: true; data: unknown } | { success: false; error: Mismatch };
}

/** Where a value is not what it should be. */
class Mismatch extends Error {
  readonly issues: { path: string[] }[];

  constructor(path: string[]) {
    super();
    this.issues = [{ path }];
  }
}

/* @__NO_SIDE_EFFECTS__ */
const create = (read: Schema['read']): Schema => ({
  read,
  safeParse(value) {
    try {
      return { success: true, data: read(value, []) };
    } catch (error) {
      return { success: false, error: error as Mismatch };
    }
  },
});

/* @__NO_SIDE_EFFECTS__ */
const check = (isValid: (value: unknown) => boolean) =>
  create((value, path) => {
    if (isValid(value)) return value;
    throw new Mismatch(path);
  });

/* @__NO_SIDE_EFFECTS__ */
const allow = (isAllowed: (value: unknown) => boolean, inner: Schema) =>
  create((value, path) => (isAllowed(value) ? value : inner.read(value, path)));

/* @__NO_SIDE_EFFECTS__ */
export const string = () => check((value) => typeof value === 'string');

/* @__NO_SIDE_EFFECTS__ */
export const number = () => check(Number.isFinite);

/* @__NO_SIDE_EFFECTS__ */
export const boolean = () => check((value) => typeof value === 'boolean');

/* @__NO_SIDE_EFFECTS__ */
export const optional = (inner: Schema) => allow((value) => value === undefined, inner);

/* @__NO_SIDE_EFFECTS__ */
export const nullable = (inner: Schema) => allow((value) => value === null, inner);

/* @__NO_SIDE_EFFECTS__ */
export const nullish = (inner: Schema) => allow((value) => value == null, inner);

/* @__NO_SIDE_EFFECTS__ */
export const array = (inner: Schema) =>
  create((value, path) => {
    if (Array.isArray(value)) return value.map((item, index) => inner.read(item, [...path, String(index)]));
    throw new Mismatch(path);
  });

/** Unknown members pass. */
/* @__NO_SIDE_EFFECTS__ */
export const looseObject = (shape: Record<string, Schema>) => ({
  shape,
  ...create((value, path) => {
    if (typeof value !== 'object' || !value || Array.isArray(value)) throw new Mismatch(path);
    const result: Record<string, unknown> = { ...value };
    for (const key in shape) {
      const member = shape[key]!.read(result[key], [...path, key]);
      if (member !== undefined) result[key] = member;
    }
    return result;
  }),
});

/** Forms are the server's business: whatever the browser's core still refers to by this name is never called. */
export { looseObject as object };
