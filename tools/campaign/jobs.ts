/** Which campaigns run, at which size and where, and one of them in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { Campaign, Stage } from '../../test/faults/support/campaign.ts';

const child = fileURLToPath(new URL('child.mjs', import.meta.url));
const folder = new URL('../../test/faults/', import.meta.url);
const ending = '.campaign.ts';

/** A campaign at one size and on one stage. */
export interface Job {
  campaign: Campaign;
  /** Of campaigns that are told where to run. */
  stage: Stage | undefined;
  size: number;
  isFull: boolean;
  seed: number;
}

/** What came of a job, as it is kept. */
export interface Outcome extends Pick<Job, 'size' | 'seed'> {
  row: number;
  title: string;
  unit: string;
  /** Of the sources. */
  commit: string;
  /** Which of them it has tried: {@link codeOf}. */
  code: string;
  /** Seconds. */
  duration: number;
  counts: Record<string, number>;
  figures: Record<string, { value: number; unit: string }>;
  /** What was found, if something was. */
  failure: string | undefined;
}

/** Names of all campaigns there are. */
export async function campaignNames(): Promise<string[]> {
  return (await readdir(folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort();
}

/** Path of a campaign's source, from the project's folder. */
export const sourceOf = (name: string) => `test/faults/${name}${ending}`;

/** The jobs of these campaigns, in the order of security.md §5. */
export function jobsOf(campaigns: readonly Campaign[], { isFull, seed }: Pick<Job, 'isFull' | 'seed'>): Job[] {
  return [...campaigns]
    .sort((one, other) => one.row - other.row)
    .flatMap((campaign) => {
      const size = isFull ? campaign.sizes.full : campaign.sizes.ci;
      if (size === undefined) return [];
      return (campaign.stages ?? [undefined]).map((stage) => ({ campaign, stage, size, isFull, seed }));
    });
}

export const titleOf = ({ campaign, stage }: Pick<Job, 'campaign' | 'stage'>) =>
  `${campaign.row} ${campaign.title}${stage === undefined ? '' : stage === 'own' ? ', own database' : ', two processes'}`;

/**
 * @param file the compiled campaign
 * @param patience milliseconds; a campaign that takes longer hangs, and has failed
 */
export async function runJob(job: Job, file: string, patience: number): Promise<Omit<Outcome, 'commit' | 'code'>> {
  const start = performance.now();
  const order = JSON.stringify({ size: job.size, isFull: job.isFull, seed: job.seed, stage: job.stage });
  const runner = spawn(process.execPath, ['--enable-source-maps', child, pathToFileURL(file).href, order], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A group of its own, so that the servers of a campaign that hangs go with it.
    detached: true,
  });
  const endGroup = () => {
    try {
      process.kill(-(runner.pid ?? 0), 'SIGKILL');
    } catch {
      // Gone already.
    }
  };
  process.once('exit', endGroup);
  let said: Pick<Outcome, 'counts' | 'figures' | 'failure'> | undefined;
  let isLate = false;
  runner.on('message', (message) => void (said = message as typeof said));
  const timer = setTimeout(() => {
    isLate = true;
    endGroup();
  }, patience);
  const [code, signal] = (await once(runner, 'exit')) as [number | null, string | null];
  clearTimeout(timer);
  endGroup();
  process.removeListener('exit', endGroup);
  const duration = (performance.now() - start) / 1000;
  const ending = isLate ? `It took more than ${patience / 1000} s.` : `Its process ended with ${String(signal ?? code)}.`;
  const { size, seed, campaign } = job;
  return {
    row: campaign.row,
    title: titleOf(job),
    size,
    unit: campaign.unit,
    seed,
    duration,
    ...(said ?? { counts: {}, figures: {}, failure: ending }),
  };
}

/** Paths of the compiled campaigns by name. */
export const compiledPath = (outDir: string, name: string) => join(outDir, sourceOf(name).replace(/\.ts$/, '.mjs'));
