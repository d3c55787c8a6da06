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

const create = /* @__NO_SIDE_EFFECTS__ */ (read: Schema['read']): Schema => ({
  read,
  safeParse(value) {
    try {
      return { success: true, data: read(value, []) };
    } catch (error) {
      return { success: false, error: error as Mismatch };
    }
  },
});

const check = /* @__NO_SIDE_EFFECTS__ */ (isValid: (value: unknown) => boolean) =>
  create((value, path) => {
    if (isValid(value)) return value;
    throw new Mismatch(path);
  });

const allow = /* @__NO_SIDE_EFFECTS__ */ (isAllowed: (value: unknown) => boolean, inner: Schema) =>
  create((value, path) => (isAllowed(value) ? value : inner.read(value, path)));

export const string = /* @__NO_SIDE_EFFECTS__ */ () => check((value) => typeof value === 'string');

export const number = /* @__NO_SIDE_EFFECTS__ */ () => check(Number.isFinite);

export const boolean = /* @__NO_SIDE_EFFECTS__ */ () => check((value) => typeof value === 'boolean');

export const optional = /* @__NO_SIDE_EFFECTS__ */ (inner: Schema) => allow((value) => value === undefined, inner);

export const nullable = /* @__NO_SIDE_EFFECTS__ */ (inner: Schema) => allow((value) => value === null, inner);

export const nullish = /* @__NO_SIDE_EFFECTS__ */ (inner: Schema) => allow((value) => value == null, inner);

export const array = /* @__NO_SIDE_EFFECTS__ */ (inner: Schema) =>
  create((value, path) => {
    if (Array.isArray(value)) return value.map((item, index) => inner.read(item, [...path, String(index)]));
    throw new Mismatch(path);
  });

/** Unknown members pass. */
export const looseObject = /* @__NO_SIDE_EFFECTS__ */ (shape: Record<string, Schema>) => ({
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

/** Request forms are the server's business: calls of these are dropped from the browser's files. */
export const unused = /* @__NO_SIDE_EFFECTS__ */ (..._parts: unknown[]) => string();
export { looseObject as object, unused as pipe, unused as regex, unused as transform };
