import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { missingParams, paramsOf } from '../../src/flows/sign-up-fields.ts';
import type { SignUpField } from '../../src/flows/sign-up-fields.ts';

const fields: SignUpField[] = [
  { name: 'firstName', param: 'first_name', required: false },
  { name: 'emailAddress', param: 'email_address', required: true },
  { name: 'password', param: 'password', required: true },
  { name: 'legalAccepted', param: 'legal_accepted', required: true },
];

describe('missingParams()', () => {
  it('names the required fields without a value', () => {
    assert.deepEqual(missingParams(fields, { emailAddress: 'a@example.com', password: '' }), ['password', 'legal_accepted']);
  });

  it('is empty where everything required is there', () => {
    assert.deepEqual(missingParams(fields, { emailAddress: 'a@b.example', password: 'x', legalAccepted: 'true' }), []);
  });
});

describe('paramsOf()', () => {
  it('leaves out what was left empty, and what is no field of the form', () => {
    const values = { firstName: '', emailAddress: 'a@b.example', password: ' x ', legalAccepted: 'true', stray: 'y' };
    assert.deepEqual(paramsOf(fields, values), { emailAddress: 'a@b.example', password: ' x ', legalAccepted: true });
  });

  it('says nothing of a consent that was not given', () => {
    assert.deepEqual(paramsOf(fields, { legalAccepted: '' }), {});
  });
});
