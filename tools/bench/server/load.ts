/** Load on a route: so many connections, each with a request of its own that it repeats. */
import autocannon from 'autocannon';

export interface Request {
  url: string;
  method: 'GET' | 'POST' | 'PATCH';
  headers: Record<string, string>;
  body?: string;
}

export interface Load {
  /** Answers a second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** @throws Error if anything but success was answered: what fails fast would look good. */
export async function load(requests: readonly Request[], seconds: number): Promise<Load> {
  const [first] = requests;
  if (!first) throw new Error('There is nothing to ask for.');
  let connection = 0;
  const result = await autocannon({
    url: new URL(first.url).origin,
    connections: requests.length,
    duration: seconds,
    setupClient: (client) => {
      const { url, ...request } = requests[connection++ % requests.length] ?? first;
      const { pathname, search } = new URL(url);
      client.setRequests([{ ...request, path: pathname + search }]);
    },
  });
  const failures = result.non2xx + result.errors + result.timeouts;
  if (failures) throw new Error(`${failures} requests to ${first.url} failed: ${JSON.stringify(result.statusCodeStats)}`);
  return { rate: result['2xx'] / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}
