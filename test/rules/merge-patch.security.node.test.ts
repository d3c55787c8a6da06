import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { diffPatch } from '../../src/rules/diff-patch.ts';
import { mergePatch } from '../../src/rules/merge-patch.ts';
import type { JsonObject } from '../../src/rules/merge-patch.ts';
import { metadataProblem } from '../../src/rules/metadata-limits.ts';
import { document, mergedDocument, plain, runs, withoutNulls } from '../support/documents.ts';
import { inheritedNames } from '../support/inherited-names.ts';

const parse = (json: string) => JSON.parse(json) as JsonObject;
const merged = (target: unknown, patch: JsonObject) => plain(mergePatch(target, patch));
const numRuns = runs(2_000);

/** Any change of what a function is given throws. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/** RFC 7396, appendix A. */
const vectors: [original: string, patch: string, result: string][] = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', '{}'],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
  ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
  // Section 3.
  [
    '{"title":"Goodbye!","author":{"givenName":"John","familyName":"Doe"},"tags":["example","sample"],"content":"This will be unchanged"}',
    '{"title":"Hello!","phoneNumber":"+01-123-456-7890","author":{"familyName":null},"tags":["example"]}',
    '{"title":"Hello!","author":{"givenName":"John"},"tags":["example"],"content":"This will be unchanged","phoneNumber":"+01-123-456-7890"}',
  ],
];

describe('M3: mergePatch()', () => {
  for (const [original, patch, result] of vectors) {
    it(`makes ${result.slice(0, 50)} of ${original.slice(0, 50)} and ${patch.slice(0, 50)}, as RFC 7396 has it`, () => {
      assert.deepEqual(merged(JSON.parse(original), parse(patch)), parse(result));
    });
  }

  it('needs none of the RFC’s patches that would leave no object: metadata is one, and they are refused before', () => {
    for (const patch of ['["c","d"]', '["c"]', 'null', '"bar"']) assert.equal(metadataProblem(JSON.parse(patch)), 'not_an_object', patch);
  });

  it('changes nothing by an empty patch', () => {
    fc.assert(
      fc.property(document, (target) => assert.deepEqual(merged(target, {}), target)),
      { numRuns },
    );
  });

  it('does the same once or twice', () => {
    fc.assert(
      fc.property(document, document, (target, patch) => {
        const once = merged(target, patch);
        assert.deepEqual(merged(once, patch), once);
      }),
      { numRuns },
    );
  });

  it('never stores a null member that was not there', () => {
    fc.assert(
      fc.property(mergedDocument, document, (target, patch) => {
        const result = merged(target, patch);
        assert.deepEqual(withoutNulls(result), result);
      }),
      { numRuns },
    );
  });

  it('removes by null exactly the named key, whatever it is called', () => {
    const held = fc.tuple(document, fc.constantFrom(...inheritedNames, 'a', 'b')).map(([target, key]) => ({
      target: { ...target, [key]: 1 } as JsonObject,
      key,
    }));
    fc.assert(
      fc.property(held, ({ target, key }) => {
        const { [key]: _removed, ...rest } = target;
        assert.deepEqual(merged(target, { [key]: null }), rest);
      }),
      { numRuns },
    );
  });

  it('of writers of different keys loses none, whoever comes first', () => {
    const patches = fc.tuple(document, document).map(([one, other]) => {
      const own = Object.entries(other).filter(([key]) => !Object.hasOwn(one, key));
      return [one, Object.fromEntries(own)] as const;
    });
    fc.assert(
      fc.property(mergedDocument, patches, (target, [one, other]) => {
        const result = merged(merged(target, one), other);
        assert.deepEqual(merged(merged(target, other), one), result);
        for (const key of Object.keys(one)) assert.deepEqual(result[key], merged(target, one)[key]);
      }),
      { numRuns },
    );
  });

  it('is no deeper than the deeper one of its two', () => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    fc.assert(
      fc.property(document, document, (target, patch) => {
        assert.ok(depthOf(merged(target, patch)) <= Math.max(depthOf(target), depthOf(patch)));
      }),
      { numRuns },
    );
  });

  it('leaves both of its two as they are', () => {
    fc.assert(
      fc.property(document, document, (target, patch) => {
        mergePatch(frozen(target), frozen(patch));
        diffPatch(target, patch);
      }),
      { numRuns },
    );
  });

  it('takes __proto__ for a key like any other, so that nothing inherits from it', () => {
    const patch = parse(
      '{"__proto__":{"polluted":true},"a":{"__proto__":{"polluted":true}},"constructor":{"prototype":{"polluted":true}}}',
    );
    const result = mergePatch(parse('{"a":{},"constructor":{"prototype":{"kept":1}}}'), patch);
    assert.equal(({} as JsonObject)['polluted'], undefined);
    assert.equal(result['polluted'], undefined);
    assert.deepEqual(Object.keys(result).sort(), ['__proto__', 'a', 'constructor']);
    assert.deepEqual(plain(result['constructor']), { prototype: { kept: 1, polluted: true } });
    assert.equal(Object.getPrototypeOf(result), null);
  });
});

