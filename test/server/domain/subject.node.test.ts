import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskEmailAddress, maskPhoneNumber } from '../../../demo/server/domain/identification-kinds.ts';
import { createSubject, preferredOf } from '../../../demo/server/domain/subject.ts';
import type { Subject } from '../../../demo/server/domain/subject.ts';
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
  verification_id: null,
  verification: null,
  created_at: 1,
  updated_at: 1,
  ...changes,
});
const number = (id: string, phoneNumber: string, changes: object = {}) => ({
  ...address(id, ''),
  phone_number: phoneNumber,
  reserved_for_second_factor: false,
  default_second_factor: false,
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
  phone_numbers: [number('idn_5', '+14155550101'), number('idn_6', '+14155550102', { reserved_for_second_factor: true })],
} as unknown as User;
const contextOf = (enumerationProtection: boolean) => ({
  settings: readSettings({ enumeration_protection: enumerationProtection }, 'development'),
  keys: { codeKey: Buffer.alloc(32, 7) } as never,
});
const preferred = (subject: Subject | undefined) => preferredOf(subject?.addresses ?? []);
const byNumber = (text: string, found: User | undefined) => ({ typed: { phoneNumber: text }, text, user: found });
const byAddress = (text: string, found: User | undefined) => ({ typed: { emailAddress: text.toLowerCase() }, text, user: found });

describe('maskEmailAddress()', () => {
  it('shows the first character and the domain', () => {
    assert.equal(maskEmailAddress('ann@example.com'), 'a**@example.com');
    assert.equal(maskEmailAddress('a@example.com'), 'a*@example.com');
    assert.equal(maskEmailAddress('🦊fox@example.com'), '🦊***@example.com');
  });
});

describe('maskPhoneNumber()', () => {
  it('shows the last four digits', () => {
    assert.equal(maskPhoneNumber('+14155550101'), '+*******0101');
  });
});

describe('createSubject()', () => {
  it('offers the addresses that are proved or reserved, the typed one first', () => {
    const subject = createSubject(contextOf(false), byAddress('ann@work.example.com', user));
    assert.deepEqual(
      subject?.addresses.map(({ id }) => id),
      ['idn_1', 'idn_2', 'idn_4', 'idn_5', 'idn_6'],
    );
    assert.equal(preferred(subject)?.id, 'idn_2');
    assert.deepEqual(subject?.lockout, { userId: 'user_1' });
  });

  it('sends to the primary address of who has typed a username', () => {
    assert.equal(preferred(createSubject(contextOf(false), { typed: { username: 'ann_b' }, text: 'ann_b', user }))?.id, 'idn_1');
  });

  it('knows nobody by default who is nobody', () => {
    assert.equal(createSubject(contextOf(false), byAddress('nobody@example.com', undefined)), undefined);
  });
});

describe('createSubject() where nobody may learn who exists', () => {
  it('makes somebody and nobody look alike', () => {
    const somebody = createSubject(contextOf(true), byAddress('ann@example.com', user));
    const nobody = createSubject(contextOf(true), byAddress('ann@example.com', undefined));
    assert.deepEqual({ ...somebody, user: 0, lockout: 0, addresses: 0 }, { ...nobody, user: 0, lockout: 0, addresses: 0 });
    assert.equal(somebody?.addresses.length, 1);
    assert.equal(nobody?.addresses.length, 1);
    assert.equal(preferred(somebody)?.masked, preferred(nobody)?.masked);
    assert.equal(preferred(somebody)?.isReachable, true);
    assert.equal(preferred(nobody)?.isReachable, false);
  });

  it('invents an id that looks like any other and is the same every time', () => {
    const ids = [1, 2].map(() => preferred(createSubject(contextOf(true), byAddress('nobody@example.com', undefined)))?.id);
    assert.match(ids[0] ?? '', /^idn_[0-9A-Za-z]{27}$/);
    assert.equal(ids[0], ids[1]);
    assert.notEqual(ids[0], preferred(createSubject(contextOf(true), byAddress('other@example.com', undefined)))?.id);
  });

  it('sends nothing to an address that its user has not proved', () => {
    assert.equal(preferred(createSubject(contextOf(true), byAddress('unproved@example.com', user)))?.isReachable, false);
  });

  it('does the same with phone numbers, and sends nothing to one that is kept for the second step', () => {
    const [somebody, keeper, nobody] = [
      byNumber('+14155550101', user),
      byNumber('+14155550102', user),
      byNumber('+14155550103', undefined),
    ].map((typed) => createSubject(contextOf(true), typed));
    assert.deepEqual(
      [somebody, keeper, nobody].map((subject) =>
        subject?.addresses.map(({ id: _id, address: _address, normalized: _number, ...rest }) => rest),
      ),
      [true, false, false].map((isReachable, index) => [
        {
          kind: 'phone_number',
          masked: `+*******010${index + 1}`,
          isPrimary: true,
          isTyped: true,
          isSecondFactor: false,
          isDefaultSecondFactor: false,
          isReachable,
        },
      ]),
    );
    assert.deepEqual(nobody?.lockout, { identifier: '+14155550103' });
  });

  it('offers a username no address, since nobody has none', () => {
    assert.deepEqual(createSubject(contextOf(true), { typed: { username: 'ann_b' }, text: 'ann_b', user })?.addresses, []);
  });
});
