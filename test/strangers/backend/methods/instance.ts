/** What backends ask about the instance itself. */
import assert from 'node:assert/strict';
import type { Rows } from './stage.ts';

export const instance: Rows = {
  'instance.get': async ({ clerk }) => {
    const { id, environmentType, allowedOrigins } = await clerk.instance.get();
    assert.match(id, /^ins_/);
    assert.deepEqual([environmentType, allowedOrigins], ['development', []]);
  },
};
