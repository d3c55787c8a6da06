/** What a complete run has found so far: `docs/campaign-report.json`, from which `docs/campaign-report.md` is written. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Machine } from '../bench/machine.ts';
import { formatted } from '../generated.mjs';
import { titleOf } from './jobs.ts';
import type { Job, Outcome } from './jobs.ts';
import { report } from './report.ts';

export interface CampaignRecord {
  seed: number;
  outcomes: Outcome[];
}

const path = (ending: 'json' | 'md') => `docs/campaign-report.${ending}`;
const place = (ending: 'json' | 'md') => fileURLToPath(new URL(`../../${path(ending)}`, import.meta.url));

/** The last run's; `undefined` if there was none. */
export async function readRecord(): Promise<CampaignRecord | undefined> {
  const text = await readFile(place('json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as CampaignRecord);
}

/** What was found at this size with the code as it is now. */
export const isOf = (outcome: Outcome, job: Job, code: string) =>
  outcome.title === titleOf(job) && outcome.size === job.size && outcome.code === code;

/** With this outcome in the place of a former one. */
export const withOutcome = (outcomes: readonly Outcome[], outcome: Outcome) => [
  ...outcomes.filter(({ title }) => title !== outcome.title),
  outcome,
];

/** @param jobs all of a complete run; what is not in the record is still to run */
export async function writeRecord(record: CampaignRecord, machine: Machine, jobs: readonly Job[]): Promise<void> {
  const missing = jobs.map(titleOf).filter((name) => !record.outcomes.some(({ title }) => title === name));
  await writeFile(place('json'), await formatted(path('json'), JSON.stringify(record)));
  await writeFile(place('md'), await formatted(path('md'), report({ machine, ...record, missing })));
}
