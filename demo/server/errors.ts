/** The one error that server code throws; `app.ts` turns it into the wire form and logs it (dossier part 1, §3.2). */

/** One item of the `errors` array. Texts are for people: they never quote a secret, a code or private metadata. */
export interface ApiErrorItem {
  code: string;
  message: string;
  longMessage?: string;
  /** snake_case, as on the wire. `param_name` tells a form which field is meant. */
  meta?: Record<string, unknown>;
}

/** An answer that is not 2xx. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly items: ApiErrorItem[];
  /** Seconds, sent as `Retry-After`. */
  readonly retryAfter: number | undefined;
  /** Beside `errors` in the body; the Frontend API carries the client here (dossier part 1, §3.2). */
  meta: Record<string, unknown> | undefined;

  constructor(
    status: number,
    items: ApiErrorItem | ApiErrorItem[],
    options: { retryAfter?: number; meta?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    const list = Array.isArray(items) ? items : [items];
    super(list.map((item) => item.code).join(', '), { cause: options.cause });
    this.status = status;
    this.items = list;
    this.retryAfter = options.retryAfter;
    this.meta = options.meta;
  }
}

/** An error about one request parameter (status 422 unless said otherwise). */
export function parameterError(code: string, parameter: string, message: string, status = 422): ApiError {
  return new ApiError(status, { code, message, longMessage: message, meta: { param_name: parameter } });
}

/** 404 `resource_not_found`: missing, or somebody else's. */
export function notFound(what = 'resource'): ApiError {
  return new ApiError(404, {
    code: 'resource_not_found',
    message: 'not found',
    longMessage: `The ${what} was not found. Check the id and the address of the request.`,
  });
}

/** 404 for a JWT template, as the hosted service says it. */
export function templateNotFound(attribute: 'id' | 'name', value: string): ApiError {
  return new ApiError(404, {
    code: 'resource_not_found',
    message: 'JWT template not found',
    longMessage: `No JWT template exists with ${attribute}: ${value}`,
  });
}

/** 401 `authentication_invalid`: no valid session. */
export function authenticationInvalid(): ApiError {
  return new ApiError(401, {
    code: 'authentication_invalid',
    message: 'Invalid authentication',
    longMessage: 'Unable to authenticate the request: sign in first.',
  });
}

/** 503 with `Retry-After`: the database is away, or too much is going on. */
export function serviceUnavailable(cause?: unknown): ApiError {
  return new ApiError(
    503,
    {
      code: 'service_unavailable',
      message: 'Service unavailable',
      longMessage: 'The service is unavailable at the moment. Please try again.',
    },
    { retryAfter: 1, cause },
  );
}

/** An answer without details: they are in the log, under the trace id. */
export function internalError(cause: unknown): ApiError {
  return new ApiError(
    500,
    {
      code: 'internal_clerk_error',
      message: 'Oops, an unexpected error occurred',
      longMessage: 'There was an internal error on our servers.',
    },
    { cause },
  );
}
