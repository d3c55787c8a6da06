/** `docs/benchmarks.md`: what a run has found, and exactly what was measured. */
import type { BrowserResult, Loads } from './browser/run.ts';
import type { PageLoad, Profile } from './browser/page-load.ts';
import { column, series } from './goals.ts';
import type { Goal } from './goals.ts';
import type { Machine } from './machine.ts';
import type { RouteResult } from './server/run.ts';
import { median, medianRatio } from './statistics.ts';
import { kilobytes, milliseconds, number, percent, table } from './table.ts';

export interface Run {
  machine: Machine;
  /** Minutes. */
  duration: number;
  isQuick: boolean;
  postgres: string;
  rounds: { fast: number; slow: number; server: number; seconds: number; connections: number };
  goals: Goal[];
  browser?: BrowserResult | undefined;
  server?: RouteResult[] | undefined;
}

export function report(run: Run): string {
  const { machine, browser, server, goals, rounds } = run;
  return [
    '# Benchmarks',
    'Written by `npm run bench`. All contenders are measured in one run, in turns, against the same local API; the numbers are medians, and ratios are medians of the ratios of each round, since other programs disturb a whole round rather than one contender.',
    run.isQuick ? '**A quick run: few rounds, for development only.**' : '',
    `Measured on ${machine.date} in ${number(run.duration)} minutes, at commit ${machine.commit}: ${machine.processor}, ${machine.cores} cores, ${machine.memory} GiB, ${machine.system}; Node ${machine.node}, ${browser ? `Chromium ${browser.version}, ` : ''}PostgreSQL ${run.postgres}; load at the start ${number(machine.load)}.`,
    '## Goals',
    table(
      ['What', 'Goal', 'Measured', 'Met'],
      goals.map(({ what, goal, measured, isMet }) => [what, goal, measured, isMet ? 'yes' : '**no**']),
    ),
    ...(browser ? browserChapter(browser, rounds) : []),
    ...(server ? serverChapter(server, rounds) : []),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n');
}

const names = (browser: BrowserResult) => browser.loads.map(({ contender }) => contender);

function browserChapter(browser: BrowserResult, rounds: Run['rounds']): string[] {
  const contenders = names(browser);
  const each = (write: (name: string) => string) => contenders.map(({ name }) => write(name));
  const value = (profile: Profile, visit: 'cold' | 'warm', key: keyof PageLoad, write: (value: number) => string) => (name: string) =>
    write(median(column(series(browser, name, profile)[visit], key)));
  const time = (value: number) => (Number.isNaN(value) ? '–' : milliseconds(value));
  const timings = (profile: Profile) =>
    (['cold', 'warm'] as const).flatMap((visit) => [
      [`\`Clerk.loaded\`, ${visit}`, ...each(value(profile, visit, 'loaded', time))],
      [`sign-in field usable, ${visit}`, ...each(value(profile, visit, 'usable', time))],
      [`the same, as a part of Clerk 6’s`, ...each((name) => part(browser, name, profile, visit))],
      ...(visit === 'cold'
        ? [
            ['scripts compiled and run', ...each(value(profile, visit, 'scriptTime', time))],
            ['tasks of more than 50 ms', ...each(value(profile, visit, 'longTasks', time))],
          ]
        : []),
    ]);
  const headings = ['', ...contenders.map(({ title }) => title)];
  const heap = (loads: Loads) => median(loads.heap) / 1024 / 1024;
  const floor = contenders.at(-1)?.name ?? '';
  return [
    '## Browser',
    'A page with a sign-in card, whose site sends each file as brotli 11 and lets it be kept; bytes are those of all scripts that the page downloads. Clerk 6 is `@clerk/clerk-js` with `@clerk/ui`, Clerk 5 is `@clerk/clerk-js` 5, both by deferred script tags, started at `DOMContentLoaded`; the floor is a form written by hand, in the page itself. A field is usable once it is visible, enabled, on top, and takes the text that is typed into it. _Cold_ is the first visit of a fresh profile to a development instance, so it has one more request in a row than production: the one that makes the browser known. _Warm_ is the next visit. _Slow_ is 1.6 Mbit/s with 150 ms of latency and a quarter of the processor.',
    table(headings, [
      ['scripts, brotli 11', ...each(value('fast', 'cold', 'scriptBytes', kilobytes))],
      ['files of scripts', ...each(value('fast', 'cold', 'scripts', number))],
      ['requests', ...each(value('fast', 'cold', 'requests', number))],
      ['heap above the floor, MiB', ...each((name) => number(heap(series(browser, name, 'fast')) - heap(series(browser, floor, 'fast'))))],
    ]),
    `Unthrottled, ${rounds.fast} rounds:`,
    table(headings, timings('fast')),
    `Slow, ${rounds.slow} rounds:`,
    table(headings, timings('slow')),
    'Somebody is signed in. `user.update({ unsafeMetadata })` is one request for us; the floor is the `fetch` that writes the same. `getToken()` is answered by the cache.',
    table(headings, [
      ['requests of `user.update`', ...browser.signedIn.map(({ updateRequests }) => number(updateRequests))],
      ['`user.update`', ...browser.signedIn.map(({ updateLatency }) => time(updateLatency.fast))],
      ['`user.update`, slow', ...browser.signedIn.map(({ updateLatency }) => time(updateLatency.slow))],
      ['`getToken()`, µs', ...browser.signedIn.map(({ getToken }) => number(getToken))],
    ]),
  ];
}

function part(browser: BrowserResult, name: string, profile: Profile, visit: 'cold' | 'warm'): string {
  const usable = (of: string) => column(series(browser, of, profile)[visit], 'usable');
  return medianRatio(usable(name), usable('clerk6')).toFixed(2);
}

function serverChapter(routes: readonly RouteResult[], { server, seconds, connections }: Run['rounds']): string[] {
  const list = ({ statements }: RouteResult) => {
    const kinds = [...new Set(statements)];
    return kinds.map((kind) => `${statements.filter((each) => each === kind).length} ${kind}`).join(', ');
  };
  return [
    '## Server',
    `The local API as \`npm start\` runs it, with production keys and with rate limits that are counted and never reached, on its own PostgreSQL, which keeps what it has committed. ${connections} connections, each of a person of its own, ask as fast as they are answered, for ${seconds} s a round, ${server} rounds, load generator and database on the same machine. _p99_ is the time within which 99 of 100 requests are answered under that load.`,
    'The floor is another process: a bare route of the same framework (Hono on @hono/node-server) that reads the body, runs as many SQL statements, of the same kinds and in the same order, on the same PostgreSQL with a pool like ours, signs one RS256 token with jose, and answers with a row and the token; for the sign-in it checks one argon2id hash with the same parameters too. Each of its statements is the cheapest of its kind: one row of a small table by its primary key, or one column of it changed; it compares nothing, checks nothing, and logs nothing. Which statements the API sends is noted while it answers one request, so the floor follows whatever the API does.',
    table(
      ['Route', 'Requests a second', 'Floor', 'Part of the floor', 'p99', 'p99 of the floor'],
      routes.map(({ route, ours, floor, ratio }) => [
        route.title,
        number(ours.rate),
        number(floor.rate),
        percent(ratio),
        milliseconds(ours.p99),
        milliseconds(floor.p99),
      ]),
    ),
    'Statements of one request:',
    table(
      ['Route', 'Statements', 'Of which'],
      routes.map((result) => [result.route.title, String(result.statements.length), list(result)]),
    ),
  ];
}
