import { network } from '../../support/network.ts';
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ClerkCore } from '../../../src/clerk/clerk.ts';
import { backend, createPerson, signIn, startClerk, testCode } from '../../support/browser.ts';
import type { Person } from '../../support/browser.ts';
import { until } from '../../support/until.ts';

const dialog = () => document.querySelector<HTMLDialogElement>('dialog.cl-modalContent:modal');
const input = (name: string) => document.querySelector<HTMLInputElement>(`clerk-user-verification input[name=${name}]`);
const button = (text: string) =>
  [...document.querySelectorAll<HTMLElement>('clerk-user-verification :is(button, a)')].find((node) => node.textContent.includes(text));

describe('<clerk-user-verification> in its dialog', () => {
  let clerk: ClerkCore;
  let person: Person;
  let told: string[];

  beforeEach(async () => {
    network.reset();
    person = await createPerson();
    clerk = await startClerk();
    await signIn(clerk, person);
    told = [];
  });

  afterEach(() => {
    clerk.__internal_closeReverification();
  });

  const open = (level?: 'first_factor' | 'multi_factor') => {
    clerk.__internal_openReverification({
      ...(level && { level }),
      afterVerification: () => told.push('verified'),
      afterVerificationCancelled: () => told.push('cancelled'),
    });
  };

  it('asks for the password, by keyboard alone, and says when it is done', async () => {
    open();
    await until(() => input('password') === document.activeElement && dialog());
    expect(dialog()).to.have.attribute('aria-label', 'Verification required');
    expect(document.querySelector('.cl-userVerification-root .cl-userVerification-factorOne')).to.not.equal(null);
    await expect(dialog()!).to.be.accessible();
    await sendKeys({ type: 'wrong-password' });
    await sendKeys({ press: 'Enter' });
    await until(() => document.querySelector('clerk-user-verification .cl-formFieldErrorText'));
    await expect(dialog()!).to.be.accessible();
    input('password')!.value = '';
    await sendKeys({ type: person.password });
    await sendKeys({ press: 'Enter' });
    await until(() => told.length);
    expect(told).to.deep.equal(['verified']);
    expect(dialog()).to.equal(null);
    expect(clerk.session?.factorVerificationAge).to.deep.equal([0, -1]);
  });

  it('says that it was closed', async () => {
    open('first_factor');
    await until(() => input('password') === document.activeElement);
    await sendKeys({ press: 'Escape' });
    await until(() => told.length);
    expect(told).to.deep.equal(['cancelled']);
    expect(dialog()).to.equal(null);
  });

  it('takes a code by mail instead', async () => {
    open();
    await until(() => button('Use another method'));
    button('Use another method')!.click();
    await until(() => button('Email code to'));
    await expect(dialog()!).to.be.accessible();
    button('Email code to')!.click();
    await until(() => input('code'));
    await expect(dialog()!).to.be.accessible();
    input('code')!.focus();
    await sendKeys({ type: testCode });
    await until(() => told.length);
    expect(told).to.deep.equal(['verified']);
  });

  it('asks for both factors, one after the other, of who has two', async () => {
    const body = { totp_secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', backup_codes: ['violet-harbour-9'] };
    await backend(`/users/${person.id}`, { method: 'PATCH', body });
    open('multi_factor');
    await until(() => input('password') === document.activeElement);
    await sendKeys({ type: person.password });
    await sendKeys({ press: 'Enter' });
    await until(() => document.querySelector('.cl-userVerification-factorTwo input[name=code]'));
    expect(told).to.deep.equal([]);
    await expect(dialog()!).to.be.accessible();
    button('Use another method')!.click();
    await until(() => button('Use a backup code'));
    button('Use a backup code')!.click();
    await until(() => input('code') && button('Continue'));
    input('code')!.focus();
    await sendKeys({ type: 'violet-harbour-9' });
    await sendKeys({ press: 'Enter' });
    await until(() => told.length);
    expect(told).to.deep.equal(['verified']);
    expect(clerk.session?.factorVerificationAge).to.deep.equal([0, 0]);
  });

  it('says what it does not know, and begins anew by keyboard', async () => {
    const change = (body: { response: { supported_first_factors: { strategy: string }[] } }) => {
      body.response.supported_first_factors = [{ strategy: 'palm_reading' }];
    };
    network.edits = [{ path: /\/verify$/, change }];
    open();
    await until(() => button('Start again'));
    expect(document.querySelector('clerk-user-verification')!.textContent).to.contain('Asked for: palm_reading');
    await expect(dialog()!).to.be.accessible();
    network.reset();
    button('Start again')!.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => input('password') === document.activeElement);
    expect(told).to.deep.equal([]);
  });

  it('asks nobody who is not there', async () => {
    await clerk.signOut(() => undefined);
    open();
    await until(() => dialog()?.textContent.includes('Sign in first, then try again.'));
    await expect(dialog()!).to.be.accessible();
  });
});
