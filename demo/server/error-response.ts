/** Errors as answers (dossier part 1, §3.2). */
import { ApiError, internalError, serviceUnavailable } from './errors.ts';
import { isDatabaseUnavailable } from './store/database.ts';

/** What any failure means to the caller. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return isDatabaseUnavailable(error) ? serviceUnavailable(error) : internalError(error);
}

/** Headers and body, as of every answer of an API (security.md, E3). The content type is exactly `application/json`: backend SDKs read nothing else as JSON (dossier part 1, §9.1). */
export function errorResponse(error: ApiError, traceId: string): Response {
  const errors = error.items.map(({ code, message, longMessage, meta }) => ({
    code,
    message,
    long_message: longMessage ?? message,
    ...(meta && { meta }),
  }));
  const body = { errors, clerk_trace_id: traceId, ...(error.meta && { meta: error.meta }) };
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  };
  if (error.retryAfter !== undefined) headers['retry-after'] = String(error.retryAfter);
  return new Response(JSON.stringify(body), { status: error.status, headers });
}
