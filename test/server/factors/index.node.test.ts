import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { factors } from '../../../demo/server/factors/index.ts';

const exists = (path: string) => existsSync(new URL(`../../../${path}`, import.meta.url));
const fileOf = (strategy: string) => strategy.replaceAll('_', '-');

describe('the list of factors', () => {
  for (const { strategy } of factors) {
    const name = fileOf(strategy);

    it(`${strategy} has its file, and runs the suite of all factors`, () => {
      for (const path of [`demo/server/factors/${name}.ts`, `test/server/factors/${name}.node.test.ts`]) assert.ok(exists(path), path);
    });
  }

  it('has a folder in the browser’s half for each', () => {
    const missing = factors.filter(({ strategy }) => !exists(`src/factors/${fileOf(strategy)}/factor.ts`)).map(({ strategy }) => strategy);
    assert.deepEqual(missing, []);
  });
});
