/** The document of what is there of Clerk's types, out of a small comparison. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coverageDocument, listsModule } from '../../tools/coverage/document.mjs';

const user = {
  name: 'User',
  members: ['id', 'status', 'update', 'mountUserButton', 'createWeb3Wallet'],
  missing: ['mountUserButton', 'createWeb3Wallet'],
  different: ['status'],
};

describe('coverageDocument()', () => {
  it('counts what is in scope, and all; rounds down; and names what is missing where it belongs', () => {
    const text = coverageDocument([user], '1.2.3');
    assert.match(
      text,
      /\*\*75\.0 % of the user-facing members in scope are there: 3 of 4\.\*\* Of all user-facing members, 60\.0 %: 3 of 5\./,
    );
    assert.match(text, /- User: `mountUserButton`\n/);
    assert.match(text, /- wallets: `User\.createWeb3Wallet`\n/);
    assert.match(text, /\| `User\.status` \| open: /);
    const members = Array.from({ length: 300 }, (_, index) => `member${index}`);
    assert.match(coverageDocument([{ ...user, members, missing: ['member0'], different: [] }], ''), /99\.6 %/);
  });

  it('wants to know why a type differs', () => {
    assert.throws(() => coverageDocument([{ ...user, different: ['update'] }], ''), /User\.update differs from Clerk's type/);
  });
});

describe('listsModule()', () => {
  it('is what tests compare with', () => {
    assert.match(listsModule([user]), /User: \{"present":\["id","status","update"\],"different":\["status"\],"missing":\[/);
  });
});
