import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stepOf } from '../../src/flows/sign-up-flow.ts';
import type { SignUpChoice, SignUpStep } from '../../src/flows/sign-up-flow.ts';
import type { AttributeSettings, EnvironmentResource, SignUpResource } from '../../src/resources/types.ts';

const off: AttributeSettings = {
  enabled: false,
  required: false,
  usedForFirstFactor: false,
  usedForSecondFactor: false,
  verifications: [],
};
const required = { enabled: true, required: true };
const optional = { enabled: true };

type Settings = Partial<EnvironmentResource> & { attributes?: Record<string, Partial<AttributeSettings>> };

function environmentOf({ attributes, ...rest }: Settings = {}): EnvironmentResource {
  const all: Record<string, Partial<AttributeSettings>> = attributes ?? { email_address: required, password: required };
  return {
    signUpMode: 'public',
    legalConsentEnabled: false,
    social: [],
    ...rest,
    attribute: (name) => ({ ...off, ...all[name] }),
  } as EnvironmentResource;
}

interface Attempt {
  status?: string | null;
  missing?: string[];
  unverified?: string[];
  emailAddress?: string;
  phoneNumber?: string;
  strategies?: string[];
  /** State of an account at a provider. */
  external?: string;
  /** What was sent; a code by mail without it. */
  sentBy?: string;
  /** Milliseconds until the code that was sent expires; without it none was sent. */
  sent?: number;
}

