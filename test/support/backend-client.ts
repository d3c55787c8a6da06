/** A backend without an SDK: plain requests to the Backend API, so that a test sees status, headers and body as they are. */

export interface BackendAnswer {
  status: number;
  headers: Headers;
  /** Parsed JSON. */
  body: any;
}

export interface BackendRequest {
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
  /** `Clerk-API-Version`. */
  version?: string;
  headers?: Record<string, string>;
}

export type BackendCall = (method: string, path: string, request?: BackendRequest) => Promise<BackendAnswer>;

/** @param api where it is and its key; `path` of a call is below `/v1`. */
export function createBackendClient(api: { backendUrl: string; secretKey: string }): BackendCall {
  return async (method, path, { body, version, headers } = {}) => {
    const response = await fetch(`${api.backendUrl}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${api.secretKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'clerk-api-version': version }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
  };
}

/** What a refusal says, in the order of its items: `form_param_unknown username`. */
export function refusals({ body }: BackendAnswer): string[] {
  const items = body.errors as { code: string; meta?: { param_name?: string } }[];
  return items.map(({ code, meta }) => [code, meta?.param_name].filter(Boolean).join(' '));
}
