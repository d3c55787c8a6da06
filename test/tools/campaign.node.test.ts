import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jobsOf, titleOf } from '../../tools/campaign/jobs.ts';
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
    const [job] = jobsOf([campaign({})], { isFull: true, seed: 7 });
    assert.ok(job);
    const outcome = { job, duration: 12.4, counts: { refused: 1804 }, figures: { p99: { value: 41, unit: 'ms' } }, failure: undefined };
    assert.equal(describeOutcome(outcome), '✔ 1 A: 200 rounds in 12 s (refused 1,804, p99 41 ms)');
    const machine = { date: '', cores: 2, processor: '', memory: 1, system: '', node: '', load: 0, commit: 'abc' };
    const text = report({ machine, seed: 7, duration: 1, outcomes: [outcome, { ...outcome, failure: 'Error: lost a write' }] });
    assert.match(text, /\*\*1 of 2 found nothing\.\*\*/);
    assert.match(text, /Error: lost a write/);
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
