import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Metafile } from 'esbuild';
import { codeOf } from '../../tools/campaign/code.ts';
import { jobsOf, titleOf } from '../../tools/campaign/jobs.ts';
import type { Outcome } from '../../tools/campaign/jobs.ts';
import { isOf, withOutcome } from '../../tools/campaign/record.ts';
import { describeOutcome, report } from '../../tools/campaign/report.ts';
import { percentile, seededRandom } from '../faults/support/campaign.ts';
import type { Campaign } from '../faults/support/campaign.ts';

const campaign = (more: Partial<Campaign>): Campaign => ({
  name: 'a',
  row: 1,
  title: 'A',
  unit: 'rounds',
  sizes: { ci: 5, full: 200 },
  run: () => Promise.resolve(),
  ...more,
});

const outcome: Outcome = {
  ...{ row: 1, title: '1 A', size: 200, unit: 'rounds', seed: 7, commit: 'abc', code: 'feed', duration: 12.4 },
  ...{ counts: { refused: 1804 }, figures: { p99: { value: 41, unit: 'ms' } }, failure: undefined },
};
const machine = { date: '', cores: 2, processor: '', memory: 1, system: '', node: '', load: 0, commit: 'abc' };

describe('campaigns', () => {
  it('run by their rows, once on each stage', () => {
    const campaigns = [campaign({ row: 9, title: 'Race', stages: ['own', 'two-processes'] }), campaign({})];
    const jobs = jobsOf(campaigns, { isFull: false, seed: 7 });
    assert.deepEqual(jobs.map(titleOf), ['1 A', '9 Race, own database', '9 Race, two processes']);
    assert.deepEqual(
      jobs.map(({ size, seed }) => [size, seed]),
      Array(3).fill([5, 7]),
    );
    assert.equal(jobsOf(campaigns, { isFull: true, seed: 7 })[0]?.size, 200);
  });

  it('without a size for every change do not run then', () => {
    assert.deepEqual(jobsOf([campaign({ sizes: { full: 1 } })], { isFull: false, seed: 7 }), []);
  });

  it('are reported with what they counted and measured, and what they found', () => {
    assert.equal(describeOutcome(outcome), '✔ 1 A: 200 rounds in 12 s (refused 1,804, p99 41 ms)');
    const other = { ...outcome, row: 2, title: '2 B', failure: 'Error: lost a write' };
    const text = report({ machine, seed: 7, outcomes: [other, outcome], missing: ['3 C', '4 D'] });
    assert.match(text, /\*\*1 of 4 held, 1 broke, 2 are still to run\.\*\*/);
    assert.match(text, /Not run yet with this code: 3 C; 4 D\./);
    assert.match(text, /\| 1 A \| 200 rounds \| 12 s \| abc \| held \| refused 1,804, p99 41 ms \|\n\| 2 B \|.* \*\*broken\*\* /);
    assert.match(text, /Error: lost a write/);
  });

  it('take the place of what they found before, and count for the code that they tried', () => {
    const [job] = jobsOf([campaign({})], { isFull: true, seed: 7 });
    assert.ok(job);
    assert.ok(isOf(outcome, job, 'feed'));
    assert.ok(!isOf(outcome, job, 'beef'));
    assert.ok(!isOf({ ...outcome, size: 100 }, job, 'feed'));
    assert.deepEqual(withOutcome([{ ...outcome, failure: 'Error' }], outcome), [outcome]);
  });
});

describe('codeOf()', () => {
  let root = '';
  const metafile = (inputs: Record<string, { path: string; external?: boolean }[]>) =>
    ({ inputs: Object.fromEntries(Object.entries(inputs).map(([path, imports]) => [path, { imports }])) }) as unknown as Metafile;
  const one = metafile({ 'a.ts': [{ path: 'b.ts' }], 'b.ts': [{ path: '@clerk/backend', external: true }] });
  const browser = metafile({ 'a.ts': [{ path: 'b.ts' }], 'b.ts': [{ path: 'playwright', external: true }] });
  const write = async (path: string, text: string) => {
    await mkdir(join(root, dirname(path)), { recursive: true });
    await writeFile(join(root, path), text);
  };

  beforeEach(async () => {
    root = (await mkdtemp(join(tmpdir(), 'clerk-lit-code-'))) + '/';
    for (const path of ['a.ts', 'c.ts', 'demo/page.html', 'dist/clerk.browser.js', 'package-lock.json']) await write(path, path);
    await write('b.ts', "fork(new URL('./started.ts', import.meta.url))");
    await write('started.ts', '1');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  for (const path of ['a.ts', 'b.ts', 'started.ts', 'demo/page.html', 'package-lock.json'])
    it(`is another when ${path} changes`, async () => {
      const before = await codeOf(root, one, ['a.ts']);
      assert.match(before, /^[0-9a-f]{16}$/);
      assert.equal(await codeOf(root, one, ['a.ts']), before);
      await write(path, `// changed\n${await readFile(join(root, path), 'utf8')}`);
      assert.notEqual(await codeOf(root, one, ['a.ts']), before);
    });

  it('is the same when what it does not use changes', async () => {
    const before = await codeOf(root, one, ['a.ts']);
    await write('c.ts', 'changed');
    await write('dist/clerk.browser.js', 'changed');
    assert.equal(await codeOf(root, one, ['a.ts']), before);
  });

  it('of a campaign with a browser has the browser’s files', async () => {
    const before = await codeOf(root, browser, ['a.ts']);
    await write('dist/clerk.browser.js', 'changed');
    assert.notEqual(await codeOf(root, browser, ['a.ts']), before);
  });
});

describe('seededRandom()', () => {
  it('gives the same numbers again, and others for another seed', () => {
    const take = (seed: number) => Array.from({ length: 1000 }, seededRandom(seed));
    assert.deepEqual(take(3), take(3));
    assert.notDeepEqual(take(3), take(4));
    const mean = take(3).reduce((sum, value) => sum + value, 0) / 1000;
    assert.ok(mean > 0.45 && mean < 0.55);
    assert.ok(take(3).every((value) => value >= 0 && value < 1));
  });
});

describe('percentile()', () => {
  it('is the nearest rank', () => {
    const values = Array.from({ length: 200 }, (_item, index) => 200 - index);
    assert.equal(percentile(values, 0.99), 198);
    assert.equal(percentile([5], 0.5), 5);
  });
});
