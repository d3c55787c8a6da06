/** The pure parts of `npm run bench`: a wrong median or a goal that is always met would let a slow change pass as a fast one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serverGoals } from '../../tools/bench/goals.ts';
import { kindOf } from '../../tools/bench/server/statements.ts';
import { median, medianRatio, rotated } from '../../tools/bench/statistics.ts';
import { kilobytes, milliseconds, number, table } from '../../tools/bench/table.ts';

describe('npm run bench', () => {
  it('takes the middle of an odd number of values, and the mean of the two in the middle of an even one', () => {
    assert.equal(median([900, 1, 2]), 2);
    assert.equal(median([4, 1, 900, 2]), 3);
    assert.throws(() => median([]), RangeError);
  });

  it('compares round by round, so a round that was slow for all does not count', () => {
    assert.equal(medianRatio([1, 10, 2], [2, 20, 4]), 0.5);
    assert.notEqual(medianRatio([1, 10, 2], [4, 40, 2]), median([1, 10, 2]) / median([4, 40, 2]));
    assert.throws(() => medianRatio([1], [1, 2]), RangeError);
  });

  it('lets everybody begin a round once', () => {
    assert.deepEqual(
      [0, 1, 2, 3].map((round) => rotated(['a', 'b', 'c'], round).join('')),
      ['abc', 'bca', 'cab', 'abc'],
    );
  });

  it('writes tables as Prettier does', () => {
    assert.equal(
      table(['Route', 'p99'], [['`GET /v1/client`', '12 ms']]),
      ['| Route            |   p99 |', '| ---------------- | ----: |', '| `GET /v1/client` | 12 ms |'].join('\n'),
    );
  });

  it('writes numbers with the digits that count', () => {
    assert.deepEqual([1234.5, 99.95, 1.234, 2, NaN].map(number), ['1,235', '100.0', '1.23', '2', '–']);
    assert.deepEqual([milliseconds(1099.6), milliseconds(48.2), kilobytes(15_946)], ['1.10 s', '48 ms', '15.9 kB']);
  });

  it('tells what a statement does, also one that reads in order to write', () => {
    assert.deepEqual(
      [
        'begin',
        'commit',
        'select * from "users" where "id" = $1',
        'select "id" from "users" where "id" = $1 for update',
        'select "id" from "clients" where "id" in ($1) order by "id" for no key update',
        'update "users" set "banned" = $1',
        'insert into "rate_counters" ("key") values ($1) on conflict ("key") do update set "count" = rate_counters.count + 1 returning "count"',
        'with "changed" as (update "users" set "banned" = $1 returning "id") select * from "changed"',
      ].map(kindOf),
      ['begin', 'commit', 'read', 'lock', 'lock', 'write', 'write', 'write'],
    );
    assert.throws(() => kindOf('truncate users'), /Not expected/);
  });

  it('says which goals are missed, and sets none where there is none', () => {
    const load = { rate: 1, p50: 1, p99: 1 };
    const result = (ratio: number, goal?: number) => ({
      route: { name: 'client', title: '`GET /v1/client`', hashes: false, ...(goal !== undefined && { goal }) },
      statements: [],
      ours: load,
      floor: load,
      ratio,
    });
    assert.deepEqual(
      serverGoals([result(0.59, 0.6), result(0.6, 0.6), result(0.1)]).map(({ isMet }) => isMet),
      [false, true],
    );
  });
});
