/**
 * What the wire files use of `zod/mini`, with the same answers in a twelfth of the bytes. The build puts it in the place of
 * `zod/mini` in the browser's core; servers, tests and types use zod itself, and a test compares the two over every endpoint.
 *
 * A page makes a hundred schemas before it has asked the API anything, so each is one small object, and no function is made for it.
 */

/** The way to what is wrong in a value; `undefined` where nothing is. `part` is what the schema was made of. */
type Search = (value: unknown, part: never) => string[] | undefined;

/** The part of a zod schema that transport and resources use. */
class Schema {
  readonly shape: unknown;
  readonly #search: Search;

  constructor(search: Search, part?: unknown) {
    this.#search = search;
    this.shape = part;
  }

  findMismatch(value: unknown): string[] | undefined {
    return this.#search(value, this.shape as never);
  }

  /** Nothing of ours changes what it reads. */
  safeParse(data: unknown): { data?: unknown; error?: { issues: { path: string[] }[] } | undefined } {
    const path = this.findMismatch(data);
    return path ? { error: { issues: [{ path }] } } : { data };
  }
}

const ofType: Search = (value, type: string) => (typeof value === type ? undefined : []);

const unless =
  (isAllowed: (value: unknown) => boolean): Search =>
  (value, inner: Schema) =>
    isAllowed(value) ? undefined : inner.findMismatch(value);

/** In an object's members, or a list's items. */
const within =
  (isList: boolean): Search =>
  (value, part: Record<string, Schema> & Schema) => {
    if (Array.isArray(value) !== isList || Object(value) !== value) return [];
    let path: string[] | undefined;
    Object.keys(isList ? (value as object) : part).some((name) =>
      (path = (isList ? part : part[name]!).findMismatch((value as Record<string, unknown>)[name]))?.unshift(name),
    );
    return path;
  };
const inList = within(true);
const inObject = within(false);
const unlessAbsent = unless((value) => value === undefined);
const unlessNull = unless((value) => value === null);
const unlessNullish = unless((value) => value == null);

export const string = /* @__NO_SIDE_EFFECTS__ */ () => new Schema(ofType, 'string');

export const number = /* @__NO_SIDE_EFFECTS__ */ () => new Schema(ofType, 'number');

export const boolean = /* @__NO_SIDE_EFFECTS__ */ () => new Schema(ofType, 'boolean');

export const optional = /* @__NO_SIDE_EFFECTS__ */ (inner: Schema) => new Schema(unlessAbsent, inner);

export const nullable = /* @__NO_SIDE_EFFECTS__ */ (inner: Schema) => new Schema(unlessNull, inner);

export const nullish = /* @__NO_SIDE_EFFECTS__ */ (inner: Schema) => new Schema(unlessNullish, inner);

export const array = /* @__NO_SIDE_EFFECTS__ */ (inner: Schema) => new Schema(inList, inner);

/** Unknown members pass. */
export const looseObject = /* @__NO_SIDE_EFFECTS__ */ (shape: Record<string, Schema>) => new Schema(inObject, shape);

/** What is added is for servers alone: the browser lets it pass as it does all that is unknown. */
export const extend = /* @__NO_SIDE_EFFECTS__ */ (schema: ReturnType<typeof looseObject>, _more: object) => schema;

/** Request forms are the server's business: calls of these are dropped from the browser's files. */
export const unused = /* @__NO_SIDE_EFFECTS__ */ (..._parts: unknown[]) => string();
export { looseObject as object, unused as pipe, unused as regex, unused as transform };
