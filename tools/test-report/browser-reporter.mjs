/** Reporter of the browser test runner that leaves the counts. */
import { writeReport } from './counts.mjs';

/**
 * @typedef {import('@web/test-runner').TestSuiteResult} Suite
 * @typedef {Pick<import('@web/test-runner').TestSession, 'passed' | 'testResults' | 'errors'>} Session
 */

/**
 * @param {Suite | undefined} suite
 * @returns {{ passed: boolean, skipped: boolean }[]}
 */
const testsOf = (suite) => (suite ? [...suite.tests, ...suite.suites.flatMap(testsOf)] : []);

/**
 * One session is one test file in one browser. A skipped test has failed: here every test must run. A file that broke outside
 * its tests, such as one that could not be loaded, counts as one failed test more.
 * @param {Session[]} sessions
 * @returns {import('./counts.mjs').Counts}
 */
export function countSessions(sessions) {
  const counts = { passed: 0, failed: 0 };
  for (const { passed, testResults, errors } of sessions) {
    const tests = testsOf(testResults);
    const good = tests.filter((test) => test.passed && !test.skipped).length;
    counts.passed += good;
    counts.failed += tests.length - good;
    const isBroken = errors.length > 0 || tests.length === 0 || (!passed && good === tests.length);
    if (isBroken) counts.failed += 1;
  }
  return counts;
}

/**
 * @param {string} runner name of the report
 * @returns {import('@web/test-runner').Reporter}
 */
export function countingReporter(runner) {
  return {
    onTestRunFinished({ sessions }) {
      writeReport(runner, countSessions(sessions));
    },
  };
}
