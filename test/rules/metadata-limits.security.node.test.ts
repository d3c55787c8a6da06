import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import fc from 'fast-check';
import {
  inspectMetadata,
  maximumMetadataBytes,
  maximumMetadataDepth,
  metadataBytes,
  metadataProblem,
  metadataProblems,
  parseExactJson,
} from '../../src/rules/metadata-limits.ts';
import { mergePatch } from '../../src/rules/merge-patch.ts';
import type { JsonObject } from '../../src/rules/merge-patch.ts';
import { document, runs } from '../support/documents.ts';
import { inheritedNames } from '../support/inherited-names.ts';

const numRuns = runs(2_000);
const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
const problemOf = (json: string) => metadataProblem(parseExactJson(json));

describe('M4: metadataProblem()', () => {
  it('finds none in what may be stored', () => {
    fc.assert(
      fc.property(document, (value) => assert.equal(metadataProblem(parseExactJson(JSON.stringify(value))), undefined)),
      { numRuns },
    );
    for (const name of inheritedNames) assert.equal(problemOf(`{"a":{"${name}":{"${name}":1}}}`), undefined, name);
    assert.equal(metadataProblem(Object.assign(Object.create(null) as object, { a: 1 })), undefined);
  });

  for (const json of ['null', '[]', '[{}]', '"{}"', '1', 'true']) {
    it(`finds that ${json} is no object`, () => assert.equal(problemOf(json), 'not_an_object'));
  }

  it('counts levels of objects and arrays, the root included', () => {
    assert.equal(problemOf(nested(maximumMetadataDepth)), undefined);
    assert.equal(problemOf(nested(maximumMetadataDepth + 1)), 'too_deep');
    const list = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    assert.equal(problemOf(list(maximumMetadataDepth)), undefined);
    assert.equal(problemOf(list(maximumMetadataDepth + 1)), 'too_deep');
    for (const levels of [5_000, 100_000]) assert.equal(problemOf(nested(levels)), 'too_deep');
  });

  for (const [json, problem] of [
    ['{"__proto__":1}', 'reserved_key'],
    ['{"a":[{"b":{"__proto__":{}}}]}', 'reserved_key'],
    ['{"\\u005f_proto__":1}', 'reserved_key'],
    ['{"a":"\\u0000"}', 'invalid_text'],
    ['{"a":["x\\u0000y"]}', 'invalid_text'],
    ['{"\\u0000":1}', 'invalid_text'],
    ['{"a":"\\ud800"}', 'invalid_text'],
    ['{"a":"\\ude00\\ud83d"}', 'invalid_text'],
    ['{"\\udfff":1}', 'invalid_text'],
    ['{"a":1e999}', 'invalid_number'],
    ['{"a":-1e999}', 'invalid_number'],
  ] as const) {
    it(`refuses ${json}: ${metadataProblems[problem]}`, () => assert.equal(problemOf(json), problem));
  }

  it('takes a whole surrogate pair, however it is written', () => {
    for (const json of ['{"a":"\\ud83d\\ude00"}', '{"😀":"😀"}', '{"a":"\\uffff\\ufffe"}']) assert.equal(problemOf(json), undefined, json);
  });
});

describe('M4: inspectMetadata()', () => {
  const leastBytes = (json: string) => inspectMetadata(parseExactJson(json)).leastBytes;

  it('knows what is too large by its keys and items', () => {
    const wide = `{${Array.from({ length: 2_000 }, (_item, index) => `"${index}":{}`).join()}}`;
    for (const json of [wide, `{"a":{"b":${wide}}}`, `{"a":[${'0,'.repeat(5_000)}null]}`]) {
      assert.ok(leastBytes(json) > maximumMetadataBytes);
    }
    assert.equal(leastBytes(wide.replaceAll('{}', 'null')), 0);
  });

  it('says no more than what a merge makes of it', () => {
    fc.assert(
      fc.property(document, (value) => {
        const patch = parseExactJson(JSON.stringify(value)) as JsonObject;
        assert.ok(inspectMetadata(patch).leastBytes <= metadataBytes(mergePatch({}, patch)));
      }),
      { numRuns },
    );
  });
});

