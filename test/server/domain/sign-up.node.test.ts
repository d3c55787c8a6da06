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
  phone_number: null,
  username: null,
  first_name: null,
  last_name: null,
  has_password: false,
  legal_accepted_at: null,
  external_account_strategy: null,
};
const ann = { ...nothing, email_address: 'ann@example.com', email_address_normalized: 'ann@example.com', has_password: true };
const verification = (changes: Partial<Verification> = {}): Verification => ({
  id: 'ver_1',
  strategy: 'email_code',
  status: 'verified',
  attempts: 1,
  code_hash: null,
  nonce: null,
  sent_to: 'ann@example.com',
  verified_at_client: null,
  redirect_url: null,
  error: null,
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
    const phone = settingsOf({ attributes: { email_address: { enabled: false }, phone_number: { enabled: true } } });
    assert.deepEqual(fieldsAskedFor(phone).required, ['phone_number', 'password']);
  });

  it('requires one of address and number where both are enabled and neither is required', () => {
    const attributes = { email_address: { required: false }, phone_number: { enabled: true } };
    assert.deepEqual(fieldsAskedFor(settingsOf({ attributes })), {
      required: ['email_address_or_phone_number', 'password'],
      optional: ['email_address', 'phone_number'],
    });
    const withUsername = settingsOf({ attributes: { ...attributes, username: { enabled: true, required: true } } });
    assert.deepEqual(fieldsAskedFor(withUsername).required, ['username', 'password']);
  });
});

describe('fieldsOf()', () => {
  it('asks nobody for a password who has proved an account at a provider', () => {
    const settings = settingsOf({ social: [{ strategy: 'oauth_google' }, { strategy: 'oauth_github', authenticatable: false }] });
    const { required, optional, missing } = fieldsOf({ ...nothing, external_account_strategy: 'oauth_google' }, {}, settings);
    assert.deepEqual([required, missing], [['email_address'], ['email_address']]);
    assert.deepEqual(optional, ['password', 'oauth_google']);
  });

  it('names what is missing, and what is supplied but not proved', () => {
    assert.deepEqual(fieldsOf(nothing, {}, settingsOf()).missing, ['email_address', 'password']);
    const { missing, unverified } = fieldsOf(ann, {}, settingsOf());
    assert.deepEqual([missing, unverified], [[], ['email_address']]);
  });

  it('is ready once the address is proved', () => {
    assert.equal(isReady(fieldsOf(ann, { email_address: verification() }, settingsOf())), true);
    assert.equal(isReady(fieldsOf(ann, { email_address: verification({ status: 'unverified' }) }, settingsOf())), false);
  });

  it('does not take the proof of a former address', () => {
    assert.deepEqual(fieldsOf(ann, { email_address: verification({ sent_to: 'former@example.com' }) }, settingsOf()).unverified, [
      'email_address',
    ]);
  });

  it('takes either of address and number where either is enough, and asks for proof of all that is supplied', () => {
    const settings = settingsOf({ attributes: { email_address: { required: false }, phone_number: { enabled: true } } });
    assert.deepEqual(fieldsOf(nothing, {}, settings).missing, ['email_address_or_phone_number', 'password']);
    const withNumber = { ...nothing, has_password: true, phone_number: '+14155550101' };
    assert.deepEqual(fieldsOf(withNumber, {}, settings).missing, []);
    assert.deepEqual(fieldsOf({ ...ann, phone_number: '+14155550101' }, {}, settings).unverified, ['email_address', 'phone_number']);
    const proved = verification({ strategy: 'phone_code', sent_to: '+14155550101' });
    assert.equal(isReady(fieldsOf(withNumber, { phone_number: proved }, settings)), true);
    assert.equal(isReady(fieldsOf(withNumber, { email_address: proved }, settings)), false);
  });

  it('asks for no proof where the settings ask for none', () => {
    const settings = settingsOf({ attributes: { email_address: { verify_at_sign_up: false } } });
    assert.equal(isReady(fieldsOf(ann, {}, settings)), true);
  });
});
