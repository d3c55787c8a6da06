/** The laws of merging, and the rules of what may be stored, over many documents (security.md §5, row 1; M3, M4). Pure: nothing is started. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffPatch } from '../../src/rules/diff-patch.ts';
import { mergePatch } from '../../src/rules/merge-patch.ts';
import type { JsonObject } from '../../src/rules/merge-patch.ts';
import { maximumMetadataBytes, metadataBytes, metadataProblem, parseExactJson } from '../../src/rules/metadata-limits.ts';
import { mergeInto } from '../../demo/server/domain/metadata.ts';
import { ApiError } from '../../demo/server/errors.ts';
import { document, mergedDocument, plain, withoutNulls } from '../support/documents.ts';
import { inheritedNames } from '../support/inherited-names.ts';
import type { Campaign } from './support/campaign.ts';

/** Any change of what a function is given throws. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

const merge = (target: JsonObject, patch: JsonObject) => plain(mergePatch(frozen(target), frozen(patch)));

/** One document as large as the limit or a little larger, beside others. */
const nearLimit = fc
  .tuple(mergedDocument, fc.integer({ min: -40, max: 40 }))
  .map(([value, more]) => ({ ...value, filling: 'x'.repeat(Math.max(0, maximumMetadataBytes + more - metadataBytes(value) - 15)) }));

/** A law about one document or two. Its failure has the seed, the path and the smallest documents. */
type Law = [name: string, documents: number, check: (parameters: { seed: number; numRuns: number }) => void];
const ofOne = <One>(name: string, one: fc.Arbitrary<One>, holds: (value: One) => void): Law => [
  name,
  1,
  (parameters) => fc.assert(fc.property(one, holds), parameters),
];
const ofTwo = <One, Other>(
  name: string,
  one: fc.Arbitrary<One>,
  other: fc.Arbitrary<Other>,
  holds: (value: One, more: Other) => void,
): Law => [name, 2, (parameters) => fc.assert(fc.property(one, other, holds), parameters)];

const laws: Law[] = [
  ofOne('an empty patch changes nothing', document, (target: JsonObject) => assert.deepEqual(merge(target, {}), target)),
  ofOne('a patch of nothing makes what it says', document, (patch: JsonObject) => assert.deepEqual(merge({}, patch), withoutNulls(patch))),
  ofTwo('twice is once', document, document, (target: JsonObject, patch: JsonObject) => {
    const once = merge(target, patch);
    assert.deepEqual(merge(once, patch), once);
  }),
  ofTwo('null removes exactly its key', document, fc.constantFrom(...inheritedNames, 'a', 'b'), (target: JsonObject, key: string) => {
    const { [key]: _removed, ...rest } = target;
    assert.deepEqual(merge(target, { [key]: null }), rest);
  }),
  ofTwo('merging undoes the difference', document, mergedDocument, (current: JsonObject, wanted: JsonObject) =>
    assert.deepEqual(merge(current, plain(diffPatch(frozen(current), frozen(wanted)))), wanted),
  ),
  ofTwo('what is no larger than the limit is accepted, and nothing else', nearLimit, document, (target: JsonObject, patch: JsonObject) => {
    const expected = metadataBytes(merge(target, patch)) <= maximumMetadataBytes;
    const change = mergeInto({ public_metadata: frozen(patch) });
    const stored = { public_metadata: frozen(target), private_metadata: {}, unsafe_metadata: {} };
    try {
      assert.ok(metadataBytes(change(stored).public_metadata) <= maximumMetadataBytes && expected);
    } catch (error) {
      assert.ok(error instanceof ApiError && !expected, String(error));
    }
  }),
  ofOne('documents are read as they were written, and found without fault', document, (value: JsonObject) => {
    const json = JSON.stringify(value);
    assert.deepEqual(parseExactJson(json), value);
    assert.equal(metadataProblem(frozen(value)), undefined);
  }),
  ofTwo('nothing pollutes a prototype', document, document, (target: JsonObject, patch: JsonObject) => {
    merge(target, patch);
    assert.deepEqual(Object.keys(Object.prototype), []);
    assert.equal(Object.getPrototypeOf(mergePatch(target, patch)), null);
  }),
];

export const campaign: Campaign = {
  name: 'metadata-laws',
  row: 1,
  title: 'Metadata validator and merge laws',
  unit: 'documents',
  sizes: { ci: 20_000, full: 500_000 },
  run: async ({ size, seed, count }) => {
    const all = laws.reduce((sum, [, documents]) => sum + documents, 0);
    for (const [name, documents, check] of laws) {
      const numRuns = Math.ceil(size / all);
      try {
        check({ seed, numRuns });
      } catch (error) {
        throw new Error(`${name}: ${error instanceof Error ? error.message : ''}`, { cause: error });
      }
      count('documents', numRuns * documents);
      // Lets the report of another campaign through.
      await new Promise(setImmediate);
    }
    count('laws', laws.length);
  },
};
