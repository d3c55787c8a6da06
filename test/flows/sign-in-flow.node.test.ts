import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backupCodeRules } from '../../src/factors/backup-code/factor.ts';
import { emailCodeRules } from '../../src/factors/email-code/factor.ts';
import { emailLinkRules } from '../../src/factors/email-link/factor.ts';
import { passkeyRules } from '../../src/factors/passkey/factor.ts';
import { passwordRules } from '../../src/factors/password/factor.ts';
import { phoneCodeRules } from '../../src/factors/phone-code/factor.ts';
import { resetPasswordEmailCodeRules } from '../../src/factors/reset-password-email-code/factor.ts';
import { totpRules } from '../../src/factors/totp/factor.ts';
import { stepOf } from '../../src/flows/sign-in-flow.ts';
import type { SignInStep } from '../../src/flows/sign-in-flow.ts';
import { isAtStart, startOf } from '../../src/flows/sign-in-start.ts';
import type { SignInChoice, SignInStart } from '../../src/flows/sign-in-start.ts';
import type { EnvironmentResource, SignInFactor, SignInResource, VerificationResource } from '../../src/resources/types.ts';

const known = [
  passwordRules,
  emailCodeRules,
  emailLinkRules,
  passkeyRules,
  backupCodeRules,
  phoneCodeRules,
  totpRules,
  resetPasswordEmailCodeRules,
];
const password: SignInFactor = { strategy: 'password' };
const code: SignInFactor = { strategy: 'email_code', emailAddressId: 'idn_1' };
const primaryCode: SignInFactor = { strategy: 'email_code', emailAddressId: 'idn_2', primary: true };
const reset: SignInFactor = { strategy: 'reset_password_email_code', emailAddressId: 'idn_1' };
const totp: SignInFactor = { strategy: 'totp' };
const backupCode: SignInFactor = { strategy: 'backup_code' };
const phone: SignInFactor = { strategy: 'phone_code', phoneNumberId: 'idn_3', primary: true, default: false };
const defaultPhone: SignInFactor = { strategy: 'phone_code', phoneNumberId: 'idn_4', primary: false, default: true };
const link: SignInFactor = { strategy: 'email_link', emailAddressId: 'idn_1' };
const passkey: SignInFactor = { strategy: 'passkey' };
const strange: SignInFactor = { strategy: 'palm_reading' };

interface Attempt {
  status: string | null;
  first?: SignInFactor[] | null;
  second?: SignInFactor[] | null;
  /** Strategy of a code that was sent, and the milliseconds that it is still valid. */
  sent?: [string, number];
}

const verificationOf = (sent: Attempt['sent']) =>
  (sent
    ? { strategy: sent[0], status: 'unverified', expireAt: new Date(Date.now() + sent[1]) }
    : { strategy: null, status: null, expireAt: null }) as VerificationResource;

const signInOf = ({ status, first = null, second = null, sent }: Attempt) =>
  ({
    status,
    supportedFirstFactors: first,
    supportedSecondFactors: second,
    firstFactorVerification: verificationOf(sent),
    secondFactorVerification: verificationOf(undefined),
    createdSessionId: status === 'complete' ? 'sess_1' : null,
  }) as SignInResource;

interface Instance {
  preferred?: string;
  mode?: string;
  identifiers?: string[];
  password?: boolean;
  passkeys?: { allowAutofill: boolean; showSignInButton: boolean };
}

const environmentOf = ({ preferred = 'password', mode = 'public', identifiers = ['email_address'], ...rest }: Instance = {}) =>
  ({
    preferredSignInStrategy: preferred,
    signUpMode: mode,
    passkeySettings: rest.passkeys ?? { allowAutofill: true, showSignInButton: true },
    attribute: (name: string) => ({
      enabled: name === 'password' ? (rest.password ?? true) : name !== 'passkey' || rest.passkeys !== undefined,
      usedForFirstFactor: identifiers.includes(name),
    }),
  }) as EnvironmentResource;

const engaged: SignInChoice = { engaged: true };
/** As the card does it. */
const step = (attempt: Attempt, choice: SignInChoice = engaged, instance?: Instance): SignInStep | ({ name: 'start' } & SignInStart) => {
  const signIn = signInOf(attempt);
  const environment = environmentOf(instance);
  return isAtStart(signIn, choice) ? { name: 'start', ...startOf(environment, choice, true) } : stepOf(signIn, environment, choice, known);
};

const needsFirst = (first: SignInFactor[], sent?: Attempt['sent']): Attempt => ({
  status: 'needs_first_factor',
  first,
  ...(sent && { sent }),
});
const factorOf = (found: ReturnType<typeof step>) => (found.name === 'factor' ? found.factor : found.name);

