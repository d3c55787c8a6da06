/** JSON bodies of the Backend API, read field by field. Fields that are not asked for are ignored. */
import type { Context } from 'hono';
import { isJsonObject } from '../../../src/rules/merge-patch.ts';
import type { JsonObject } from '../../../src/rules/merge-patch.ts';
import { parseExactJson } from '../../../src/rules/metadata-limits.ts';
import { ApiError, parameterError } from '../errors.ts';
import { backendApiBodyLimit, readText, unsupportedContentType } from '../request-body.ts';
import type { AppEnvironment } from '../request-context.ts';

/** A body being read. A method gives `undefined` where the field is missing, `null` where it is null or empty text. */
export interface Body {
  has(name: string): boolean;
  /** As it was sent. */
  raw(name: string): unknown;
  text(name: string, maximumLength?: number): string | null | undefined;
  flag(name: string): boolean | undefined;
  wholeNumber(name: string): number | null | undefined;
  /** A list of texts; a single text counts as a list of one. */
  texts(name: string): string[];
  /** RFC 3339 text, as milliseconds since 1970. */
  time(name: string): number | null | undefined;
}

/**
 * Reads the body; none at all is an empty one.
 * @throws ApiError 400 `request_body_invalid`, 413, 415, 422.
 */
export async function readBody(c: Context<AppEnvironment>): Promise<Body> {
  const body = await readJson(c);
  if (!isJsonObject(body)) throw bodyInvalid('The request body must be a JSON object.');
  return createBody(body);
}

/**
 * Reads a body that is a list.
 * @throws ApiError also 422 for a list of none, or of more than `maximum`.
 */
export async function readBodies(c: Context<AppEnvironment>, maximum: number): Promise<Body[]> {
  const list = await readJson(c);
  if (!Array.isArray(list) || !list.every(isJsonObject)) throw bodyInvalid('The request body must be a JSON array of objects.');
  if (list.length >= 1 && list.length <= maximum) return list.map(createBody);
  const message = `The request body must have from 1 to ${maximum} entries.`;
  throw new ApiError(422, { code: 'form_param_array_size_exceeded', message, longMessage: message });
}

async function readJson(c: Context<AppEnvironment>): Promise<unknown> {
  const text = await readText(c.req.raw, backendApiBodyLimit);
  if (!text) return {};
  // Version 1 of Clerk's Go SDK sends JSON without saying that it is.
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? 'application/json'))
    throw unsupportedContentType('Send the body as application/json.');
  try {
    return parseExactJson(text);
  } catch {
    throw bodyInvalid('The request body is not valid JSON.');
  }
}

function createBody(body: JsonObject): Body {
  const raw = (name: string) => (Object.hasOwn(body, name) ? body[name] : undefined);
  const text: Body['text'] = (name, maximumLength = 256) => {
    const value = raw(name);
    if (value === undefined) return undefined;
    if (value === null || value === '') return null;
    if (typeof value !== 'string') throw wrongType(name, 'text');
    if (/\p{Surrogate}|\0/u.test(value))
      throw parameterError('form_param_format_invalid', name, `${name} holds a character that cannot be stored.`);
    if (value.length > maximumLength) {
      throw parameterError('form_param_max_length_exceeded', name, `${name} must be ${maximumLength} characters or less.`);
    }
    return value;
  };
  return {
    has: (name) => raw(name) !== undefined,
    raw,
    text,
    flag: (name) => {
      const value = raw(name);
      if (value === undefined || value === null) return undefined;
      if (typeof value !== 'boolean') throw wrongType(name, 'true or false');
      return value;
    },
    wholeNumber: (name) => {
      const value = raw(name);
      if (value === undefined || value === null) return value;
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrongType(name, 'a whole number');
      return value;
    },
    texts: (name) => {
      const value = raw(name) ?? [];
      const list: unknown[] = Array.isArray(value) ? value : [value];
      if (!list.every((item) => typeof item === 'string')) throw wrongType(name, 'a list of texts');
      return list;
    },
    time: (name) => {
      const value = text(name);
      if (!value) return value as null | undefined;
      const time = Date.parse(value);
      if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value) || !(time > 0)) {
        throw parameterError('form_param_invalid_time', name, `${name} must be a time such as 2025-11-10T12:00:00Z.`);
      }
      return time;
    },
  };
}

const bodyInvalid = (longMessage: string) =>
  new ApiError(400, { code: 'request_body_invalid', message: 'Request body invalid', longMessage });
const wrongType = (name: string, expected: string) => parameterError('form_param_type_invalid', name, `${name} must be ${expected}.`);
