import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCondition } from '../../../src/elements/show/condition.ts';
import type { UserResource } from '../../../src/resources/types.ts';

const user = {
  publicMetadata: {
    role: 'admin',
    level: 3,
    formula: 'a=b',
    tags: ['a'],
    nothing: null,
    off: false,
    none: 0,
    empty: '',
    'two words': 'x y',
  },
  unsafeMetadata: JSON.parse('{"plan":"large","address":{"city":"Paris"},"news":true,"toString":"own"}') as Record<string, unknown>,
} as unknown as UserResource;

describe('parseCondition()', () => {
  for (const [when, forUser, forVisitor] of [
    ['signed-in', true, false],
    ['signed-out', false, true],
    ['public:role', true, false],
    ['public:role=admin', true, false],
    ['public:role=Admin', false, false],
    ['public:role=', false, false],
    ['public:empty=', true, false],
    ['public:level=3', true, false],
    ['public:formula=a=b', true, false],
    ['public:two words=x y', true, false],
    ['public:tags', true, false],
    ['public:tags=a', false, false],
    ['public:nothing', false, false],
    ['public:nothing=null', false, false],
    ['public:off', false, false],
    ['public:off=false', true, false],
    ['public:none', false, false],
    ['public:none=0', true, false],
    ['public:empty', false, false],
    ['public:missing', false, false],
    ['public:missing=undefined', false, false],
    ['public:plan', false, false],
    ['public:hasOwnProperty', false, false],
    ['public:role.length', false, false],
    ['unsafe:plan', true, false],
    ['unsafe:address.city=Paris', true, false],
    ['unsafe:address', true, false],
    ['unsafe:news=true', true, false],
    ['unsafe:toString=own', true, false],
  ] as const) {
    it(`reads ${when}`, () => {
      const condition = parseCondition(when);
      assert.deepEqual([condition(user), condition(null)], [forUser, forVisitor]);
    });
  }

  for (const when of [
    '',
    'signed in',
    'Signed-In',
    'admin',
    'public',
    'public:',
    'public:=x',
    'public:a..b',
    'private:stripeId',
    'user:firstName',
    'public:__proto__.x',
    'public:constructor',
    'unsafe:a.prototype=1',
  ]) {
    it(`refuses "${when}"`, () => {
      assert.throws(() => parseCondition(when), SyntaxError);
    });
  }
});
