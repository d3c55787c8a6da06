import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findClaimsProblems, isTemplateName, reservedClaims } from '../../../demo/server/domain/claim-rules.ts';

describe('findClaimsProblems()', () => {
  it('finds every reserved claim, at the top only', () => {
    const all = Object.fromEntries(reservedClaims.map((name) => [name, 1]));
    assert.deepEqual(
      findClaimsProblems(all).map(({ kind, path: [name] }) => [kind, name]),
      reservedClaims.map((name) => ['reserved_claim', name]),
    );
    assert.deepEqual(findClaimsProblems({ profile: all, aud: 'x', SUB: 1, 'sub ': 1 }), []);
  });

  const naming = [
    '{{user.private_metadata}}',
    '{{ user.private_metadata }}',
    '{{\nuser\t.\tprivate_metadata\n}}',
    '{{user.private_metadata.stripeId}}',
    '{{User.Private_Metadata}}',
    "{{user.public_metadata.id || user.private_metadata.id || 'none'}}",
    "{{'}}' || user.private_metadata}}",
    'a {{user.id}} b {{user.private_metadata.a.b}} c',
    '{{{user.private_metadata}}}',
    "{{user.private_metadata || 'open}}",
  ];
  for (const text of naming) {
    it(`finds private metadata in ${JSON.stringify(text)}`, () => {
      const claims = { a: text, list: [1, { deep: text }] };
      assert.deepEqual(
        findClaimsProblems(claims).sort((a, b) => a.path.length - b.path.length),
        [
          { kind: 'private_metadata', path: ['a'], value: text },
          { kind: 'private_metadata', path: ['list', 1, 'deep'], value: text },
        ],
      );
    });
  }

  it('lets through what only looks like it', () => {
    const texts = [
      'user.private_metadata',
      '{{user.public_metadata.private_metadata}}',
      '{{user.public_metadata.user.private_metadata}}',
      '{{user.private_metadata_version}}',
      '{{user.private_metadata-2}}',
      '{{my-user.private_metadata}}',
      '{{org.private_metadata}}',
    ];
    for (const text of texts) assert.deepEqual(findClaimsProblems({ claim: text, [text]: 1 }), [], text);
  });
});

describe('isTemplateName()', () => {
  it('takes what stands in an address without escapes', () => {
    for (const name of ['supabase', 'My-Template_2', 'x'.repeat(64)]) assert.equal(isTemplateName(name), true, name);
    for (const name of ['', 'a b', 'a/b', 'a.b', 'é', 'x'.repeat(65), 'session token']) assert.equal(isTemplateName(name), false, name);
  });
});
