/**
 * The network of a test page, watched and disturbed: requests go to the real API, unless a test cuts the line. Import it before
 * the core, which may take hold of `fetch` when it is evaluated.
 */

export interface SentRequest {
  method: string;
  /** Without the host. */
  path: string;
  /** The fields of a form. */
  form: Record<string, string>;
}

/** Changes the JSON of the real answers from a path. */
interface AnswerEdit {
  path: RegExp;
  change: (body: never) => unknown;
  /** In place of the answer's own. */
  status?: number;
  /** Beside the answer's own. */
  headers?: Record<string, string>;
  /** It is about refusals; otherwise they come back as they are. */
  refused?: boolean;
}

/** What happens to a request: `down` never leaves, `lost` arrives but its answer does not come back. No answer comes over a line that was cut meanwhile. */
type Line = 'up' | 'down' | 'lost';

const realFetch = window.fetch.bind(window);
let held: Promise<void> | undefined;
let release = (): void => undefined;

export const network = {
  line: 'up' as Line,
  /** Which requests the line is about; all by default. */
  affects: (_request: SentRequest): boolean => true,
  /** Requests since the last `reset()`, reads of the client and the environment left out. */
  requests: [] as SentRequest[],
  /** Answers that come back changed; for states that this API does not reach by itself. */
  edits: [] as AnswerEdit[],
  /** Keeps answers back until the function that it gives is called. */
  hold(): () => void {
    held = new Promise((resolve) => {
      release = () => {
        held = undefined;
        resolve();
      };
    });
    return release;
  },
  reset(): void {
    network.line = 'up';
    network.affects = () => true;
    network.requests = [];
    network.edits = [];
    release();
  },
};

window.fetch = async (input, init) => {
  const request = new Request(input, init);
  const url = new URL(request.url);
  if (!url.pathname.startsWith('/v1/')) return realFetch(input, init);
  const text = await request.clone().text();
  const sent: SentRequest = {
    // The core may write its method into the query, as Clerk's does.
    method: url.searchParams.get('_method') ?? request.method,
    path: url.pathname,
    form: Object.fromEntries(new URLSearchParams(text)),
  };
  if (!(sent.method === 'GET' && url.pathname === '/v1/client') && url.pathname !== '/v1/environment') {
    network.requests.push(sent);
  }
  const line = () => (network.affects(sent) ? network.line : 'up');
  if (line() === 'down') throw new TypeError('Failed to fetch');
  const answer = await realFetch(input, init);
  await held;
  if (line() !== 'up') throw new TypeError('Failed to fetch');
  const edits = network.edits.filter(({ path, refused = false }) => path.test(sent.path) && refused !== answer.ok);
  if (!edits.length) return answer;
  const body = (await answer.json()) as never;
  let { status } = answer;
  const headers = new Headers(answer.headers);
  for (const edit of edits) {
    edit.change(body);
    status = edit.status ?? status;
    for (const [name, value] of Object.entries(edit.headers ?? {})) headers.set(name, value);
  }
  return Response.json(body, { status, headers });
};
