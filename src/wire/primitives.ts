/**
 * The few schema shapes every wire file is made of.
 *
 * Reading is tolerant: only what we cannot do without is required, unknown keys and unknown enum members pass through.
 * Writing is strict: servers produce `Complete<…>` of the inferred type, and tests check it with `test/support/strict.ts`.
 */
import * as z from 'zod/mini';

/** Text we cannot do without. */
export const text = z.string();

/** A flag we cannot do without. */
export const flag = z.boolean();

/** A value that a complete answer always carries, possibly `null`, but whose absence a client survives. */
export const maybe = z.nullish;

/** Text, `null`, or missing. */
export const maybeText = maybe(text);

/** A flag, `null`, or missing. */
export const maybeFlag = maybe(flag);

/** A number, `null`, or missing. */
export const maybeNumber = maybe(z.number());

/** Milliseconds since 1970 (dossier part 1, §0.2), `null`, or missing. `0` never occurs on the wire. */
export const maybeTimestamp = maybe(z.number());

/** A list, `null`, or missing. */
export const maybeList = <Schema extends z.ZodMiniType>(schema: Schema) => maybe(z.array(schema));

/** What an answer carries only where there is something to say; a reader survives `null` all the same. */
/* @__NO_SIDE_EFFECTS__ */
export const seldom = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.nullable(z.optional(schema)) as unknown as z.ZodMiniOptional<Schema>;

/** A list of texts. */
export const maybeTexts = maybeList(text);

/** A list of things that this client does not know yet. */
export const maybeObjects = maybeList(z.looseObject({}));

/** An application-owned JSON document (metadata): passed through untouched. */
export const maybeDocument = maybe(z.looseObject({}));

/**
 * What a server writes: every `maybe…` field is present (though possibly `null`), only the plainly optional ones may lack.
 */
export type Complete<Shape> = Shape extends readonly (infer Item)[]
  ? Complete<Item>[]
  : Shape extends object
    ? { [Key in keyof Shape as null extends Shape[Key] ? Key : never]-?: Complete<Exclude<Shape[Key], undefined>> } & {
        [Key in keyof Shape as null extends Shape[Key] ? never : Key]: Complete<Shape[Key]>;
      }
    : Shape;

/** A string with known members that accepts any other one, so that a newer service never breaks an older page. */
export type OpenEnum<Known extends string> = Known | (string & {});
