/** The second step of signing in, by the card: what somebody has set up, and the proof that a new browser is theirs. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { SettingsFile } from '../../demo/server/settings.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { appCode } from '../support/authenticator-app.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { closeBrowser, jane, signInWithPassword, testCode, visit } from '../support/journey.ts';
import { testNumber } from '../support/phone-numbers.ts';
import { addAuthenticator, addBackupCodes, addSecondPhoneNumber, withEverySecondStep } from '../support/second-factors.ts';
import { addUser, mailTo, otherCode } from '../support/users.ts';
import { accessibilityProblems, shows } from '../support/whole-page.ts';

describe('the second step of signing in on /sign-in', () => {
  let api: TestApi;
  let count = 0;

  before(async () => {
    const attributes: SettingsFile['attributes'] = {
      ...withEverySecondStep.attributes,
      email_address: { required: false, first_factors: ['email_code', 'email_link'] },
    };
    const emailLink = { require_same_client: true };
    api = await startApi({ instance: { ...withEverySecondStep, attributes, email_link: emailLink, lockout: { max_attempts: 3 } } });
  });

  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  const newPerson = async (phoneNumber?: string, tag = '+clerk_test') => {
    const person = { emailAddress: `second${++count}${tag}@example.com`, password: jane.password };
    const { id } = await addUser(api, { ...person, phoneNumber });
    return { ...person, id };
  };
  const open = async () => {
    const visited = await visit();
    await visited.page.goto(`${api.url}/sign-in`);
    await visited.page.locator('input[name=identifier]').waitFor();
    return visited;
  };
  const submit = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click();
  const signedIn = (page: Page) => page.waitForURL(`${api.url}/`);
  const codeField = (page: Page) => page.getByRole('textbox', { name: /^Enter verification code/ });
  const choose = async (page: Page, method: RegExp) => {
    await page.getByRole('link', { name: 'Use another method' }).click();
    await page.getByRole('button', { name: method }).click();
  };
  /** Types a code that is refused. */
  const typeWrong = async (page: Page, code: string) => {
    await codeField(page).fill(code);
    await page.locator('.cl-otpCodeFieldErrorText').waitFor();
  };

  it('takes the code of an authenticator app by keyboard alone', async () => {
    const person = await newPerson();
    const secret = await addAuthenticator(api, person.id);
    const { page, context, complaints } = await open();
    await signInWithPassword(page, person);
    await shows(page, 'Two-step verification');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'code');
    assert.equal(await page.getByText('Resend').count(), 0);
    await page.keyboard.type(appCode(secret, Date.now()));
    await signedIn(page);
    await page.getByText(`Signed in as ${person.emailAddress}`).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('says at the field that a code is wrong, and takes a backup code instead', async () => {
    const person = await newPerson();
    const secret = await addAuthenticator(api, person.id);
    await addBackupCodes(api, person.id, ['violet-harbour-1']);
    const { page, context } = await open();
    await signInWithPassword(page, person);
    await shows(page, 'Two-step verification');
    await typeWrong(page, otherCode(appCode(secret, Date.now())));
    assert.equal(await codeField(page).getAttribute('aria-invalid'), 'true');
    await choose(page, /^Use a backup code$/);
    await shows(page, 'Enter a backup code');
    const field = page.getByLabel('Backup code');
    await submit(page);
    await page.getByText('Enter the whole code.').waitFor();
    await field.fill('violet-harbour-2');
    await submit(page);
    await page.getByText('This code is incorrect.').waitFor();
    assert.equal(await field.inputValue(), 'violet-harbour-2');
    await field.fill('violet-harbour-1');
    await submit(page);
    await signedIn(page);
    await context.close();
  });

  it('says that the account is locked after too many wrong codes, and keeps it so for the right one', async () => {
    const person = await newPerson();
    const secret = await addAuthenticator(api, person.id);
    const { page, context } = await open();
    await signInWithPassword(page, person);
    await shows(page, 'Two-step verification');
    const wrong = otherCode(appCode(secret, Date.now()));
    await typeWrong(page, wrong);
    await page.getByText('You have 2 attempts left before your account is locked.').waitFor();
    await typeWrong(page, wrong);
    await page.getByText('You have 1 attempt left before your account is locked.').waitFor();
    await typeWrong(page, wrong);
    await page.getByText('Your account is now locked.').waitFor();
    await codeField(page).fill(appCode(secret, Date.now()));
    await page.getByText(/Your account is locked\. You will be able to try again in/).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await context.close();
  });

  it('sends a code as a text message, once, to the number that is kept for it', async () => {
    const person = await newPerson();
    await addAuthenticator(api, person.id);
    await addSecondPhoneNumber(api, person.id, testNumber());
    const { page, context, requests } = await open();
    await signInWithPassword(page, person);
    await shows(page, 'Two-step verification');
    await choose(page, /^Send SMS code to/);
    await shows(page, 'Check your phone');
    await choose(page, /^Use your authenticator app$/);
    await shows(page, 'Two-step verification');
    await choose(page, /^Send SMS code to/);
    await shows(page, 'Check your phone');
    assert.equal(requests.filter(({ url }) => url.pathname.endsWith('/prepare_second_factor')).length, 1);
    await codeField(page).fill(testCode);
    await signedIn(page);
    await context.close();
  });

  it('has an address proved where the browser is new, and says why', async () => {
    const person = await newPerson();
    const { page, context } = await open();
    await signInWithPassword(page, person);
    await shows(page, 'Check your email');
    await page.getByText('You are signing in from a new device.').waitFor();
    await codeField(page).fill(testCode);
    await signedIn(page);
    await context.close();
  });

  it('has the address proved by a link, which another browser cannot use up where it must be the same one', async () => {
    const person = await newPerson(undefined, '');
    const { page, context } = await open();
    await signInWithPassword(page, person);
    await shows(page, 'Check your email');
    await choose(page, /^Email link to/);
    await page.getByText('You are signing in from a new device. Open the verification link').waitFor();
    await shows(page, 'Check your email');
    const link = /^http\S+$/m.exec((await mailTo(api, person.emailAddress, 2)).text)?.[0] ?? '';
    const other = await visit();
    await other.page.goto(link);
    await shows(other.page, 'Open this link where you began');
    assert.equal(await other.page.evaluate('Clerk.user'), null);
    await other.context.close();
    const tab = await context.newPage();
    await tab.goto(link);
    await Promise.all([signedIn(tab), signedIn(page)]);
    await context.close();
  });

  it('lets somebody in by a code to their phone number alone', async () => {
    const phoneNumber = testNumber();
    await newPerson(phoneNumber);
    const { page, context } = await open();
    await page.locator('input[name=identifier]').fill(phoneNumber);
    await submit(page);
    await shows(page, 'Enter your password');
    await choose(page, /^Send SMS code to/);
    await shows(page, 'Check your phone');
    await typeWrong(page, otherCode(testCode));
    await codeField(page).fill(testCode);
    await signedIn(page);
    await context.close();
  });

  it('lets somebody who has no address set a new password by a text message', async () => {
    const phoneNumber = testNumber();
    const body = { phone_number: [phoneNumber], password: jane.password };
    assert.equal((await createBackendClient(api)('POST', '/users', { body })).status, 200);
    const { page, context } = await open();
    await page.locator('input[name=identifier]').fill(phoneNumber);
    await submit(page);
    await shows(page, 'Enter your password');
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await page.getByRole('button', { name: 'Reset your password' }).click();
    await shows(page, 'Check your phone');
    await codeField(page).fill(testCode);
    await shows(page, 'Set new password');
    await page.locator('input[name=password]').fill('second-lantern-orchard');
    await page.locator('input[name=confirmPassword]').fill('second-lantern-orchard');
    await page.getByRole('button', { name: 'Reset password' }).click();
    await signedIn(page);
    await context.close();
  });
});
