/** What went wrong in an action, read from whatever was thrown. Errors are told apart by their shape: two copies of a script may share a page. */

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

interface ThrownItem {
  code?: unknown;
  message?: unknown;
  longMessage?: unknown;
  meta?: { paramName?: unknown; sessionId?: unknown } | null;
}

interface Thrown {
  errors?: unknown;
  status?: unknown;
  code?: unknown;
  retryAfter?: unknown;
}

/** Seconds to wait where the API says "too many requests" and no more. */
const defaultWait = 30;

const textOf = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

/** `email_address` → `emailAddress`, as fields are called. */
export const fieldOf = (param: string) => param.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());

/** Reads anything thrown by the core: API errors (`errors`), `network_error`, `clerk_offline`, and the unexpected. */
export function problemOf(error: unknown): Problem {
  const thrown = (typeof error === 'object' && error ? error : {}) as Thrown;
  const status = typeof thrown.status === 'number' ? thrown.status : 0;
  if (!Array.isArray(thrown.errors) || thrown.errors.length === 0) {
    const code = textOf(thrown.code);
    const known = code === 'network_error' || code === 'clerk_offline';
    return { items: [{ code: known ? code : 'unexpected' }], temporary: true, retryAfter: 0 };
  }
  const list = thrown.errors as ThrownItem[];
  const tooMany = status === 429;
  const wait = typeof thrown.retryAfter === 'number' ? thrown.retryAfter : defaultWait;
  return {
    items: list.map(({ code, message, longMessage, meta }) => {
      const param = textOf(meta?.paramName);
      return {
        code: textOf(code) ?? (tooMany ? 'too_many_requests' : 'unexpected'),
        param,
        field: param && fieldOf(param),
        message: textOf(message),
        longMessage: textOf(longMessage),
      };
    }),
    temporary: status >= 500,
    retryAfter: tooMany ? Math.max(1, Math.ceil(wait)) : 0,
    sessionId: list.map(({ meta }) => textOf(meta?.sessionId)).find(Boolean),
  };
}

/** Whether the API answered with one of these codes. */
export const hasCode = (error: unknown, ...codes: string[]): boolean =>
  problemOf(error).items.some(({ code }) => codes.includes(code));

/** A failure of our own making, in the shape of the API's: fields by parameter name. */
export const localProblem = (items: { code: string; param: string; longMessage?: string | undefined }[]) => ({
  errors: items.map(({ code, param, longMessage }) => ({ code, longMessage, meta: { paramName: param } })),
});
