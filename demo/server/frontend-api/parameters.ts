/** Reading a request of the Frontend API so that it has one meaning (security.md, E2, E7; dossier part 1, §2.4, §2.6). */
import type { Context } from 'hono';
import * as z from 'zod/mini';
import type { Method } from '../../../src/wire/endpoint.ts';
import { formTexts } from '../../../src/wire/form.ts';
import { ApiError, parameterError } from '../errors.ts';
import { duplicateParameter, frontendApiBodyLimit, parseUrlEncoded, rawQuery, readText, unsupportedContentType } from '../request-body.ts';
import type { AppEnvironment } from '../request-context.ts';
import { isOwnedByServer } from './owned-attributes.ts';

/** Parameters by name; a name may have been sent several times. */
export interface Parameters {
  readonly names: readonly string[];
  /**
   * The one value; an empty one counts.
   * @throws ApiError 422 `form_param_duplicate` if there are several.
   */
  one(name: string): string | undefined;
  /** All values, in order. */
  all(name: string): string[];
}

function parameters(text: string): Parameters {
  const pairs = parseUrlEncoded(text);
  const all = (name: string) => pairs.flatMap(([key, value]) => (key === name ? [value] : []));
  return {
    names: pairs.map(([name]) => name),
    one: (name) => {
      const [value, ...others] = all(name);
      if (others.length) throw duplicateParameter(name);
      return value;
    },
    all,
  };
}

export const readQuery = (c: Context<AppEnvironment>): Parameters => parameters(rawQuery(c.req.url));

/**
 * The method that is meant. Browsers send all but GET as POST with `_method`; the real methods are as good.
 * @throws ApiError 400 for `_method` with anything but PUT, PATCH or DELETE, on anything but POST, or twice.
 */
export function logicalMethod(c: Context<AppEnvironment>, query: Parameters): Method {
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
  const count = query.names.filter((name) => name === '_method').length;
  if (!count) return method as Method;
  const given = count === 1 ? query.one('_method') : undefined;
  if (method !== 'POST' || !(given === 'PUT' || given === 'PATCH' || given === 'DELETE')) {
    throw new ApiError(400, {
      code: 'malformed_request_parameters',
      message: 'Invalid _method',
      longMessage: '_method may be PUT, PATCH or DELETE, once, on a POST request.',
    });
  }
  return given;
}

/**
 * The form of a request, checked. Fields that this endpoint does not know are dropped, unless they name something that only the
 * server may set: then nothing of the request applies.
 *
 * @throws ApiError 413, 415, or 422 with the parameter.
 */
export async function readForm<Schema extends z.ZodMiniObject>(
  c: Context<AppEnvironment>,
  { method, query, schema }: { method: Method; query: Parameters; schema: Schema },
): Promise<z.infer<Schema>> {
  if (method === 'GET') return {} as z.infer<Schema>;
  const type = c.req.header('content-type');
  if (type !== undefined && !/^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type.trim())) {
    throw unsupportedContentType('Send the body as application/x-www-form-urlencoded.');
  }
  const text = await readText(c.req.raw, frontendApiBodyLimit);
  if (text && type === undefined) throw unsupportedContentType('Send a Content-Type: application/x-www-form-urlencoded.');
  const body = parameters(text);
  const known = Object.keys(schema.shape);
  const owned = [...query.names, ...body.names].find((name) => !known.includes(name) && isOwnedByServer(name));
  if (owned !== undefined) throw parameterError('form_param_unknown', owned, `${owned} is not a valid parameter for this request.`);
  const fields = known.flatMap((name) => {
    const value = schema.shape[name] === formTexts ? body.all(name) : body.one(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const result = z.safeParse(schema, Object.fromEntries(fields));
  if (result.success) return result.data;
  const name = String(result.error.issues[0]?.path[0]);
  throw parameterError('form_param_value_invalid', name, `${name} has a value that is not allowed.`);
}