describe('diffPatch()', () => {
  const table: [current: string, wanted: string, patch: string][] = [
    ['{}', '{"birthday":"01-01-2000"}', '{"birthday":"01-01-2000"}'],
    ['{"a":1,"b":{"c":2,"d":3}}', '{"b":{"c":2,"e":4}}', '{"b":{"e":4,"d":null},"a":null}'],
    ['{"tags":["x","y"]}', '{"tags":["x"]}', '{"tags":["x"]}'],
    ['{"a":1}', '{"a":1}', '{}'],
    ['{"a":{"b":1}}', '{"a":7}', '{"a":7}'],
    ['{"a":1}', '{}', '{"a":null}'],
    [
      '{"toString":1,"constructor":{"prototype":2},"hasOwnProperty":3}',
      '{"constructor":{}}',
      '{"constructor":{"prototype":null},"toString":null,"hasOwnProperty":null}',
    ],
    ['{"a":null}', '{"a":null}', '{}'],
    ['{"a":null}', '{}', '{"a":null}'],
  ];
  for (const [current, wanted, patch] of table) {
    it(`leads from ${current} to ${wanted} by ${patch}`, () => {
      assert.equal(JSON.stringify(diffPatch(parse(current), parse(wanted))), patch);
    });
  }

  it('leads from any document to any other: merging undoes the difference', () => {
    fc.assert(
      fc.property(document, mergedDocument, (current, wanted) => {
        assert.deepEqual(merged(current, diffPatch(current, wanted)), wanted);
      }),
      { numRuns },
    );
  });

  it('leads to a document with null members without those that are new, which no patch can say', () => {
    fc.assert(
      fc.property(document, document, (current, wanted) => {
        const result = merged(current, diffPatch(current, wanted));
        assert.deepEqual(withoutNulls(result), withoutNulls(wanted));
      }),
      { numRuns },
    );
  });

  it('is empty between equals, whatever the order of their keys', () => {
    fc.assert(
      fc.property(document, (current) => {
        const reversed = Object.fromEntries(Object.entries(plain(current)).reverse());
        assert.deepEqual(plain(diffPatch(current, reversed)), {});
      }),
      { numRuns },
    );
  });

  it('names no key whose value stays, so that it never takes back what others write meanwhile', () => {
    fc.assert(
      fc.property(mergedDocument, mergedDocument, (current, wanted) => {
        const patch = diffPatch(current, wanted);
        for (const key of Object.keys(patch)) {
          const before = Object.hasOwn(current, key) ? JSON.stringify(current[key]) : undefined;
          const after = Object.hasOwn(wanted, key) ? JSON.stringify(wanted[key]) : undefined;
          assert.notEqual(before, after, key);
        }
      }),
      { numRuns },
    );
  });
});
