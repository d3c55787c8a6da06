/**
 * Request forms, as the server reads them: form-encoded text, one value per field (dossier part 1, §2.6).
 * The browser bundle never imports these values, so they cost it nothing.
 */
import * as z from 'zod/mini';

/** Optional text. An empty string means "clear" for nullable attributes. */
export const formText = /* @__PURE__ */ z.optional(/* @__PURE__ */ z.string());

/** Optional text that may be sent several times. */
export const formTexts = /* @__PURE__ */ z.optional(/* @__PURE__ */ z.array(/* @__PURE__ */ z.string()));

/** `true` / `false` as text. */
export const formFlag = /* @__PURE__ */ z.optional(
  /* @__PURE__ */ z.pipe(
    /* @__PURE__ */ z.string().check(/* @__PURE__ */ z.regex(/^(true|false|)$/)),
    /* @__PURE__ */ z.transform((value) => value === 'true'),
  ),
);

/** Fields by name. Unknown fields pass (new official clients send more) and are dropped. */
/* @__NO_SIDE_EFFECTS__ */
export const form = <Shape extends Record<string, z.ZodMiniType>>(shape: Shape) => z.object(shape);

/** A request without fields. */
export const emptyForm = /* @__PURE__ */ form({});
