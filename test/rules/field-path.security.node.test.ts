import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseFieldPath, readAtPath, setAtPath } from '../../src/rules/field-path.ts';
import { mergePatch } from '../../src/rules/merge-patch.ts';

describe('B11: parseFieldPath()', () => {
  for (const [name, path] of [
    ['birthday', ['birthday']],
    ['address.city', ['address', 'city']],
    ['toString', ['toString']],
    ['a.hasOwnProperty.0', ['a', 'hasOwnProperty', '0']],
    ['first name', ['first name']],
  ] as const) {
    it(`reads "${name}"`, () => {
      assert.deepEqual(parseFieldPath(name), path);
    });
  }

  for (const name of ['', '.', 'a.', '.a', 'a..b']) {
    it(`refuses "${name}", which has an empty part`, () => {
      assert.throws(() => parseFieldPath(name), { name: 'SyntaxError', message: /must not have the part ""/ });
    });
  }

  for (const name of ['__proto__', '__proto__.x', 'a.constructor', 'a.prototype.b']) {
    it(`refuses "${name}" and names the part`, () => {
      assert.throws(() => parseFieldPath(name), { name: 'SyntaxError', message: /must not have the part "\w+"/ });
    });
  }
});

describe('B11: readAtPath()', () => {
  const document = { city: 'Paris', address: { city: 'Oslo', lines: ['a', 'b'], none: null } };
  for (const [path, value] of [
    [['city'], 'Paris'],
    [['address', 'city'], 'Oslo'],
    [['address', 'none'], null],
    [['address', 'none', 'deeper'], undefined],
    [['city', 'length'], undefined],
    [['address', 'lines', '0'], undefined],
    [['missing'], undefined],
  ] as const) {
    it(`finds ${JSON.stringify(value)} at ${path.join('.')}`, () => {
      assert.equal(readAtPath(document, path), value);
    });
  }

  it('sees own members only', () => {
    assert.equal(readAtPath({}, ['toString']), undefined);
    assert.equal(readAtPath(undefined, ['toString']), undefined);
    assert.equal(readAtPath({ toString: 'mine' }, ['toString']), 'mine');
  });
});

describe('B11: setAtPath()', () => {
  it('nests the value', () => {
    assert.equal(JSON.stringify(setAtPath({}, ['address', 'city'], 'Oslo')), '{"address":{"city":"Oslo"}}');
    assert.equal(JSON.stringify(setAtPath({}, ['city'], null)), '{"city":null}');
  });

  it('adds to a copy', () => {
    const before = { address: { city: 'Paris' }, plan: 'small' };
    const after = setAtPath(before, ['address', 'zip'], null);
    assert.equal(JSON.stringify(after), '{"address":{"city":"Paris","zip":null},"plan":"small"}');
    assert.equal(JSON.stringify(before), '{"address":{"city":"Paris"},"plan":"small"}');
  });

  it('puts an object where another value is in the way', () => {
    assert.equal(JSON.stringify(setAtPath({ a: 1 }, ['a', 'b'], 2)), '{"a":{"b":2}}');
  });

  it('makes a merge patch that leaves the neighbours alone', () => {
    const stored = { address: { city: 'Paris', zip: '1' }, x: 1 };
    const merged = mergePatch(stored, setAtPath({}, ['address', 'city'], 'Oslo'));
    assert.equal(JSON.stringify(merged), '{"address":{"city":"Oslo","zip":"1"},"x":1}');
  });

  it('touches no prototype, whatever the keys', () => {
    const document = setAtPath({}, ['__proto__', 'polluted'], true);
    assert.equal(JSON.stringify(document), '{"__proto__":{"polluted":true}}');
    assert.equal('polluted' in {}, false);
    assert.equal(JSON.stringify(setAtPath({}, ['toString', 'a'], 1)), '{"toString":{"a":1}}');
  });
});
