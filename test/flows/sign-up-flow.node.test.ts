import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { missingParams, paramsOf, stepOf } from '../../src/flows/sign-up-flow.ts';
import type { SignUpChoice, SignUpField, SignUpStep } from '../../src/flows/sign-up-flow.ts';
import type { AttributeSettings, EnvironmentResource, SignUpResource } from '../../src/resources/types.ts';

const off: AttributeSettings = {
  enabled: false,
  required: false,
  usedForFirstFactor: false,
  firstFactors: [],
  verifications: [],
  verifyAtSignUp: false,
};
const required = { enabled: true, required: true };
const optional = { enabled: true };

type Settings = Partial<EnvironmentResource> & { attributes?: Record<string, Partial<AttributeSettings>> };

function environmentOf({ attributes, ...rest }: Settings = {}): EnvironmentResource {
  const all: Record<string, Partial<AttributeSettings>> = attributes ?? { email_address: required, password: required };
  return {
    signUpMode: 'public',
    legalConsentEnabled: false,
    ...rest,
    attribute: (name) => ({ ...off, ...all[name] }),
  } as EnvironmentResource;
}

interface Attempt {
  status?: string | null;
  missing?: string[];
  unverified?: string[];
  emailAddress?: string;
  strategies?: string[];
  /** Milliseconds until the code that was sent expires; without it none was sent. */
  sent?: number;
}

function signUpOf({ status = null, missing = [], unverified = [], emailAddress, strategies = [], sent }: Attempt = {}) {
  return {
    status,
    missingFields: missing,
    unverifiedFields: unverified,
    emailAddress: emailAddress ?? null,
    createdSessionId: status === 'complete' ? 'sess_1' : null,
    verifications: {
      emailAddress: {
        status: 'unverified',
        strategy: sent === undefined ? null : 'email_code',
        expireAt: sent === undefined ? null : new Date(Date.now() + sent),
        supportedStrategies: strategies,
      },
    },
  } as unknown as SignUpResource;
}

const step = (attempt: Attempt = {}, settings: Settings = {}, choice: SignUpChoice = { engaged: true }) =>
  stepOf(signUpOf(attempt), environmentOf(settings), choice);

const fieldsOf = (found: SignUpStep) =>
  found.name === 'start' || found.name === 'continue'
    ? found.fields.map(({ name, required: must }) => (must ? name : `${name}?`))
    : found.name;

const ann = { unverified: ['email_address'], emailAddress: 'ann@example.com', status: 'missing_requirements' };

describe('stepOf() of a sign-up', () => {
  describe('the first form', () => {
    const cases: [string, Settings, string[] | string][] = [
      ['asks for address and password by default', {}, ['emailAddress', 'password']],
      [
        'asks for everything that is enabled, in reading order',
        {
          legalConsentEnabled: true,
          attributes: {
            password: required,
            email_address: required,
            username: required,
            first_name: optional,
            last_name: optional,
          },
        },
        ['firstName?', 'lastName?', 'username', 'emailAddress', 'password', 'legalAccepted'],
      ],
      ['leaves an optional password for later', { attributes: { email_address: required, password: optional } }, ['emailAddress']],
      [
        'takes the address where a phone number would do as well',
        { attributes: { email_address: optional, phone_number: optional, password: required } },
        ['emailAddress', 'password'],
      ],
      [
        'leaves the address optional beside a username',
        { attributes: { email_address: optional, username: required, password: required } },
        ['username', 'emailAddress?', 'password'],
      ],
      ['says so where there is nothing to ask for', { attributes: {} }, 'unsupported'],
      ['stays closed when new accounts are by invitation', { signUpMode: 'restricted' }, 'closed'],
      ['stays closed when there is a waiting list', { signUpMode: 'waitlist' }, 'closed'],
      ['leaves an unknown mode to the API', { signUpMode: 'by_moonlight' }, ['emailAddress', 'password']],
    ];
    for (const [behaviour, settings, expected] of cases) {
      it(behaviour, () => {
        assert.deepEqual(fieldsOf(step({}, settings)), expected);
      });
    }

    it('comes again for an attempt that was abandoned', () => {
      assert.equal(step({ status: 'abandoned' }).name, 'start');
    });

    it('comes again when the person goes back', () => {
      assert.equal(step({ ...ann, sent: 60_000 }, {}, { engaged: true, view: 'start' }).name, 'start');
    });
  });

  describe('an attempt', () => {
    it('is verified by code', () => {
      assert.deepEqual(step({ ...ann, strategies: ['email_code'] }), {
        name: 'verify-email',
        address: 'ann@example.com',
        sent: false,
      });
    });

    it('knows that a code is on its way, as long as it is valid', () => {
      assert.deepEqual(step({ ...ann, sent: 60_000 }), { name: 'verify-email', address: 'ann@example.com', sent: true });
      assert.deepEqual(step({ ...ann, sent: -1 }), { name: 'verify-email', address: 'ann@example.com', sent: false });
    });

    it('takes the strategies of the instance where the attempt names none', () => {
      const attributes = { email_address: { ...required, verifications: ['email_link'] }, password: required };
      assert.deepEqual(step(ann, { attributes }), { name: 'unsupported', what: 'email_link' });
    });

    it('verifies the address before it asks for what is missing', () => {
      assert.equal(step({ ...ann, missing: ['password'] }).name, 'verify-email');
    });

    it('asks for what is missing, and only for that', () => {
      const found = step({ status: 'missing_requirements', missing: ['legal_accepted', 'username'] });
      assert.equal(found.name, 'continue');
      assert.deepEqual(fieldsOf(found), ['username', 'legalAccepted']);
    });

    it('takes an address for "email address or phone number"', () => {
      const found = step({ status: 'missing_requirements', missing: ['email_address_or_phone_number'] });
      assert.deepEqual(fieldsOf(found), ['emailAddress']);
    });

    const unsupported: [string, Attempt, string][] = [
      ['a field that it cannot ask for', { missing: ['phone_number', 'username'] }, 'phone_number'],
      ['a provider', { missing: ['oauth_google'] }, 'oauth_google'],
      ['a phone number to verify', { unverified: ['phone_number'] }, 'phone_number'],
      ['a link to verify by', { ...ann, strategies: ['email_link'] }, 'email_link'],
      ['something that is no field', {}, 'custom_action'],
      ['a status of the future', { status: 'needs_a_wink' }, 'needs_a_wink'],
    ];
    for (const [what, attempt, named] of unsupported) {
      it(`names ${what}`, () => {
        assert.deepEqual(step({ status: 'missing_requirements', ...attempt }), { name: 'unsupported', what: named });
      });
    }

    it('is complete', () => {
      assert.deepEqual(step({ status: 'complete' }), { name: 'complete', sessionId: 'sess_1' });
    });
  });

  describe('an attempt left from an earlier visit', () => {
    const left = { engaged: false };

    it('goes on while its code is valid', () => {
      assert.equal(step({ ...ann, sent: 60_000 }, {}, left).name, 'verify-email');
      assert.equal(step({ ...ann, sent: 60_000 }, { signUpMode: 'restricted' }, left).name, 'verify-email');
    });

    it('is not taken up otherwise', () => {
      assert.equal(step(ann, {}, left).name, 'start');
      assert.equal(step({ ...ann, sent: -1 }, {}, left).name, 'start');
      assert.equal(step({ status: 'missing_requirements', missing: ['username'] }, {}, left).name, 'start');
      assert.equal(step({ status: 'complete' }, {}, left).name, 'start');
    });
  });
});

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
