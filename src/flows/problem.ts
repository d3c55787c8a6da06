/** What went wrong in an action, read from whatever was thrown. Errors are told apart by their shape: two copies of a script may share a page. */
import { camelCase } from '../rules/names.ts';

/** One error, as the API words it. */
export interface ProblemItem {
  code: string;
  /** The parameter it is about, as on the wire: `email_address`. */
  param?: string | undefined;
  /** The form field of that parameter: `emailAddress`. */
  field?: string | undefined;
  message?: string | undefined;
  longMessage?: string | undefined;
}

export interface Problem {
  items: ProblemItem[];
  /** The same request may work when it is simply sent again: no answer, or the API's own failure. */
  temporary: boolean;
  /** Whole seconds to wait, after too many requests. */
  retryAfter: number;
  /** Where a person who is signed in already has a session to go on with. */
  sessionId?: string | undefined;
}

/** What the core throws: an answer of the API, or a failure with a code. */
interface Thrown {
  errors?: { code?: string; message?: string; longMessage?: string; meta?: { paramName?: string; sessionId?: string } | null }[];
  status?: number;
  code?: string;
  retryAfter?: number;
}

/** Seconds to wait where the API says "too many requests" and no more. */
const defaultWait = 30;

/** Reads anything thrown by the core: API errors (`errors`), `network_error`, `clerk_offline`, and the unexpected. */
export function problemOf(error: unknown): Problem {
  const { errors, status = 0, code: failure, retryAfter = defaultWait } = (error ?? {}) as Thrown;
  const tooMany = status === 429;
  const unknown = tooMany ? 'too_many_requests' : 'unexpected';
  const list = errors?.length ? errors : [{ code: failure ?? unknown }];
  return {
    items: list.map(({ code = unknown, message, longMessage, meta }) => {
      const param = meta?.paramName;
      return { code, param, field: param && camelCase(param), message, longMessage };
    }),
    temporary: !errors || status >= 500,
    retryAfter: tooMany ? Math.max(1, Math.ceil(retryAfter)) : 0,
    sessionId: list.find(({ meta }) => meta?.sessionId)?.meta?.sessionId,
  };
}

/** Whether the API answered with one of these codes. */
export const hasCode = (error: unknown, ...codes: string[]): boolean => problemOf(error).items.some(({ code }) => codes.includes(code));

/** A failure of our own making, in the shape of the API's: the parameter of this name has no value. */
export const missingField = (paramName: string, code = 'form_param_nil') => ({ errors: [{ code, meta: { paramName } }] });
