import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSubject, maskEmailAddress } from '../../../demo/server/domain/subject.ts';
import { readSettings } from '../../../demo/server/settings.ts';
import type { User } from '../../../demo/server/store/users.ts';

const address = (id: string, email: string, changes: object = {}) => ({
  id,
  user_id: 'user_1',
  email_address: email,
  email_address_normalized: email.toLowerCase(),
  reserved: false,
  verified_by: 'email_code',
  verified_at: 1,
  created_at: 1,
  updated_at: 1,
  ...changes,
});
const user = {
  id: 'user_1',
  username: 'ann_b',
  has_password: false,
  primary_email_address_id: 'idn_1',
  email_addresses: [
    address('idn_1', 'Ann@example.com'),
    address('idn_2', 'ann@work.example.com'),
    address('idn_3', 'unproved@example.com', { verified_by: null }),
    address('idn_4', 'reserved@example.com', { verified_by: null, reserved: true }),
  ],
} as unknown as User;
const contextOf = (enumerationProtection: boolean) => ({
  settings: readSettings({ enumeration_protection: enumerationProtection }, 'development'),
  keys: { codeKey: Buffer.alloc(32, 7) } as never,
});
const byAddress = (text: string, found: User | undefined) => ({ typed: { emailAddress: text.toLowerCase() }, text, user: found });

describe('maskEmailAddress()', () => {
  it('shows the first character and the domain', () => {
    assert.equal(maskEmailAddress('ann@example.com'), 'a**@example.com');
    assert.equal(maskEmailAddress('a@example.com'), 'a*@example.com');
    assert.equal(maskEmailAddress('🦊fox@example.com'), '🦊***@example.com');
  });
});

describe('createSubject()', () => {
  it('offers the addresses that are proved or reserved, the typed one first', () => {
    const subject = createSubject(contextOf(false), byAddress('ann@work.example.com', user));
    assert.deepEqual(
      subject?.addresses.map(({ id }) => id),
      ['idn_1', 'idn_2', 'idn_4'],
    );
    assert.equal(subject?.preferred?.id, 'idn_2');
    assert.deepEqual(subject?.lockout, { userId: 'user_1' });
  });

  it('sends to the primary address of who has typed a username', () => {
    assert.equal(createSubject(contextOf(false), { typed: { username: 'ann_b' }, text: 'ann_b', user })?.preferred?.id, 'idn_1');
  });

  it('knows nobody by default who is nobody', () => {
    assert.equal(createSubject(contextOf(false), byAddress('nobody@example.com', undefined)), undefined);
  });
});

describe('createSubject() where nobody may learn who exists', () => {
  it('makes somebody and nobody look alike', () => {
    const somebody = createSubject(contextOf(true), byAddress('ann@example.com', user));
    const nobody = createSubject(contextOf(true), byAddress('ann@example.com', undefined));
    assert.deepEqual(
      { ...somebody, user: 0, lockout: 0, addresses: 0, preferred: 0 },
      { ...nobody, user: 0, lockout: 0, addresses: 0, preferred: 0 },
    );
    assert.equal(somebody?.addresses.length, 1);
    assert.equal(nobody?.addresses.length, 1);
    assert.equal(somebody?.preferred?.masked, nobody?.preferred?.masked);
    assert.equal(somebody?.preferred?.isReachable, true);
    assert.equal(nobody?.preferred?.isReachable, false);
  });

  it('invents an id that looks like any other and is the same every time', () => {
    const ids = [1, 2].map(() => createSubject(contextOf(true), byAddress('nobody@example.com', undefined))?.preferred?.id);
    assert.match(ids[0] ?? '', /^idn_[0-9A-Za-z]{27}$/);
    assert.equal(ids[0], ids[1]);
    assert.notEqual(ids[0], createSubject(contextOf(true), byAddress('other@example.com', undefined))?.preferred?.id);
  });

  it('sends nothing to an address that its user has not proved', () => {
    assert.equal(createSubject(contextOf(true), byAddress('unproved@example.com', user))?.preferred?.isReachable, false);
  });

  it('offers a username no address, since nobody has none', () => {
    assert.deepEqual(createSubject(contextOf(true), { typed: { username: 'ann_b' }, text: 'ann_b', user })?.addresses, []);
  });
});
