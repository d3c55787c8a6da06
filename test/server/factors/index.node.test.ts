import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { factors } from '../../../demo/server/factors/index.ts';

describe('the list of factors', () => {
  for (const { strategy } of factors) {
    const name = strategy.replaceAll('_', '-');

    it(`${strategy} has its file, its folder in the browser's half, and runs the suite of all factors`, () => {
      for (const path of [`demo/server/factors/${name}.ts`, `src/factors/${name}/factor.ts`, `test/server/factors/${name}.node.test.ts`]) {
        assert.ok(existsSync(new URL(`../../../${path}`, import.meta.url)), path);
      }
    });
  }
});
