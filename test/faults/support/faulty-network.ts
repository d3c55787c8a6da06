/** A bad line between a page and the API: what is asked gets lost, late, twice, or comes back as something else. By a seed, the same each time. */
import type { BrowserContext, Route } from 'playwright-core';

const faults = ['none', 'dropped', 'delayed', 'cut after it arrived', 'sent twice', '503', 'HTML', 'half an answer'] as const;
export type Fault = (typeof faults)[number];

export interface FaultyNetwork {
  /** From 0 to 1: how much goes wrong. */
  badness: number;
  /** What was done to requests, in order: `PATCH /v1/me: dropped`. */
  readonly done: string[];
}

/** @param random from 0 up to, not including, 1 */
export async function spoilNetwork(context: BrowserContext, apiUrl: string, random: () => number): Promise<FaultyNetwork> {
  const network: FaultyNetwork = { badness: 0, done: [] };
  await context.route(`${apiUrl}/v1/**`, async (route: Route) => {
    const isSpoilt = random() < network.badness;
    const fault = isSpoilt ? (faults[Math.floor(random() * faults.length)] ?? 'none') : 'none';
    const url = new URL(route.request().url());
    const method = url.searchParams.get('_method') ?? route.request().method();
    if (fault !== 'none') network.done.push(`${method} ${url.pathname}: ${fault}`);
    try {
      await answer(route, fault, random);
    } catch {
      // The page has gone meanwhile, or the API with it.
      await route.abort().catch(() => undefined);
    }
  });
  return network;
}

async function answer(route: Route, fault: Fault, random: () => number): Promise<void> {
  if (fault === 'none') return route.continue();
  if (fault === 'dropped') return route.abort('connectionrefused');
  if (fault === 'delayed') {
    const pause = 50 + random() * 300;
    await new Promise((resolve) => setTimeout(resolve, pause));
    return route.continue();
  }
  // Whoever is not the API has not judged who asks either; pages may read it all the same, or they would only learn that it failed.
  const headers = {
    'access-control-allow-origin': (await route.request().headerValue('origin')) ?? '*',
    'access-control-allow-credentials': 'true',
  };
  // Half of them before the API has heard of it.
  if (fault === '503' && random() < 0.5)
    return route.fulfill({ status: 503, headers, body: '{"errors":[]}', contentType: 'application/json' });
  if (fault === 'HTML' && random() < 0.5)
    return route.fulfill({ status: 200, headers, body: '<h1>Welcome</h1>', contentType: 'text/html' });
  const response = await route.fetch();
  switch (fault) {
    case 'cut after it arrived':
      return route.abort('connectionreset');
    case 'sent twice':
      return route.fulfill({ response: await route.fetch() });
    case '503':
      return route.fulfill({ status: 503, headers, body: '{"errors":[]}', contentType: 'application/json' });
    case 'HTML':
      return route.fulfill({ status: 502, headers, body: '<h1>Bad gateway</h1>', contentType: 'text/html' });
    case 'half an answer': {
      const text = await response.text();
      return route.fulfill({ status: response.status(), headers, body: text.slice(0, text.length / 2), contentType: 'application/json' });
    }
  }
}
