/** Somebody is signed in already: a choice of accounts, and what is left to do before a session is theirs without reserve. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import type { ClerkApi } from '../../src/clerk/clerk-api.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { appCode } from '../support/authenticator-app.ts';
import { closeBrowser, signInWithPassword, testCode, visit } from '../support/journey.ts';
import { testNumber } from '../support/phone-numbers.ts';
import { addAuthenticator, withEverySecondStep } from '../support/second-factors.ts';
import { addUser, otherCode } from '../support/users.ts';
import { accessibilityProblems, shows } from '../support/whole-page.ts';

const password = 'copper-lantern-meadow';

/** The instance of the page. */
const { Clerk } = globalThis as unknown as { Clerk: ClerkApi };

describe('an instance of several sessions that demands a second factor', () => {
  let api: TestApi;
  let count = 0;

  before(async () => {
    const { attributes } = withEverySecondStep;
    api = await startApi({ instance: { attributes, single_session_mode: false, sign_in: { second_factor: { required: true } } } });
  });

  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  const newPerson = async (firstName: string | null = null) => {
    const emailAddress = `member${++count}+clerk_test@example.com`;
    const { id } = await addUser(api, { emailAddress, password, first_name: firstName });
    return { id, emailAddress, password };
  };
  const open = async () => {
    const visited = await visit();
    await visited.page.goto(`${api.url}/sign-in`);
    await visited.page.locator('input[name=identifier]').waitFor();
    return visited;
  };
  const go = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click();
  const codeField = (page: Page) => page.getByRole('textbox', { name: /^Enter verification code/ });
  const signedIn = async (page: Page, emailAddress: string) => {
    await page.waitForURL(`${api.url}/`);
    await page.getByText(`Signed in as ${emailAddress}`).waitFor();
    assert.equal(await page.evaluate(() => Clerk.session?.status), 'active');
  };
  /** To the task of somebody new. */
  const enter = async () => {
    const person = await newPerson();
    const visited = await open();
    await signInWithPassword(visited.page, person);
    await shows(visited.page, 'Set up two-step verification');
    return { ...visited, person };
  };
  /** Somebody who has a second factor signs in by it. */
  const signInWithApp = async (page: Page, person: Awaited<ReturnType<typeof newPerson>>) => {
    const secret = await addAuthenticator(api, person.id);
    await signInWithPassword(page, person);
    await codeField(page).fill(appCode(secret, Date.now()));
    await signedIn(page, person.emailAddress);
  };

  it('has an authenticator app set up by keyboard alone, and gives the codes that go with it once', async () => {
    const { page, context, person, complaints } = await enter();
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Authenticator app' }).focus();
    await page.keyboard.press('Enter');
    await shows(page, 'Add an authenticator app');
    const address = new URL((await page.getByRole('link', { name: 'Open in an app on this device' }).getAttribute('href'))!);
    const secret = (await page.locator('.cl-totpSecret').textContent())!.replaceAll(/\s/g, '');
    assert.deepEqual([address.protocol, address.searchParams.get('secret')], ['otpauth:', secret]);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'code');
    const code = appCode(secret, Date.now());
    await page.keyboard.type(otherCode(code));
    await page.locator('.cl-otpCodeFieldErrorText').waitFor();
    assert.equal((await page.locator('.cl-totpSecret').textContent())!.replaceAll(/\s/g, ''), secret, 'the key is the same');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(code);
    await shows(page, 'Save your backup codes');
    const codes = await page.locator('.cl-backupCodes li').allTextContents();
    assert.equal(new Set(codes).size, 10);
    assert.equal(new URL(page.url()).pathname, '/sign-in');
    await page.getByRole('button', { name: 'Continue', exact: true }).focus();
    await page.keyboard.press('Enter');
    await signedIn(page, person.emailAddress);
    assert.ok(
      complaints.every((text) => text.includes('status of 422')),
      complaints.join('\n'),
    );
    await context.close();
  });

  it('has a phone number kept for it, after a code to that number', async () => {
    const { page, context, person } = await enter();
    await page.getByRole('button', { name: 'Codes by text message' }).click();
    await shows(page, 'Add a phone number');
    await go(page);
    await page.getByText('Enter your phone number.').waitFor();
    await page.locator('input[name=phoneNumber]').fill(testNumber());
    await go(page);
    await shows(page, 'Check your phone');
    await codeField(page).fill(otherCode(testCode));
    await page.locator('.cl-otpCodeFieldErrorText').waitFor();
    await codeField(page).fill(testCode);
    await shows(page, 'Save your backup codes');
    await go(page);
    await signedIn(page, person.emailAddress);
    await context.close();
  });

  it('asks again after a reload, on both cards, and can be left by signing out', async () => {
    const { page, context, person } = await enter();
    for (const path of ['/sign-up', '/sign-in']) {
      await page.goto(api.url + path);
      await page.getByRole('button', { name: 'Codes by text message' }).click();
      await page.getByRole('link', { name: 'Use another method' }).click();
      await page.getByRole('button', { name: 'Authenticator app' }).waitFor();
    }
    await page.getByText(`Signed in as ${person.emailAddress}`).waitFor();
    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.locator('input[name=identifier]').waitFor();
    await context.close();
  });

  it('says what it is where the task is unknown, with a way out', async () => {
    const { page, context, person } = await enter();
    const tasks = sql<string[]>`array['choose-a-hat']`;
    await api.database.updateTable('sessions').set({ tasks, updated_at: Date.now() }).where('user_id', '=', person.id).execute();
    await page.reload();
    await page.getByText('Asked for: choose-a-hat').waitFor();
    await shows(page, 'This step is not supported here');
    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.locator('input[name=identifier]').waitFor();
    await context.close();
  });

  it('has a new password set where that is the task, without the old one', async () => {
    const { page, context, person } = await enter();
    const tasks = sql<string[]>`array['reset-password']`;
    await api.database.updateTable('sessions').set({ tasks, updated_at: Date.now() }).where('user_id', '=', person.id).execute();
    await page.reload();
    await shows(page, 'Reset your password');
    await page.locator('input[name=newPassword]').fill('password123');
    await page.locator('input[name=confirmPassword]').fill('password123');
    await page.getByRole('button', { name: 'Reset password' }).click();
    await page.locator('.cl-formFieldErrorText__newPassword').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.locator('input[name=newPassword]').fill('second-lantern-orchard');
    await page.locator('input[name=confirmPassword]').fill('second-lantern-orchard');
    await page.keyboard.press('Enter');
    await signedIn(page, person.emailAddress);
    await context.close();
  });

  it('offers the accounts: one of them, another one, the same one again, none', async () => {
    const [first, second] = [await newPerson('Ada'), await newPerson()];
    const { page, context } = await open();
    await signInWithApp(page, first);
    const accounts = async () => {
      await page.goto(`${api.url}/sign-in`);
      await shows(page, 'Choose an account');
    };
    await accounts();
    await page.getByRole('button', { name: 'Add account' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('input[name=identifier]').waitFor();
    await signInWithApp(page, second);
    await accounts();
    await page.getByRole('button', { name: `Ada ${first.emailAddress}` }).focus();
    await page.keyboard.press('Enter');
    await signedIn(page, first.emailAddress);
    await accounts();
    await page.getByRole('button', { name: 'Add account' }).click();
    await signInWithPassword(page, second);
    await signedIn(page, second.emailAddress);
    await accounts();
    await page.getByRole('link', { name: 'Sign out of all accounts' }).click();
    await page.locator('input[name=identifier]').waitFor();
    assert.deepEqual(await page.evaluate(() => Clerk.client!.signedInSessions.length), 0);
    await context.close();
  });
});
