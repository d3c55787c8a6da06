/**
 * `npm run bench [-- --quick] [--check] [--only browser|server] [--route part-of-a-name]`: our bundle, Clerk 6, Clerk 5 and a form written
 * by hand, and each route of the API against its floor, in one run. Writes `docs/benchmarks.md`, unless it is a quick or partial run. With
 * `--check` the exit code says whether all goals are met.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { compare, measure } from '../size/budgets.mjs';
import { measureBrowser } from './browser/run.ts';
import { browserGoals, serverGoals, sizeGoals } from './goals.ts';
import { describeMachine } from './machine.ts';
import { report } from './report.ts';
import { measureServer } from './server/run.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    only: { type: 'string' },
    route: { type: 'string' },
  },
});
const isQuick = values.quick;
const rounds = isQuick
  ? { fast: 1, slow: 1, server: 2, seconds: 2, connections: 16 }
  : { fast: 7, slow: 7, server: 5, seconds: 3, connections: 16 };
const root = new URL('../../', import.meta.url);
const progress = (text: string) => console.error(text);

const start = performance.now();
const machine = describeMachine();
const sizes = compare(await measure(fileURLToPath(new URL('dist/', root))));
const updates = isQuick ? { fast: 3, slow: 1 } : { fast: 15, slow: 3 };
const isWanted = (part: string) => values.only === undefined || values.only === part;
const browser = isWanted('browser') ? await measureBrowser({ rounds, updates, progress }) : undefined;
const server = isWanted('server')
  ? await measureServer({ rounds: rounds.server, seconds: rounds.seconds, connections: rounds.connections, only: values.route, progress })
  : undefined;
const goals = [...sizeGoals(sizes), ...(browser ? browserGoals(browser) : []), ...(server ? serverGoals(server.routes) : [])];

const target = new URL('docs/benchmarks.md', root);
const written = report({
  machine,
  duration: (performance.now() - start) / 60_000,
  isQuick,
  postgres: server?.postgres ?? 'as installed',
  rounds,
  goals,
  browser,
  server: server?.routes,
});
const text = await format(written, { ...(await resolveConfig(target)), parser: 'markdown' });
console.log(text);
if (!isQuick && browser && server && !values.route) {
  await writeFile(target, text);
  progress('Written to docs/benchmarks.md.');
}
if (values.check && goals.some(({ isMet }) => !isMet)) process.exitCode = 1;
