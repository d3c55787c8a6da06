import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { evaluateClaims } from '../../../demo/server/domain/shortcodes.ts';
import type { JsonObject } from '../../../src/rules/merge-patch.ts';

const values = {
  user: {
    id: 'user_1',
    first_name: 'John',
    last_name: null,
    full_name: null,
    email_verified: false,
    phone_number_verified: true,
    created_at: 1227618844,
    public_metadata: {
      role: 'shopper',
      age: 0,
      empty: '',
      no: false,
      interests: ['hiking', 'knitting'],
      addresses: { Home: '2355 Pointe Lane', Work: null },
      'with-dash': 1,
      größe: 2,
      constructor: 'an own one',
      trap: '{{user.id}}',
      deep: { trap: ['{{user.id}} {{user.first_name}}', { '{{user.id}}': '{{user.id}}' }] },
    },
    unsafe_metadata: {},
  },
  session: { actor: null },
};

/** What one claim becomes. */
const evaluate = (template: unknown) => evaluateClaims({ claim: template }, values)['claim'];

describe('evaluateClaims()', () => {
  const table: [template: unknown, expected: unknown][] = [
    // Static values.
    ['text', 'text'],
    [null, null],
    [1.5, 1.5],
    [true, true],
    [{ bar: [1, 2, { baz: null }] }, { bar: [1, 2, { baz: null }] }],
    // One shortcode keeps its type.
    ['{{user.id}}', 'user_1'],
    ['{{ user.id }}', 'user_1'],
    ['{{\tuser.id\n}}', 'user_1'],
    ['{{user.created_at}}', 1227618844],
    ['{{user.email_verified}}', false],
    ['{{user.last_name}}', null],
    ['{{user.public_metadata}}', values.user.public_metadata],
    ['{{user.unsafe_metadata}}', {}],
    ['{{user.public_metadata.interests}}', ['hiking', 'knitting']],
    ['{{user.public_metadata.addresses.Home}}', '2355 Pointe Lane'],
    ['{{user.public_metadata.with-dash}}', 1],
    ['{{user.public_metadata.größe}}', 2],
    ['{{session.actor}}', null],
    // Text around it, or several: text.
    ['{{user.last_name}} {{user.first_name}}', 'null John'],
    [' {{user.created_at}}', ' 1227618844'],
    ['{{user.id}}{{user.id}}', 'user_1user_1'],
    ['a {{user.public_metadata.interests}} b', 'a ["hiking","knitting"] b'],
    ['{{user.email_verified}}!', 'false!'],
    ['$& {{user.id}} $1', '$& user_1 $1'],
    // Anywhere in the template, but not in names.
    [
      ['{{user.id}}', { id: '{{user.id}}' }],
      ['user_1', { id: 'user_1' }],
    ],
    [
      { '{{user.id}}': 1, 'user.id': '{{user.id}}' },
      { '{{user.id}}': 1, 'user.id': 'user_1' },
    ],
    // Fallbacks.
    ["{{user.public_metadata.role || 'guest'}}", 'shopper'],
    ["{{user.public_metadata.plan || 'free'}}", 'free'],
    ["{{user.public_metadata.plan||'free'}}", 'free'],
    ['{{user.public_metadata.years || user.unsafe_metadata.years || 30 }}', 30],
    ['{{user.public_metadata.age || 30}}', 0],
    ["{{user.public_metadata.empty || 'full'}}", ''],
    ['{{user.public_metadata.no || -1.5}}', -1.5],
    ['{{user.email_verified || user.phone_number_verified}}', true],
    ['{{user.last_name || user.email_verified}}', false],
    ['{{user.last_name || user.full_name}}', null],
    ['{{user.email_verified || user.last_name}}', null],
    ["Hello {{user.full_name || 'you'}}", 'Hello you'],
    ["{{user.full_name || 'Awesome User'}}", 'Awesome User'],
    ["{{user.full_name || 'a || b }} {{c'}}", 'a || b }} {{c'],
    ["{{user.full_name || ''}}", ''],
    ["{{'user.id'}}", 'user.id'],
    ['{{true}}', true],
    ['{{false}}', false],
    ['{{42}}', 42],
    // Unknown, missing, unreadable.
    ['{{user.i_dont_exist}}', null],
    ['{{user.i_dont_exist}}!', 'null!'],
    ['{{user.private_metadata}}', null],
    ['{{user.public_metadata.nothing.here}}', null],
    ['{{user.public_metadata.role.length}}', null],
    ['{{user.public_metadata.interests.length}}', null],
    ['{{org.id}}', null],
    ['{{org_membership.public_metadata}}', null],
    ['{{user}}', null],
    ['{{session}}', null],
    ['{{id}}', null],
    ['{{}}', null],
    ['{{ }}', null],
    ['{{user..id}}', null],
    ['{{.user.id}}', null],
    ['{{user .id}}', null],
    ['{{user.id user.id}}', null],
    ['{{user.id |}}', null],
    ['{{user.id ||}}', null],
    ['{{|| user.id}}', null],
    ['{{user.id | user.id}}', null],
    ['{{"user.id"}}', null],
    // No shortcodes at all.
    ['{{user.id}', '{{user.id}'],
    ['{user.id}', '{user.id}'],
    ['{{user.id', '{{user.id'],
    ["{{user.full_name || 'open}}", "{{user.full_name || 'open}}"],
    ['}}{{', '}}{{'],
    // What metadata says is never read as a shortcode.
    ['{{user.public_metadata.trap}}', '{{user.id}}'],
    ['({{user.public_metadata.trap}})', '({{user.id}})'],
    ['{{user.public_metadata.deep}}', values.user.public_metadata.deep],
  ];
  for (const [template, expected] of table) {
    it(`makes ${JSON.stringify(expected)} of ${JSON.stringify(template)}`, () => assert.deepEqual(evaluate(template), expected));
  }

  it('follows own members only', () => {
    for (const name of ['toString', 'valueOf', 'hasOwnProperty', '__proto__', 'prototype']) {
      assert.equal(evaluate(`{{user.public_metadata.${name}}}`), null, name);
      assert.equal(evaluate(`{{user.${name}}}`), null, name);
      assert.equal(evaluate(`{{${name}.${name}}}`), null, name);
    }
    assert.equal(evaluate('{{user.public_metadata.constructor}}'), 'an own one');
    assert.equal(evaluate('{{user.public_metadata.constructor.name}}'), null);
    assert.equal(evaluate('{{user.public_metadata.interests.constructor}}'), null);
    assert.equal(evaluate('{{user.public_metadata.__proto__.polluted}}'), null);
  });

  it('takes names of claims as they are, whatever they are', () => {
    const template = JSON.parse(
      '{"__proto__": "{{user.id}}", "toString": "{{user.id}}", "constructor": {"prototype": "{{user.id}}"}}',
    ) as JsonObject;
    assert.equal(
      JSON.stringify(evaluateClaims(template, values)),
      '{"__proto__":"user_1","toString":"user_1","constructor":{"prototype":"user_1"}}',
    );
    assert.equal(({} as JsonObject)['prototype'], undefined);
  });

  it('comes to an end with long texts that are nearly shortcodes', () => {
    for (const part of ['{{', "{{'", "'", "{{''", '{{ ||', "{{a || 'b", '}}', '||', ' ']) {
      const text = part.repeat(100_000);
      for (const whole of [text, `{{${text}`, `{{${text}}}`]) assert.notEqual(evaluate(whole), undefined);
    }
  });
});

