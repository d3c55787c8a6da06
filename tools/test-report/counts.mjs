/**
 * How many tests passed and failed, as the runners themselves report it. Each runner leaves one file in `.reports/`; the sum
 * is the last line of `npm test` and of `.ci/run`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 */

export const reportsFolder = fileURLToPath(new URL('../../.reports/', import.meta.url));

/**
 * Leaves the report of a runner. Synchronous, since runners end their process without waiting for a reporter.
 * @param {string} runner
 * @param {Counts} counts
 * @param {string} [folder]
 */
export function writeReport(runner, { passed, failed }, folder = reportsFolder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${runner}.json`), `${JSON.stringify({ passed, failed })}\n`);
}

/**
 * Removes the reports of the runs before.
 * @param {string} [folder]
 */
export async function clearReports(folder = reportsFolder) {
  await rm(folder, { recursive: true, force: true });
}

/**
 * Adds up the reports of these runners.
 * @param {string[]} runners
 * @param {string} [folder]
 * @returns {Promise<Counts & { missing: string[] }>} `missing`: runners without a report, or with one that counts no test
 */
export async function addUp(runners, folder = reportsFolder) {
  const names = await readdir(folder).catch(() => /** @type {string[]} */ ([]));
  const sum = { passed: 0, failed: 0, missing: /** @type {string[]} */ ([]) };
  for (const runner of runners) {
    const counts = names.includes(`${runner}.json`) ? parse(await readFile(join(folder, `${runner}.json`), 'utf8')) : undefined;
    if (!counts || counts.passed + counts.failed === 0) sum.missing.push(runner);
    if (!counts) continue;
    sum.passed += counts.passed;
    sum.failed += counts.failed;
  }
  return sum;
}

/**
 * @param {string} text
 * @returns {Counts | undefined}
 */
function parse(text) {
  try {
    const { passed, failed } = JSON.parse(text);
    return [passed, failed].every((count) => Number.isSafeInteger(count) && count >= 0) ? { passed, failed } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The line that a reader, or a program, looks for.
 * @param {Counts} counts
 */
export const sumLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

/**
 * Whether a run with these counts is a good one: something ran, everywhere, and nothing failed.
 * @param {Counts & { missing: string[] }} sum
 */
export const isGood = ({ passed, failed, missing }) => passed > 0 && failed === 0 && missing.length === 0;