function signUpOf({ status = null, missing = [], unverified = [], strategies = [], sent, sentBy = 'email_code', ...values }: Attempt = {}) {
  const verificationOf = (contact: string) => ({
    status: 'unverified',
    strategy: sent === undefined || !sentBy.startsWith(contact) ? null : sentBy,
    expireAt: sent === undefined ? null : new Date(Date.now() + sent),
    supportedStrategies: strategies,
  });
  return {
    status,
    missingFields: missing,
    unverifiedFields: unverified,
    emailAddress: values.emailAddress ?? null,
    phoneNumber: values.phoneNumber ?? null,
    createdSessionId: status === 'complete' ? 'sess_1' : null,
    verifications: {
      emailAddress: verificationOf('email'),
      phoneNumber: verificationOf('phone'),
      externalAccount: { status: values.external ?? null },
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
        'leaves the address optional beside a username',
        { attributes: { email_address: optional, username: required, password: required } },
        ['username', 'emailAddress?', 'password'],
      ],
      ['says so where there is nothing to ask for', { attributes: {} }, 'unsupported'],
      ['has no field where providers are the only way', { attributes: {}, social: [{ strategy: 'oauth_google', name: 'Google' }] }, []],
      ['stays closed when new accounts are by invitation', { signUpMode: 'restricted' }, 'closed'],
      ['stays closed when there is a waiting list', { signUpMode: 'waitlist' }, 'closed'],
      ['leaves an unknown mode to the API', { signUpMode: 'by_moonlight' }, ['emailAddress', 'password']],
    ];
    cases.push(
      [
        'asks for a phone number beside the address',
        { attributes: { email_address: required, phone_number: optional, password: required } },
        ['emailAddress', 'phoneNumber?', 'password'],
      ],
      ['takes a username alone', { attributes: { username: required, password: required } }, ['username', 'password']],
      [
        'wants the only identifier there is, whatever the instance says',
        { attributes: { email_address: optional, password: required } },
        ['emailAddress', 'password'],
      ],
    );
    for (const [behaviour, settings, expected] of cases) {
      it(behaviour, () => {
        assert.deepEqual(fieldsOf(step({}, settings)), expected);
      });
    }

    const either: Settings = { attributes: { email_address: optional, phone_number: optional, password: required } };

    it('asks for one of two where either will do, the address first, and knows the other', () => {
      const first = (contact?: SignUpChoice['contact']) => {
        const found = step({}, either, { engaged: false, contact });
        return found.name === 'start' ? found.fields[0] : found;
      };
      assert.deepEqual(first(), { name: 'emailAddress', param: 'email_address', required: true, other: 'phoneNumber' });
      assert.deepEqual(first('phoneNumber'), { name: 'phoneNumber', param: 'phone_number', required: true, other: 'emailAddress' });
    });

    it('needs neither of the two beside a username', () => {
      const attributes = { ...either.attributes, username: required };
      assert.deepEqual(fieldsOf(step({}, { attributes })), ['username', 'emailAddress?', 'password']);
    });

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
        name: 'verify',
        contact: 'emailAddress',
        strategy: 'email_code',
        address: 'ann@example.com',
        sent: false,
        other: undefined,
      });
    });

    it('is verified by link where it can be, or by the other way that was chosen or is under way', () => {
      const both = { ...ann, strategies: ['email_code', 'email_link'] };
      const ways = (found: SignUpStep) => found.name === 'verify' && [found.strategy, found.other];
      assert.deepEqual(ways(step(both)), ['email_link', 'email_code']);
      assert.deepEqual(ways(step(both, {}, { engaged: true, strategy: 'email_code' })), ['email_code', 'email_link']);
      assert.deepEqual(ways(step({ ...both, sent: 60_000 })), ['email_code', 'email_link']);
    });

    const isSent = (attempt: Attempt) => {
      const found = step(attempt);
      return found.name === 'verify' && found.sent;
    };

    it('knows that a code is on its way, as long as it is valid', () => {
      assert.equal(isSent({ ...ann, sent: 60_000 }), true);
      assert.equal(isSent({ ...ann, sent: -1 }), false);
    });

    it('verifies the phone number after the address', () => {
      const both = { status: 'missing_requirements', unverified: ['phone_number', 'email_address'], phoneNumber: '+14155550100' };
      const contactOf = (attempt: Attempt) => {
        const found = step(attempt);
        return found.name === 'verify' ? [found.contact, found.strategy, found.address] : found;
      };
      assert.deepEqual(contactOf({ ...both, emailAddress: 'ann@example.com' }), ['emailAddress', 'email_code', 'ann@example.com']);
      assert.deepEqual(contactOf({ ...both, unverified: ['phone_number'] }), ['phoneNumber', 'phone_code', '+14155550100']);
    });

    it('takes the strategies of the instance where the attempt names none', () => {
      const attributes = { email_address: { ...required, verifications: ['palm_reading'] }, password: required };
      assert.deepEqual(step(ann, { attributes }), { name: 'unsupported', what: 'palm_reading' });
    });

    it('verifies the address before it asks for what is missing', () => {
      assert.equal(step({ ...ann, missing: ['password'] }).name, 'verify');
    });

    it('asks for what is missing, and only for that', () => {
      const found = step({ status: 'missing_requirements', missing: ['legal_accepted', 'username'] });
      assert.equal(found.name, 'continue');
      assert.deepEqual(fieldsOf(found), ['username', 'legalAccepted']);
    });

    it('asks for either of the two where the API does', () => {
      const missing = { status: 'missing_requirements', missing: ['email_address_or_phone_number'] };
      assert.deepEqual(fieldsOf(step(missing)), ['emailAddress']);
      assert.deepEqual(fieldsOf(step(missing, {}, { engaged: true, contact: 'phoneNumber' })), ['phoneNumber']);
    });

    const unsupported: [string, Attempt, string][] = [
      ['a field that it cannot ask for', { missing: ['web3_wallet', 'username'] }, 'web3_wallet'],
      ['a provider', { missing: ['oauth_google'] }, 'oauth_google'],
      ['a wallet to verify', { unverified: ['web3_wallet'] }, 'web3_wallet'],
      ['another way to verify', { ...ann, strategies: ['palm_reading'] }, 'palm_reading'],
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
      assert.equal(step({ ...ann, sent: 60_000 }, {}, left).name, 'verify');
      assert.equal(step({ ...ann, sent: 60_000 }, { signUpMode: 'restricted' }, left).name, 'verify');
      const phone = { unverified: ['phone_number'], status: 'missing_requirements', sentBy: 'phone_code' };
      assert.equal(step({ ...phone, sent: 60_000 }, {}, left).name, 'verify');
    });

    it('goes on with what is missing after a provider has said who somebody is', () => {
      const attempt = { status: 'missing_requirements', missing: ['username'] };
      assert.deepEqual(fieldsOf(step({ ...attempt, external: 'verified' }, {}, left)), ['username']);
      assert.equal(step({ ...attempt, external: 'transferable' }, {}, left).name, 'start');
    });

    it('is not taken up otherwise', () => {
      assert.equal(step(ann, {}, left).name, 'start');
      assert.equal(step({ ...ann, sent: -1 }, {}, left).name, 'start');
      assert.equal(step({ status: 'missing_requirements', missing: ['username'] }, {}, left).name, 'start');
      assert.equal(step({ status: 'complete' }, {}, left).name, 'start');
    });
  });
});