describe('evaluateClaims(), of anything', () => {
  const runs = { numRuns: 2000 };
  const plainText = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('{{'));
  const json = fc.jsonValue({ maxDepth: 4 });
  /** Names that a path can hold. */
  const name = fc.oneof(
    fc.stringMatching(/^[\w-]{1,12}$/),
    fc.constantFrom('toString', 'constructor', 'hasOwnProperty', '__proto__', 'größe', '鍵'),
  );
  const literal = fc.oneof(fc.boolean(), fc.integer({ min: -1e6, max: 1e6 }), fc.stringMatching(/^[^']{0,12}$/));
  const write = (value: string | number | boolean) => (typeof value === 'string' ? `'${value}'` : String(value));
  /** A document with `value` at `path`, without prototypes. */
  const nest = (path: readonly string[], value: unknown): unknown =>
    path.reduceRight<unknown>((inner, key) => Object.fromEntries([[key, inner]]), value);

  it('leaves alone what has no shortcode', () => {
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(plainText, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (template) => {
        const before = JSON.stringify(template);
        assert.equal(JSON.stringify(evaluate(template)), before);
        assert.equal(JSON.stringify(template), before, 'the template is not changed');
      }),
      runs,
    );
  });

  it('gives every value at every path as it is', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 8 }), json, (path, value) => {
        const source = { user: { unsafe_metadata: nest(path, value) } };
        const template = `{{user.unsafe_metadata.${path.join('.')}}}`;
        assert.deepEqual(evaluateClaims({ claim: template }, source)['claim'], value ?? null);
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        assert.equal(evaluateClaims({ claim: `<${template}>` }, source)['claim'], `<${text}>`);
      }),
      runs,
    );
  });

  it('takes the first operand that is neither null nor false, else the last', () => {
    const operand = fc.oneof(
      literal.map((value) => ({ text: write(value), value: value as unknown })),
      fc.constantFrom(
        ...['age', 'no', 'empty', 'role', 'nothing'].map((key) => ({ text: `user.public_metadata.${key}`, value: own(key) })),
      ),
    );
    const blank = fc.stringMatching(/^[ \t\n]{0,3}$/);
    fc.assert(
      fc.property(fc.array(operand, { minLength: 1, maxLength: 6 }), blank, (operands, space) => {
        const expected = operands.find(({ value }) => value !== null && value !== false) ?? operands.at(-1);
        const template = `{{${operands.map(({ text }) => `${space}${text}${space}`).join('||')}}}`;
        assert.deepEqual(evaluate(template), expected?.value);
      }),
      runs,
    );
  });

  it('never reads a value again', () => {
    const nasty = fc
      .array(fc.constantFrom('{{', '}}', 'user.id', "'", '||', ' ', 'x', '{{user.id}}', '$&', '$1'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.dictionary(nasty, fc.oneof(nasty, fc.array(nasty))), nasty, (document, text) => {
        const source = { user: { id: 'user_1', unsafe_metadata: { document, text } } };
        assert.deepEqual(evaluateClaims({ claim: '{{user.unsafe_metadata.document}}' }, source)['claim'], document);
        assert.equal(evaluateClaims({ claim: 'a{{user.unsafe_metadata.text}}b' }, source)['claim'], `a${text}b`);
      }),
      runs,
    );
  });

  it('never fails, and shows nothing that was not named', () => {
    const fragment = fc.constantFrom(
      '{{',
      '}}',
      'user',
      '.',
      'public_metadata',
      'private_metadata',
      'role',
      '||',
      "'",
      ' ',
      '__proto__',
      'id',
      '0',
      '|',
    );
    const source = {
      user: { id: 'user_1', public_metadata: { role: 'shopper' } },
      secret: 'canary',
      deeper: { private_metadata: 'canary' },
    };
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 30 }), (fragments) => {
        const text = fragments.join('');
        assert.doesNotMatch(JSON.stringify(evaluateClaims({ claim: text, list: [text, { text }] }, source)), /canary/);
      }),
      { numRuns: 10_000 },
    );
  });
});

/** A member of the public metadata above; `null` where there is none. */
function own(key: string): unknown {
  const document: JsonObject = values.user.public_metadata;
  return Object.hasOwn(document, key) ? document[key] : null;
}