describe('M4: metadataBytes()', () => {
  for (const [json, bytes] of [
    ['{}', 2],
    ['{ "a" : [ 1 , 2 ] }', 11],
    ['{"a":"é"}', 10],
    ['{"a":"\\u00e9"}', 10],
    ['{"a":"𝄞"}', 12],
    ['{"a":"\\ud834\\udd1e"}', 12],
    ['{"é":1}', 8],
    ['{"a":"\\""}', 10],
    ['{"a":"\\/"}', 9],
    ['{"a":"\\n"}', 10],
    ['{"a":"\\u001f"}', 14],
    ['{"a":"\\u007f\\u2028"}', 12],
    ['{"a":1.50,"b":1e2}', 17],
  ] as const) {
    it(`counts ${bytes} for ${json}: UTF-8 of compact JSON, however it was sent`, () => {
      assert.equal(metadataBytes(parseExactJson(json)), bytes);
    });
  }

  it('counts what the database would have to give back', () => {
    fc.assert(
      fc.property(document, (value) => assert.equal(metadataBytes(value), Buffer.byteLength(JSON.stringify(value)))),
      { numRuns },
    );
    assert.equal(maximumMetadataBytes, 8 * 1024);
  });
});

describe('M4: parseExactJson()', () => {
  it('reads what JSON.parse() reads', () => {
    const spaced = fc.tuple(document, fc.constantFrom(0, 1, '\t')).map(([value, space]) => JSON.stringify(value, null, space));
    fc.assert(
      fc.property(spaced, (json) => assert.deepEqual(parseExactJson(json), JSON.parse(json))),
      { numRuns },
    );
  });

  it('reads every number that a program has written, and refuses its neighbours that no double holds', () => {
    const numbers = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => number !== 0);
    fc.assert(
      fc.property(numbers, (number) => {
        assert.equal(parseExactJson(JSON.stringify(number)), number);
        const [, digits = '', exponent = ''] = /^(-?[\d.]+)(.*)$/.exec(JSON.stringify(number)) ?? [];
        const finer = `${digits}${digits.includes('.') ? '' : '.'}${'0'.repeat(20)}1${exponent}`;
        assert.equal(Number.isFinite(parseExactJson(finer)), false, finer);
      }),
      { numRuns },
    );
  });

  for (const json of ['0', '-0', '0.0', '0e9', '1.50', '100e-2', '1E+2', '9007199254740991', '0.1', '123456789012345', '1e22', '5e-324']) {
    it(`takes ${json}`, () => assert.equal(parseExactJson(json), Number(json)));
  }
  for (const json of ['9007199254740993', '12345678901234567890', '0.10000000000000001', '1e400', '-1e400', '1e-400']) {
    it(`takes no ${json}, which would be read as another number`, () => assert.equal(Number.isFinite(parseExactJson(json)), false));
  }

  it('finds such a number wherever one can be', () => {
    const places = ['#', ' #', '\n#', '\r#', '\t#', '[#]', '[0,#]', '[0, #]', '{"a":#}', '{"a":\n#}', '{"a":0,"b":[{},#]}'];
    for (const place of places) {
      // JSON has no infinity, and writes null.
      const expected = JSON.stringify(JSON.parse(place.replace('#', 'null')));
      for (const number of ['9007199254740993', '-9007199254740993', '0.10000000000000001', '1e-400', '-1E-400']) {
        assert.equal(JSON.stringify(parseExactJson(place.replace('#', number))), expected, place.replace('#', number));
      }
    }
  });

  it('looks for numbers outside of strings only', () => {
    for (const json of ['"12345678901234567890"', '{"12345678901234567890":"\\"1e999\\\\"}', '"\\\\\\"12345678901234567890"']) {
      assert.deepEqual(parseExactJson(json), JSON.parse(json));
    }
  });

  for (const json of [
    '',
    '{',
    '01',
    '-',
    '1.',
    '.5',
    '+1',
    "{'a':1}",
    '"a',
    '[1,]',
    'NaN',
    '-01234567890123456789',
    '"\n"',
    '1 1',
    '1e23.5',
  ]) {
    it(`refuses ${json || 'nothing'}`, () => assert.throws(() => parseExactJson(json), SyntaxError));
  }

  for (const [name, json] of [
    ['a string of quotes that does not end', `"${'\\"'.repeat(1_000_000)}`],
    ['a long string of quotes', `["${'\\"'.repeat(1_000_000)}"]`],
    ['a number with a million zeros inside', `1${'0'.repeat(1_000_000)}1`],
    ['a fraction with a million zeros inside', `0.1${'0'.repeat(1_000_000)}1`],
    ['a hundred thousand numbers', `[${'1e5,'.repeat(100_000)}0]`],
    ['a million backslashes', '\\'.repeat(1_000_000)],
  ] as const) {
    it(`comes to an end with ${name}`, () => {
      const context = createContext({ read: () => void attempt(() => parseExactJson(json)) });
      // A square of its length would be hours; what hangs is stopped.
      runInContext('read()', context, { timeout: 60_000 });
    });
  }
});

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    assert.ok(error instanceof SyntaxError);
    return error;
  }
}
