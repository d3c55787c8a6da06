/** The measured goals of the project (docs/benchmarks.md says what each means), and whether a run meets them. */
import { budgets } from '../size/budgets.mjs';
import type { BrowserResult, Loads } from './browser/run.ts';
import type { PageLoad, Profile } from './browser/page-load.ts';
import { contenders } from './browser/contenders.ts';
import type { Row } from '../size/budgets.mjs';
import type { RouteResult } from './server/run.ts';
import { median, medianRatio } from './statistics.ts';
import { kilobytes, milliseconds, number, percent } from './table.ts';

/** Limits: milliseconds, ratios, bytes. */
export const limits = { usable: 1100, usableRatio: 0.3, longTasks: 0, heap: 0.5 * 1024 * 1024, updateRequests: 1, serverRatio: 0.6 };

export interface Goal {
  what: string;
  goal: string;
  measured: string;
  isMet: boolean;
}

const atMost = (what: string, value: number, limit: number, write: (value: number) => string): Goal => ({
  what,
  goal: `≤ ${write(limit)}`,
  measured: write(value),
  isMet: value <= limit,
});

/** Of the built files (`npm run size`). */
export function sizeGoals({ rows, mistakes }: { rows: readonly Row[]; mistakes: readonly string[] }): Goal[] {
  const [core, , card, ...further] = rows;
  if (!core || !card) return [{ what: 'built files', goal: 'are there', measured: mistakes.join('; '), isMet: false }];
  const largest = Math.max(...further.map(({ bytes }) => bytes));
  return [
    atMost('core script', core.bytes, budgets.core, kilobytes),
    atMost('core and UI, for the sign-in card', card.bytes, budgets.signIn, kilobytes),
    atMost('largest further file', largest, budgets.element, kilobytes),
  ];
}

/** The values of one contender, round by round. */
export function series({ loads }: BrowserResult, name: string, profile: Profile): Loads {
  const found = loads.find(({ contender }) => contender.name === name);
  if (!found) throw new Error(`${name} was not measured.`);
  return found.byProfile[profile];
}

export const column = (loads: readonly PageLoad[], key: keyof PageLoad): number[] => loads.map((load) => load[key]);

export function browserGoals(result: BrowserResult): Goal[] {
  const [ours, clerk6, , floor] = contenders.map(({ name }) => name);
  if (!ours || !clerk6 || !floor) throw new Error('Somebody is missing.');
  const slow = series(result, ours, 'slow').cold;
  const usable = column(slow, 'usable');
  const heap = median(series(result, ours, 'fast').heap) - median(series(result, floor, 'fast').heap);
  const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(2)} MiB`;
  const signedIn = result.signedIn.find(({ contender }) => contender.name === ours);
  return [
    atMost('files of scripts for the sign-in card', median(column(slow, 'scripts')), budgets.signInFiles, number),
    atMost('sign-in field usable, slow, nothing cached', median(usable), limits.usable, milliseconds),
    atMost(
      'the same, as a part of Clerk 6’s',
      medianRatio(usable, column(series(result, clerk6, 'slow').cold, 'usable')),
      limits.usableRatio,
      (value) => value.toFixed(2),
    ),
    atMost('tasks of more than 50 ms, slow', median(column(slow, 'longTasks')), limits.longTasks, milliseconds),
    atMost('heap above the floor', heap, limits.heap, mebibytes),
    atMost('requests of `user.update({ unsafeMetadata })`', signedIn?.updateRequests ?? NaN, limits.updateRequests, number),
  ];
}

export function serverGoals(routes: readonly RouteResult[]): Goal[] {
  return routes.flatMap(({ route, ratio }) =>
    route.goal === undefined
      ? []
      : [{ what: `${route.title}, of its floor`, goal: `≥ ${percent(route.goal)}`, measured: percent(ratio), isMet: ratio >= route.goal }],
  );
}
