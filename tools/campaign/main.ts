/**
 * `npm run campaign [-- <name> …] [--ci] [--seed <number>]`: the campaigns of security.md §5, or those of these names, at full size, or at the
 * size of every change. A complete run at full size writes `docs/campaign-report.md`. Fails if any campaign has found something.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import type { Campaign } from '../../test/faults/support/campaign.ts';
import { describeMachine } from '../bench/machine.ts';
import { formatted } from '../generated.mjs';
import { compile } from '../test/compile.mjs';
import { sumLine, writeReport } from '../test-report/counts.mjs';
import { campaignNames, compiledPath, jobsOf, runJob, sourceOf, titleOf } from './jobs.ts';
import type { Job, Outcome } from './jobs.ts';
import { describeOutcome, report } from './report.ts';

const { values, positionals } = parseArgs({
  options: { ci: { type: 'boolean', default: false }, seed: { type: 'string' } },
  allowPositionals: true,
});
const isFull = !values.ci;
// The same for every change, so that a run can be compared with the one before; another one for each release, which finds more.
const seed = values.seed === undefined ? (isFull ? Date.now() % 2 ** 31 : 1) : Number(values.seed);
if (!Number.isSafeInteger(seed)) throw new Error('--seed: expected a whole number.');

/** Milliseconds: of the longest of each size, and some. */
const patience = isFull ? 4 * 3_600_000 : 180_000;
/** What waits for a browser, a disk or a database leaves room for a second one. */
const together = 2;

const known = await campaignNames();
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length) throw new Error(`There is no campaign ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
const names = positionals.length ? positionals : known;

const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, 'clerk-lit-campaigns-'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
try {
  const server = 'demo/server/main.ts';
  await compile([...names.map(sourceOf), server], folder);
  process.env['TEST_SERVER'] = join(folder, server.replace(/\.ts$/, '.mjs'));
  const campaigns = await Promise.all(
    names.map(async (name) => ((await import(pathToFileURL(compiledPath(folder, name)).href)) as { campaign: Campaign }).campaign),
  );
  await runAll(jobsOf(campaigns, { isFull, seed }));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function runAll(jobs: readonly Job[]): Promise<void> {
  const machine = describeMachine();
  const start = performance.now();
  console.log(`${jobs.length} campaigns at ${isFull ? 'full size' : 'the size of every change'}, seed ${seed}`);
  const outcomes: Outcome[] = [];
  const run = async (job: Job) => {
    const outcome = await runJob(job, compiledPath(folder, job.campaign.name), patience);
    outcomes.push(outcome);
    console.log(describeOutcome(outcome));
  };
  for (const job of jobs) if (job.campaign.isAlone) await run(job);
  // The last ones take longest: they begin first.
  const others = jobs.filter(({ campaign }) => !campaign.isAlone);
  const work = async () => {
    for (let job = others.pop(); job; job = others.pop()) await run(job);
  };
  await Promise.all(Array.from({ length: together }, work));

  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  for (const { job, failure } of failed) console.log(`\n✖ ${titleOf(job)}, seed ${job.seed}:\n${String(failure)}`);
  writeReport('campaigns', { passed: outcomes.length - failed.length, failed: failed.length });
  if (isFull && !positionals.length) {
    const path = 'docs/campaign-report.md';
    const text = report({ machine, seed, duration: (performance.now() - start) / 60_000, outcomes });
    await writeFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), await formatted(path, text));
    console.log(`Written to ${path}.`);
  }
  console.log(
    `Campaigns, in ${Math.round((performance.now() - start) / 1000)} s: ${sumLine({ passed: outcomes.length - failed.length, failed: failed.length })}`,
  );
  if (failed.length || !outcomes.length) process.exitCode = 1;
}