describe('stepOf() of a sign-in', () => {
  const byStatus: [string | null, string][] = [
    [null, 'start'],
    ['needs_identifier', 'start'],
    ['abandoned', 'start'],
    ['needs_new_password', 'new-password'],
    ['complete', 'complete'],
    ['needs_protect_check', 'unsupported'],
    ['needs_a_wink', 'unsupported'],
    ['', 'unsupported'],
  ];
  for (const [status, name] of byStatus) {
    it(`reads the status ${JSON.stringify(status)} as "${name}"`, () => {
      assert.equal(step({ status }).name, name);
    });
  }

  it('says what the API asks for where it does not know it', () => {
    assert.deepEqual(step({ status: 'needs_a_wink' }), { name: 'unsupported', what: 'needs_a_wink' });
    assert.deepEqual(step(needsFirst([strange])), { name: 'unsupported', what: 'palm_reading' });
    assert.deepEqual(step(needsFirst([])), { name: 'unsupported', what: 'no factor' });
  });

  it('gives the session of a finished attempt', () => {
    assert.deepEqual(step({ status: 'complete' }), { name: 'complete', sessionId: 'sess_1' });
  });

  describe('the first screen', () => {
    const start = (instance: Instance) => step({ status: null }, engaged, instance);

    it('shows the password where the instance prefers it, and has it at hand for password managers elsewhere', () => {
      const passwords = [{}, { preferred: 'otp' }, { password: false }].map((instance) => {
        const found = start(instance);
        return found.name === 'start' && found.password;
      });
      assert.deepEqual(passwords, ['visible', 'hidden', 'none']);
    });

    it('takes the identifiers of the instance, and offers to sign up only where everybody may', () => {
      assert.deepEqual(start({ identifiers: ['username', 'email_address'], mode: 'restricted' }), {
        name: 'start',
        identifiers: ['emailAddress', 'username'],
        otherIdentifiers: [],
        password: 'visible',
        passkey: { button: false, autofill: false },
        signUp: false,
      });
    });

    it('takes a phone number in a field of its own, which comes first only where nothing else does or one wishes', () => {
      const kindsOf = (identifiers: string[], phone?: boolean) => {
        const found = step({ status: null }, { engaged: false, phone }, { identifiers });
        return found.name === 'start' && [found.identifiers, found.otherIdentifiers];
      };
      const all = ['email_address', 'phone_number', 'username'];
      assert.deepEqual(kindsOf(all), [['emailAddress', 'username'], ['phoneNumber']]);
      assert.deepEqual(kindsOf(all, true), [['phoneNumber'], ['emailAddress', 'username']]);
      assert.deepEqual(kindsOf(['phone_number']), [['phoneNumber'], []]);
      assert.deepEqual(kindsOf(['email_address'], true), [['emailAddress'], []]);
    });

    it('offers passkeys as the instance wants them, where the browser knows them', () => {
      const environment = environmentOf({ passkeys: { allowAutofill: true, showSignInButton: false } });
      const offered = (canUsePasskeys: boolean) => startOf(environment, { engaged: false }, canUsePasskeys).passkey;
      assert.deepEqual(offered(true), { button: false, autofill: true });
      assert.deepEqual(offered(false), { button: false, autofill: false });
    });

    it('stays while the browser offers passkeys, for which an attempt is under way that is nobody’s', () => {
      const attempt = needsFirst([passkey], ['passkey', 60_000]);
      assert.equal(step(attempt, { engaged: false }).name, 'start');
    });

    it('is passed over where a link is waited for', () => {
      assert.equal(factorOf(step(needsFirst([password, link], ['email_link', 60_000]), { engaged: false })), link);
    });

    it('leads to a passkey, a password or a link, as the instance prefers', () => {
      const first = [code, link, password, passkey];
      assert.equal(factorOf(step(needsFirst(first))), passkey);
      assert.equal(factorOf(step(needsFirst([code, link]))), link);
      assert.equal(factorOf(step(needsFirst(first), engaged, { preferred: 'otp' })), link);
      assert.equal(factorOf(step(needsFirst([passkey, password]), engaged, { preferred: 'otp' })), passkey);
    });

    it('asks for a passkey or a link in the second place where there is something better', () => {
      assert.equal(factorOf(step({ status: 'needs_second_factor', second: [backupCode, passkey, totp] })), totp);
      assert.equal(factorOf(step({ status: 'needs_second_factor', second: [backupCode, passkey] })), passkey);
      assert.equal(factorOf(step({ status: 'needs_client_trust', second: [link, code] })), code);
    });

    it('comes first for an attempt left by an earlier visit, unless its code is under way', () => {
      const left: SignInChoice = { engaged: false };
      assert.equal(step(needsFirst([password, code]), left).name, 'start');
      assert.deepEqual(factorOf(step(needsFirst([password, code], ['email_code', 60_000]), left)), code);
      assert.equal(step(needsFirst([password, code], ['email_code', -1]), left).name, 'start');
      assert.equal(step(needsFirst([code], ['email_code', 60_000]), { engaged: false, view: 'start' }).name, 'start');
    });
  });

  describe('the first factor', () => {
    it('is the one that the instance prefers; of several addresses the primary one', () => {
      assert.deepEqual(factorOf(step(needsFirst([code, primaryCode, password]))), password);
      assert.deepEqual(factorOf(step(needsFirst([code, primaryCode, password]), engaged, { preferred: 'otp' })), primaryCode);
    });

    it('is never one that only recovers access, unless it was chosen or its code was sent', () => {
      assert.equal(step(needsFirst([reset])).name, 'unsupported');
      assert.deepEqual(factorOf(step(needsFirst([password, reset]), { engaged: true, factor: reset })), reset);
      assert.deepEqual(factorOf(step(needsFirst([password, reset], ['reset_password_email_code', 60_000]))), reset);
    });

    it('is the chosen one, as long as the API still lists it', () => {
      assert.deepEqual(factorOf(step(needsFirst([password, code]), { engaged: true, factor: code })), code);
      assert.deepEqual(factorOf(step(needsFirst([password]), { engaged: true, factor: code })), password);
    });

    it('skips strategies that nobody knows here', () => {
      const found = step(needsFirst([strange, password]));
      assert.deepEqual(found, { name: 'factor', stage: 'first', factor: password, others: false, reset: undefined });
    });

    it('knows the other ways in, and the way to recover', () => {
      const attempt = needsFirst([password, code, reset, strange]);
      assert.deepEqual(step(attempt), { name: 'factor', stage: 'first', factor: password, others: true, reset });
      assert.deepEqual(step(attempt, { engaged: true, view: 'methods' }), {
        name: 'methods',
        stage: 'first',
        factors: [code],
        isOnly: false,
      });
      assert.deepEqual(step(attempt, { engaged: true, view: 'forgotten' }), { name: 'forgotten', reset, factors: [code] });
      assert.equal(step(needsFirst([password]), { engaged: true, view: 'forgotten' }).name, 'factor');
    });
  });

  it('offers the providers to an account that has nothing else, and among the other ways in', () => {
    const google: SignInFactor = { strategy: 'oauth_google' };
    assert.deepEqual(step({ status: 'needs_first_factor', first: [google] }), {
      name: 'methods',
      stage: 'first',
      factors: [],
      isOnly: true,
    });
    const both = step({ status: 'needs_first_factor', first: [password, google] });
    assert.deepEqual(both, { name: 'factor', stage: 'first', factor: password, others: true, reset: undefined });
    assert.equal(step({ status: 'needs_second_factor', second: [google] }).name, 'unsupported');
  });

  for (const status of ['needs_second_factor', 'needs_client_trust']) {
    it(`asks for a second factor at ${status}`, () => {
      assert.deepEqual(step({ status, second: [strange, code] }), {
        name: 'factor',
        stage: 'second',
        factor: code,
        others: false,
        reset: undefined,
      });
      assert.deepEqual(step({ status, second: [strange] }), { name: 'unsupported', what: 'palm_reading' });
      assert.equal(step({ status, second: null }).name, 'unsupported');
    });
  }

  describe('the second factor', () => {
    const needsSecond = (...second: SignInFactor[]): Attempt => ({ status: 'needs_second_factor', second });

    it('is the app before the telephone, and a backup code only where nothing else is left', () => {
      assert.deepEqual(factorOf(step(needsSecond(backupCode, phone, totp))), totp);
      assert.deepEqual(factorOf(step(needsSecond(backupCode, phone))), phone);
      assert.deepEqual(factorOf(step(needsSecond(backupCode))), backupCode);
    });

    it('goes to the number that is chosen for it, and not to the primary one', () => {
      assert.deepEqual(factorOf(step(needsSecond(phone, defaultPhone))), defaultPhone);
    });

    it('can be another one', () => {
      const attempt = needsSecond(totp, phone, backupCode);
      assert.deepEqual(step(attempt, { engaged: true, view: 'methods' }), {
        name: 'methods',
        stage: 'second',
        factors: [phone, backupCode],
        isOnly: false,
      });
      assert.deepEqual(step(attempt, { engaged: true, factor: backupCode }), {
        name: 'factor',
        stage: 'second',
        factor: backupCode,
        others: true,
        reset: undefined,
      });
    });
  });
});
