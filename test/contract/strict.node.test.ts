import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as z from 'zod/mini';
import { maybe, maybeList, maybeText, text } from '../../src/wire/primitives.ts';
import { assertComplete, missingFields } from '../support/strict.ts';

const leaf = z.looseObject({ id: text, name: maybeText, label: z.optional(text) });
const schema = z.nullable(z.looseObject({ one: maybe(leaf), many: maybeList(leaf), need: z.array(leaf) }));
const complete = { id: 'a', name: null };

describe('missingFields()', () => {
  for (const [value, missing] of [
    [null, []],
    [{ one: null, many: null, need: [] }, []],
    [{ one: complete, many: [complete], need: [complete] }, []],
    [{ need: [] }, ['one', 'many']],
    [{ one: { id: 'a' }, many: [complete, { id: 'b' }], need: [{ id: 'c' }] }, ['one.name', 'many[1].name', 'need[0].name']],
    [{ one: { ...complete, unknown: 1 }, many: [], need: [], more: 1 }, []],
  ] as [value: unknown, missing: string[]][]) {
    it(`finds ${missing.join(', ') || 'nothing'} in ${JSON.stringify(value)}`, () => {
      assert.deepEqual(missingFields(schema, value), missing);
    });
  }
});

describe('assertComplete()', () => {
  it('fails for what does not fit and for what is not complete', () => {
    assertComplete(leaf, complete);
    assert.throws(() => assertComplete(leaf, { name: null }));
    assert.throws(() => assertComplete(leaf, { id: 'a' }));
  });
});
