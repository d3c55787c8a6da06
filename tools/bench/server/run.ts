/** The server's part: each route against its floor, round by round, on one PostgreSQL that keeps what it is given, as `npm start` has it. */
import { startOwnPostgres } from '../../../demo/server/store/own-postgres.ts';
import { createPublishableKey } from '../../../src/rules/publishable-key.ts';
import { freePort } from '../../../test/support/free-port.ts';
import { startChild } from '../processes.ts';
import type { Child } from '../processes.ts';
import { median, medianRatio, rotated } from '../statistics.ts';
import type { ApiOptions, ApiProcess } from './api-process.ts';
import type { FloorOptions } from './floor-process.ts';
import { load } from './load.ts';
import type { Load, Request } from './load.ts';
import { createRoutes } from './routes.ts';
import type { MeasuredRoute } from './routes.ts';
import { kindOf } from './statements.ts';
import type { StatementKind } from './statements.ts';

export interface RouteResult {
  route: Pick<MeasuredRoute, 'name' | 'title' | 'goal' | 'hashes'>;
  statements: StatementKind[];
  ours: Load;
  floor: Load;
  /** Of the rates, round by round. */
  ratio: number;
}

export interface ServerOptions {
  rounds: number;
  /** Of each round and contender. */
  seconds: number;
  connections: number;
  /** Part of the name of a route: only those are measured. */
  only?: string | undefined;
  /** Of the process of our API, such as `--cpu-prof`. */
  nodeOptions?: readonly string[];
  progress: (text: string) => void;
}

/** Counted by the database as in production, and never reached. */
const limit = { requests: 1_000_000, window: 3600 };

/** What the database says of itself, and what each route has reached. */
export async function measureServer(options: ServerOptions): Promise<{ postgres: string; routes: RouteResult[] }> {
  const postgres = await startOwnPostgres({ folder: 'temporary', log: () => undefined });
  const api = startChild('server/api-process.ts', options.nodeOptions);
  const floor = startChild('server/floor-process.ts');
  try {
    const databaseUrl = `postgres://postgres@/postgres?host=${encodeURIComponent(String(postgres.address.connection.host))}`;
    const port = await freePort();
    const running = await api.ask<ApiProcess>('start', {
      databaseUrl,
      port,
      publishableKey: createPublishableKey({ instanceType: 'production', frontendApi: `127.0.0.1:${port}` }),
      instance: { rate_limits: { create_sign_in: limit, create_sign_up: limit, attempt: limit, backend_api: limit, user_update: limit } },
    } satisfies ApiOptions);
    const all = await createRoutes(running, options.connections);
    const routes = all.filter(({ name }) => !options.only || name.includes(options.only));
    const counted = new Map<string, StatementKind[]>();
    for (const { name, requests } of routes) counted.set(name, await countStatements(api, requests));
    const { url, postgres: version } = await floor.ask<{ url: string; postgres: string }>('start', {
      databaseUrl,
      rows: options.connections,
      routes: Object.fromEntries(routes.map(({ name, hashes }) => [name, { hashes, statements: counted.get(name) ?? [] }])),
    } satisfies FloorOptions);
    const results = [];
    for (const route of routes) results.push(await measureRoute(route, { url, statements: counted.get(route.name) ?? [] }, options));
    return { postgres: version, routes: results };
  } finally {
    await api.stop();
    await floor.stop();
    await postgres.stop();
  }
}

/** Of the second request of a person: the first may have something to do that is done once. */
async function countStatements(api: Child, requests: readonly Request[]): Promise<StatementKind[]> {
  const [request] = requests;
  if (!request) return [];
  const { url, ...init } = request;
  await (await fetch(url, init)).text();
  await api.ask('record');
  const answer = await fetch(url, init);
  await answer.text();
  const statements = await api.ask<string[]>('recorded');
  if (process.env['BENCH_LOG']) console.error(url, statements);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return statements.map(kindOf);
}

async function measureRoute(
  route: MeasuredRoute,
  floor: { url: string; statements: StatementKind[] },
  { rounds, seconds, progress }: ServerOptions,
): Promise<RouteResult> {
  const floorRequests = route.requests.map((request, index) => ({ ...request, url: `${floor.url}/${route.name}/${index}` }));
  const contenders = [
    { requests: route.requests, loads: [] as Load[] },
    { requests: floorRequests, loads: [] as Load[] },
  ] as const;
  for (const { requests } of contenders) await load(requests, Math.min(seconds, 2));
  for (let round = 0; round < rounds; round++) {
    for (const { requests, loads } of rotated(contenders, round)) loads.push(await load(requests, seconds));
  }
  const [ours, bare] = contenders.map(({ loads }) => loads);
  if (!ours || !bare) throw new Error('Nothing was measured.');
  const rates = (loads: Load[]) => loads.map(({ rate }) => rate);
  const ratio = medianRatio(rates(ours), rates(bare));
  const middle = (loads: Load[]): Load => ({
    rate: median(rates(loads)),
    p50: median(loads.map(({ p50 }) => p50)),
    p99: median(loads.map(({ p99 }) => p99)),
  });
  const { name, title, goal, hashes } = route;
  progress(`${name}: ${Math.round(middle(ours).rate)} of ${Math.round(middle(bare).rate)} requests a second, ratio ${ratio.toFixed(2)}`);
  return {
    route: { name, title, hashes, ...(goal !== undefined && { goal }) },
    statements: floor.statements,
    ours: middle(ours),
    floor: middle(bare),
    ratio,
  };
}
