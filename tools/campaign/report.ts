/** What campaigns have found, as lines on a terminal and as `docs/campaign-report.md`. */
import type { Machine } from '../bench/machine.ts';
import { number } from '../bench/table.ts';
import type { Outcome } from './jobs.ts';

/** A complete run, which may have been made in parts. */
export interface CampaignRun {
  machine: Machine;
  seed: number;
  outcomes: readonly Outcome[];
  /** Titles of those that are still to run. */
  missing: readonly string[];
}

/** One line: `✔ 2 Hostile metadata over HTTP, own database: 1,000 requests in 12 s (refused 804, p99 12 ms)`. */
export function describeOutcome(outcome: Outcome): string {
  const { title, duration, failure } = outcome;
  const details = detailsOf(outcome);
  return `${failure === undefined ? '✔' : '✖'} ${title}: ${sizeOf(outcome)} in ${number(Math.round(duration))} s${details && ` (${details})`}`;
}

const sizeOf = ({ size, unit }: Outcome) => `${number(size)} ${unit}`;

const detailsOf = ({ counts, figures }: Outcome) =>
  [
    ...Object.entries(counts).map(([what, value]) => `${what} ${number(value)}`),
    ...Object.entries(figures).map(([what, { value, unit }]) => `${what} ${number(value)}${unit && ` ${unit}`}`),
  ].join(', ');

/** The whole document, in Markdown. */
export function report({ machine, seed, outcomes, missing }: CampaignRun): string {
  const sorted = [...outcomes].sort((one, other) => one.row - other.row || one.title.localeCompare(other.title));
  const failed = sorted.filter(({ failure }) => failure !== undefined);
  const minutes = Math.round(sorted.reduce((sum, { duration }) => sum + duration, 0) / 60);
  return [
    '# Campaigns',
    'Written by `npm run campaign`, one complete run at full size. It may be made in parts (`-- --continue`): what has held is not run again while the code that it tries is the same. What each campaign does and what it promises is in its file in `test/faults/`; [security.md](security.md) says which promise it belongs to.',
    `Last part on ${machine.date}, seed ${seed}: ${machine.processor}, ${machine.cores} cores, ${machine.memory} GiB, ${machine.system}; Node ${machine.node}. All campaigns took ${number(minutes)} minutes, those that measure no time two at once.`,
    `**${sorted.length - failed.length} of ${sorted.length + missing.length} held, ${failed.length} broke, ${missing.length} are still to run.**`,
    ...(missing.length ? [`Not run yet with this code: ${missing.join('; ')}.`] : []),
    [
      '| Campaign | Size | Time | Commit | Result | Counts and figures |',
      '| --- | ---: | ---: | --- | --- | --- |',
      ...sorted.map(
        (outcome) =>
          `| ${outcome.title} | ${sizeOf(outcome)} | ${number(Math.round(outcome.duration))} s | ${outcome.commit} | ${outcome.failure === undefined ? 'held' : '**broken**'} | ${detailsOf(outcome)} |`,
      ),
    ].join('\n'),
    ...failed.flatMap(({ title, failure }) => [`## ${title}`, '```\n' + String(failure) + '\n```']),
  ]
    .join('\n\n')
    .concat('\n');
}
