import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fieldsAskedFor, fieldsOf, isReady } from '../../../demo/server/domain/sign-up.ts';
import { readSettings } from '../../../demo/server/settings.ts';
import type { SettingsFile } from '../../../demo/server/settings.ts';
import type { Verification } from '../../../demo/server/store/verifications.ts';

const settingsOf = (file: SettingsFile = {}) => readSettings(file, 'development');
const nothing = {
  email_address: null,
  email_address_normalized: null,
  username: null,
  first_name: null,
  last_name: null,
  has_password: false,
  legal_accepted_at: null,
};
const ann = { ...nothing, email_address: 'ann@example.com', email_address_normalized: 'ann@example.com', has_password: true };
const verification = (changes: Partial<Verification> = {}): Verification => ({
  id: 'ver_1',
  strategy: 'email_code',
  status: 'verified',
  attempts: 1,
  code_hash: null,
  sent_to: 'ann@example.com',
  verified_at_client: null,
  expire_at: 1,
  created_at: 0,
  ...changes,
});

describe('fieldsAskedFor()', () => {
  it('follows the settings of each attribute', () => {
    const settings = settingsOf({
      attributes: { first_name: { enabled: true, required: true }, last_name: { enabled: true }, username: { enabled: true } },
      sign_up: { legal_consent: true },
    });
    assert.deepEqual(fieldsAskedFor(settings), {
      required: ['email_address', 'first_name', 'password', 'legal_accepted'],
      optional: ['username', 'last_name'],
    });
  });

  it('requires an identifier even where the settings require none', () => {
    const email = settingsOf({ attributes: { email_address: { required: false } } });
    assert.deepEqual(fieldsAskedFor(email).required, ['email_address', 'password']);
    const username = settingsOf({ attributes: { email_address: { enabled: false }, username: { enabled: true } } });
    assert.deepEqual(fieldsAskedFor(username).required, ['username', 'password']);
  });
});

describe('fieldsOf()', () => {
  it('names what is missing, and what is supplied but not proved', () => {
    assert.deepEqual(fieldsOf(nothing, undefined, settingsOf()).missing, ['email_address', 'password']);
    const { missing, unverified } = fieldsOf(ann, undefined, settingsOf());
    assert.deepEqual([missing, unverified], [[], ['email_address']]);
  });

  it('is ready once the address is proved', () => {
    assert.equal(isReady(fieldsOf(ann, verification(), settingsOf())), true);
    assert.equal(isReady(fieldsOf(ann, verification({ status: 'unverified' }), settingsOf())), false);
  });

  it('does not take the proof of a former address', () => {
    assert.deepEqual(fieldsOf(ann, verification({ sent_to: 'former@example.com' }), settingsOf()).unverified, ['email_address']);
  });

  it('asks for no proof where the settings ask for none', () => {
    const settings = settingsOf({ attributes: { email_address: { verify_at_sign_up: false } } });
    assert.equal(isReady(fieldsOf(ann, undefined, settings)), true);
  });
});
