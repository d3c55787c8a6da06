/** Reporter of Node's test runner that leaves the counts. It takes them from the runner's own closing lines. */
import { writeReport } from './counts.mjs';

/**
 * The counts in the runner's closing lines: `pass 3`, `fail 1` …; a cancelled test is one that failed, and so is a skipped
 * or an unfinished one: here every test must run.
 * @param {Iterable<string>} lines
 * @returns {import('./counts.mjs').Counts}
 */
export function countLines(lines) {
  const counts = { passed: 0, failed: 0 };
  for (const line of lines) {
    const [, what, number] = /^(pass|fail|cancelled|skipped|todo) (\d+)$/.exec(line) ?? [];
    if (what === 'pass') counts.passed += Number(number);
    else if (what) counts.failed += Number(number);
  }
  return counts;
}

/**
 * @param {string} runner name of the report
 * @returns {(events: AsyncIterable<{ type: string, data: { message?: string, nesting?: number } }>) => AsyncGenerator<string>}
 */
export const countingReporter = (runner) =>
  async function* (events) {
    const lines = [];
    for await (const { type, data } of events) {
      if (type === 'test:diagnostic' && data.nesting === 0 && data.message !== undefined) lines.push(data.message);
    }
    writeReport(runner, countLines(lines));
    yield '';
  };
