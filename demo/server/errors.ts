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

  constructor(status: number, items: ApiErrorItem | ApiErrorItem[], options: { retryAfter?: number; cause?: unknown } = {}) {
    const list = Array.isArray(items) ? items : [items];
    super(list.map((item) => item.code).join(', '), { cause: options.cause });
    this.status = status;
    this.items = list;
    this.retryAfter = options.retryAfter;
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

/** 401 `authentication_invalid`: no valid session. */
export function authenticationInvalid(): ApiError {
  return new ApiError(401, {
    code: 'authentication_invalid',
    message: 'Invalid authentication',
    longMessage: 'Unable to authenticate the request: sign in first.',
  });
}
