/** What campaigns have found, as lines on a terminal and as `docs/campaign-report.md`. */
import type { Machine } from '../bench/machine.ts';
import { number } from '../bench/table.ts';
import { titleOf } from './jobs.ts';
import type { Outcome } from './jobs.ts';

export interface CampaignRun {
  machine: Machine;
  seed: number;
  /** Minutes. */
  duration: number;
  outcomes: readonly Outcome[];
}

/** One line: `✔ 2 Hostile metadata over HTTP, own database: 1,000 requests in 12 s (refused 804, p99 12 ms)`. */
export function describeOutcome(outcome: Outcome): string {
  const { job, duration, failure } = outcome;
  const details = detailsOf(outcome);
  return `${failure === undefined ? '✔' : '✖'} ${titleOf(job)}: ${sizeOf(outcome)} in ${number(Math.round(duration))} s${details && ` (${details})`}`;
}

const sizeOf = ({ job }: Outcome) => `${number(job.size)} ${job.campaign.unit}`;

const detailsOf = ({ counts, figures }: Outcome) =>
  [
    ...Object.entries(counts).map(([what, value]) => `${what} ${number(value)}`),
    ...Object.entries(figures).map(([what, { value, unit }]) => `${what} ${number(value)}${unit && ` ${unit}`}`),
  ].join(', ');

/** The whole document, in Markdown. */
export function report({ machine, seed, duration, outcomes }: CampaignRun): string {
  const sorted = [...outcomes].sort((one, other) => one.job.campaign.row - other.job.campaign.row);
  const failed = sorted.filter(({ failure }) => failure !== undefined);
  return [
    '# Campaigns',
    'Written by `npm run campaign`, one complete run at full size. What each campaign does and what it promises is in its file in `test/faults/`; [security.md](security.md) says which promise it belongs to.',
    `Run on ${machine.date} in ${number(Math.round(duration))} minutes, at commit ${machine.commit}, seed ${seed}: ${machine.processor}, ${machine.cores} cores, ${machine.memory} GiB, ${machine.system}; Node ${machine.node}.`,
    `**${sorted.length - failed.length} of ${sorted.length} found nothing.**`,
    [
      '| Campaign | Size | Time | Result | Counts and figures |',
      '| --- | ---: | ---: | --- | --- |',
      ...sorted.map(
        (outcome) =>
          `| ${titleOf(outcome.job)} | ${sizeOf(outcome)} | ${number(Math.round(outcome.duration))} s | ${outcome.failure === undefined ? 'held' : '**broken**'} | ${detailsOf(outcome)} |`,
      ),
    ].join('\n'),
    ...failed.flatMap(({ job, failure }) => [`## ${titleOf(job)}`, '```\n' + String(failure) + '\n```']),
  ]
    .join('\n\n')
    .concat('\n');
}
