/** Reading requests: one meaning each, and limits before parsing (security.md, E7, D5). */
import { ApiError, parameterError } from './errors.ts';

/** Bytes (security.md §3). */
export const frontendApiBodyLimit = 64 * 1024;
export const backendApiBodyLimit = 256 * 1024;
const maximumFields = 200;

/**
 * The body as text.
 * @throws ApiError 400 if it breaks off, 413 if it is longer than `limit` bytes, 415 if it is compressed, 422 if it is not UTF-8.
 */
export async function readText(request: Request, limit: number): Promise<string> {
  if (request.headers.get('content-encoding')) throw unsupportedContentType('Send the body uncompressed.');
  const length = request.headers.get('content-length');
  if (Number(length ?? 0) > limit) throw bodyTooLarge(limit);
  return decodeUtf8(await readBytes(request, length, limit));
}

async function readBytes(request: Request, length: string | null, limit: number): Promise<Uint8Array> {
  try {
    // Node reads no more than the length that is given; what comes without one is counted while it comes, which costs more.
    return length === null ? await readAtMost(request.body, limit) : new Uint8Array(await request.arrayBuffer());
  } catch (error) {
    // The caller has gone. Node says it as of any connection, and that of the database would be our fault.
    throw error instanceof ApiError ? error : bodyIncomplete(error);
  }
}

async function readAtMost(body: Request['body'], limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > limit) {
      await reader?.cancel();
      throw bodyTooLarge(limit);
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}

/**
 * Pairs of a query or a form-encoded body, in order.
 * @throws ApiError 422 if a percent escape or the UTF-8 behind it is invalid; 400 if there are more than 200 fields.
 */
export function parseUrlEncoded(text: string): [name: string, value: string][] {
  const parts = text.split('&').filter(Boolean);
  if (parts.length > maximumFields) {
    throw new ApiError(400, {
      code: 'malformed_request_parameters',
      message: 'Too many parameters',
      longMessage: `A request may have at most ${maximumFields} parameters.`,
    });
  }
  return parts.map((part) => {
    const equals = part.indexOf('=');
    const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    return [decodeComponent(name), decodeComponent(value)];
  });
}

/** The query of a request, without `?`, as it was sent. */
export function rawQuery(url: string): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : (url.slice(start + 1).split('#')[0] ?? '');
}

function decodeComponent(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidEncoding();
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw invalidEncoding();
  }
}

const invalidEncoding = () =>
  new ApiError(422, {
    code: 'form_param_format_invalid',
    message: 'is not valid UTF-8',
    longMessage: 'The request holds bytes or percent escapes that are not valid UTF-8.',
  });

const bodyIncomplete = (cause: unknown) =>
  new ApiError(
    400,
    {
      code: 'request_body_incomplete',
      message: 'Request body incomplete',
      longMessage: 'The body of this request broke off before its end.',
    },
    { cause },
  );

const bodyTooLarge = (limit: number) =>
  new ApiError(413, {
    code: 'request_body_too_large',
    message: 'Request body too large',
    longMessage: `The body of this request may have at most ${limit} bytes.`,
  });

/** 415: a body of another type than the endpoint takes. */
export const unsupportedContentType = (longMessage: string) =>
  new ApiError(415, { code: 'unsupported_content_type', message: 'Content-Type is unsupported', longMessage });

/** 422: a field that has one value was given several times. */
export const duplicateParameter = (name: string) =>
  parameterError('form_param_duplicate', name, `${name} is included multiple times. There should only be one.`);
