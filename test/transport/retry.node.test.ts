import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { retryDelay, withRetries } from '../../src/transport/retry.ts';

describe('retryDelay()', () => {
  it('doubles from 0.7 s and stops at 5 s', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 9].map((attempt) => retryDelay(attempt, () => 0)),
      [700, 1400, 2800, 5000, 5000],
    );
  });
  it('is stretched by up to the double', () => {
    assert.equal(
      retryDelay(1, () => 0.5),
      1050,
    );
  });
});

describe('withRetries()', () => {
  const run = async (failures: number, attempts: number, shouldRetry = () => true) => {
    const waits: number[] = [];
    const seen: number[] = [];
    const result = withRetries(
      (attempt) => {
        seen.push(attempt);
        return seen.length > failures ? Promise.resolve('done') : Promise.reject(new Error(`failure ${seen.length}`));
      },
      {
        attempts,
        random: () => 0,
        shouldRetry,
        wait: (milliseconds) => {
          waits.push(milliseconds);
          return Promise.resolve();
        },
      },
    );
    return { result: await result.catch((error: Error) => error.message), waits, seen };
  };

  it('tries again until it works', async () => {
    assert.deepEqual(await run(2, 4), { result: 'done', waits: [700, 1400], seen: [0, 1, 2] });
  });
  it('gives up with the last failure', async () => {
    assert.deepEqual(await run(9, 4), { result: 'failure 4', waits: [700, 1400, 2800], seen: [0, 1, 2, 3] });
  });
  it('does not repeat what would only fail again', async () => {
    assert.deepEqual(await run(9, 4, () => false), { result: 'failure 1', waits: [], seen: [0] });
  });
});
