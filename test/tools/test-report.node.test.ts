/** The sum of the runners' reports: nothing that failed, broke, was skipped or never ran may look like a pass. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { countSessions } from '../../tools/test-report/browser-reporter.mjs';
import { addUp, isGood, sumLine, writeReport } from '../../tools/test-report/counts.mjs';
import { countLines } from '../../tools/test-report/node-reporter.mjs';

describe('addUp()', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clerk-lit-reports-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('adds the reports of all runners', async () => {
    writeReport('node', { passed: 40, failed: 0 }, folder);
    writeReport('browser', { passed: 2, failed: 0 }, folder);
    const sum = await addUp(['node', 'browser'], folder);
    assert.equal(sumLine(sum), '42 passed, 0 failed');
    assert.equal(isGood(sum), true);
  });

  it('is no good run when a test failed', async () => {
    writeReport('node', { passed: 40, failed: 0 }, folder);
    writeReport('browser', { passed: 1, failed: 1 }, folder);
    const sum = await addUp(['node', 'browser'], folder);
    assert.equal(sumLine(sum), '41 passed, 1 failed');
    assert.equal(isGood(sum), false);
  });

  const broken: [what: string, text: string | undefined][] = [
    ['has left no report', undefined],
    ['has run no test', '{"passed":0,"failed":0}'],
    ['was stopped while it wrote', '{"passed":'],
    ['reports something that is no number', '{"passed":"1","failed":0}'],
  ];
  for (const [what, text] of broken) {
    it(`is no good run when a runner ${what}`, async () => {
      writeReport('node', { passed: 40, failed: 0 }, folder);
      if (text !== undefined) await writeFile(join(folder, 'browser.json'), text);
      const sum = await addUp(['node', 'browser'], folder);
      assert.deepEqual(sum.missing, ['browser']);
      assert.equal(isGood(sum), false);
    });
  }

  it('is no good run when nobody has reported', async () => {
    const sum = await addUp(['node', 'browser'], join(folder, 'missing'));
    assert.equal(sumLine(sum), '0 passed, 0 failed');
    assert.equal(isGood(sum), false);
  });
});

describe('countLines()', () => {
  it('takes the closing lines of Node’s runner', () => {
    const lines = ['tests 9', 'suites 2', 'pass 4', 'fail 1', 'cancelled 2', 'skipped 1', 'todo 1', 'duration_ms 12.5'];
    assert.deepEqual(countLines(lines), { passed: 4, failed: 5 });
  });

  it('is not led astray by what tests print', () => {
    assert.deepEqual(countLines(['pass 4 gates', 'we fail 1', 'pass 2']), { passed: 2, failed: 0 });
  });
});

describe('countSessions()', () => {
  const test = (passed: boolean, skipped = false) => ({ name: 'does', passed, skipped });
  const suite = (tests: ReturnType<typeof test>[], suites: object[] = []) => ({ name: 'unit', tests, suites }) as never;
  const error = { message: 'broken' };

  it('counts nested suites of all files', () => {
    const sessions = [
      { passed: true, errors: [], testResults: suite([test(true)], [suite([test(true), test(true)])]) },
      { passed: true, errors: [], testResults: suite([test(true)]) },
    ];
    assert.deepEqual(countSessions(sessions), { passed: 4, failed: 0 });
  });

  it('counts failed and skipped tests as failed', () => {
    const sessions = [{ passed: false, errors: [], testResults: suite([test(true), test(false), test(false, true)]) }];
    assert.deepEqual(countSessions(sessions), { passed: 1, failed: 2 });
  });

  it('counts a file that broke outside its tests', () => {
    assert.deepEqual(countSessions([{ passed: false, errors: [error], testResults: suite([test(true)]) }]), { passed: 1, failed: 1 });
    assert.deepEqual(countSessions([{ passed: false, errors: [], testResults: suite([test(true)]) }]), { passed: 1, failed: 1 });
  });

  it('counts a file without a test as failed', () => {
    assert.deepEqual(countSessions([{ passed: true, errors: [], testResults: suite([]) }]), { passed: 0, failed: 1 });
    assert.deepEqual(countSessions([{ passed: false, errors: [error] }]), { passed: 0, failed: 1 });
  });
});
