/**
 * `npm run campaign [-- <name> …] [--ci | --continue] [--seed <number>]`: the campaigns of security.md §5, or those of these names, at full
 * size, or at the size of every change. A complete run at full size writes `docs/campaign-report.md`; it takes hours, so `--continue` goes on
 * with the last one, or with these campaigns of it, and runs only what has not held with the code as it is now. Fails if any campaign has found
 * something.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import type { Campaign } from '../../test/faults/support/campaign.ts';
import { describeMachine } from '../bench/machine.ts';
import { compile } from '../test/compile.mjs';
import { sumLine, writeReport } from '../test-report/counts.mjs';
import { codeOf } from './code.ts';
import { campaignNames, compiledPath, jobsOf, runJob, sourceOf, titleOf } from './jobs.ts';
import type { Job, Outcome } from './jobs.ts';
import { isOf, readRecord, withOutcome, writeRecord } from './record.ts';
import { describeOutcome } from './report.ts';

const { values, positionals } = parseArgs({
  options: { ci: { type: 'boolean', default: false }, continue: { type: 'boolean', default: false }, seed: { type: 'string' } },
  allowPositionals: true,
});
const isFull = !values.ci;
if (values.ci && values.continue) throw new Error('--continue goes on with a run at full size: leave --ci out.');
const former = values.continue ? await readRecord() : undefined;
// The same for every change, so that a run can be compared with the one before; another one for each release, which finds more.
const seed = values.seed === undefined ? (former?.seed ?? (isFull ? Date.now() % 2 ** 31 : 1)) : Number(values.seed);
if (!Number.isSafeInteger(seed)) throw new Error('--seed: expected a whole number.');

/** Milliseconds: of the longest of each size, and some. */
const patience = isFull ? 4 * 3_600_000 : 300_000;
/** What waits for a browser, a disk or a database leaves room for a second one. */
const together = 2;

const known = await campaignNames();
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length) throw new Error(`There is no campaign ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
const isWanted = ({ campaign }: Job) => !positionals.length || positionals.includes(campaign.name);

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules/.cache');
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, 'clerk-lit-campaigns-'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
try {
  const server = 'demo/server/main.ts';
  const metafile = await compile([...known.map(sourceOf), server], folder);
  process.env['TEST_SERVER'] = join(folder, server.replace(/\.ts$/, '.mjs'));
  const campaigns = await Promise.all(
    known.map(async (name) => ((await import(pathToFileURL(compiledPath(folder, name)).href)) as { campaign: Campaign }).campaign),
  );
  const codes = new Map(
    await Promise.all(known.map(async (name) => [name, await codeOf(root, metafile, [sourceOf(name), server])] as const)),
  );
  await runAll(jobsOf(campaigns, { isFull, seed }), ({ campaign }) => codes.get(campaign.name) ?? '');
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** @param all of this size, from which those that are wanted run */
async function runAll(all: readonly Job[], codeOfJob: (job: Job) => string): Promise<void> {
  const machine = describeMachine();
  const start = performance.now();
  // What was found with other code says nothing about this one.
  const isCurrent = (outcome: Outcome) => all.some((job) => isOf(outcome, job, codeOfJob(job)));
  const held = (former?.outcomes ?? []).filter((outcome) => isCurrent(outcome) && outcome.failure === undefined).map(({ title }) => title);
  const isKept = isFull && (values.continue || !positionals.length);
  if (isKept && !former) await writeRecord({ seed, outcomes: [] }, machine, all);
  const jobs = all.filter((job) => isWanted(job) && !held.includes(titleOf(job)));
  console.log(`${jobs.length} campaigns at ${isFull ? 'full size' : 'the size of every change'}, seed ${seed}`);
  const outcomes: Outcome[] = [];
  let written = Promise.resolve();
  const run = async (job: Job) => {
    const { commit } = machine;
    const outcome = { ...(await runJob(job, compiledPath(folder, job.campaign.name), patience)), commit, code: codeOfJob(job) };
    outcomes.push(outcome);
    console.log(describeOutcome(outcome));
    if (!isKept) return;
    // At once, and into what is there by now: a run may end before its end, and others may go on with the same one.
    await (written = written.then(async () => {
      const outcomes = ((await readRecord())?.outcomes ?? []).filter(isCurrent);
      await writeRecord({ seed, outcomes: withOutcome(outcomes, outcome) }, machine, all);
    }));
  };
  for (const job of jobs) if (job.campaign.isAlone) await run(job);
  // The last ones take longest: they begin first.
  const others = jobs.filter(({ campaign }) => !campaign.isAlone);
  const work = async () => {
    for (let job = others.pop(); job; job = others.pop()) await run(job);
  };
  await Promise.all(Array.from({ length: together }, work));

  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  for (const { title, failure } of failed) console.log(`\n✖ ${title}, seed ${seed}:\n${String(failure)}`);
  writeReport('campaigns', { passed: outcomes.length - failed.length, failed: failed.length });
  const sum = sumLine({ passed: outcomes.length - failed.length, failed: failed.length });
  console.log(`Campaigns, in ${Math.round((performance.now() - start) / 1000)} s: ${sum}`);
  if (failed.length || (!outcomes.length && !held.length)) process.exitCode = 1;
}
