/**
 * What the wire files use of `zod/mini`, with the same answers in a twelfth of the bytes. The build puts it in the place of
 * `zod/mini` in the browser's core; servers, tests and types use zod itself, and a test compares the two over every endpoint.
 */

/** The part of a zod schema that the transport calls. */
interface Schema {
  /** @throws Mismatch */
  check(value: unknown, path: string[]): void;
  safeParse(value: unknown): { success: boolean; data?: unknown; error?: Mismatch };
}

/** Where a value is not what it should be. */
class Mismatch extends Error {
  readonly issues: { path: string[] }[];

  constructor(path: string[]) {
    super();
    this.issues = [{ path }];
  }
}

/** Nothing of ours changes what it reads. */
const create = /* @__NO_SIDE_EFFECTS__ */ (isValid: (value: unknown) => boolean, check: Schema['check'] = () => undefined): Schema => ({
  check(value, path) {
    if (!isValid(value)) throw new Mismatch(path);
    check(value, path);
  },
  safeParse(value) {
    try {
      this.check(value, []);
      return { success: true, data: value };
    } catch (error) {
      return { success: false, error: error as Mismatch };
    }
  },
});

const allow = /* @__NO_SIDE_EFFECTS__ */ (isAllowed: (value: unknown) => boolean, inner: Schema) =>
  create(
    () => true,
    (value, path) => isAllowed(value) || inner.check(value, path),
  );

export const string = /* @__NO_SIDE_EFFECTS__ */ () => create((value) => typeof value === 'string');

export const number = /* @__NO_SIDE_EFFECTS__ */ () => create(Number.isFinite);

export const boolean = /* @__NO_SIDE_EFFECTS__ */ () => create((value) => typeof value === 'boolean');

export const optional = /* @__NO_SIDE_EFFECTS__ */ (inner: Schema) => allow((value) => value === undefined, inner);

export const nullable = /* @__NO_SIDE_EFFECTS__ */ (inner: Schema) => allow((value) => value === null, inner);

export const nullish = /* @__NO_SIDE_EFFECTS__ */ (inner: Schema) => allow((value) => value == null, inner);

export const array = /* @__NO_SIDE_EFFECTS__ */ (inner: Schema) =>
  create(Array.isArray, (value, path) => (value as unknown[]).forEach((item, index) => inner.check(item, [...path, String(index)])));

/** Unknown members pass. */
export const looseObject = /* @__NO_SIDE_EFFECTS__ */ (shape: Record<string, Schema>) => ({
  shape,
  ...create(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    (value, path) => {
      for (const key in shape) shape[key]!.check((value as Record<string, unknown>)[key], [...path, key]);
    },
  ),
});

/** Request forms are the server's business: calls of these are dropped from the browser's files. */
export const unused = /* @__NO_SIDE_EFFECTS__ */ (..._parts: unknown[]) => string();
export { looseObject as object, unused as pipe, unused as regex, unused as transform };
