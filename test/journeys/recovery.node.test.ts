/** What keeps people out, and what the cards say and offer then: too many requests, a leaked password, a ban; and who does not exist. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { closeBrowser, signInWithPassword, testCode, visit } from '../support/journey.ts';
import { addUser, otherCode } from '../support/users.ts';
import { accessibilityProblems, shows } from '../support/whole-page.ts';

const password = 'copper-lantern-meadow';
/** Within how many requests are counted; no machine is so busy that a look at the page takes longer. */
const seconds = 60;

describe('an instance that counts requests and tells nobody who exists', () => {
  let api: TestApi;
  /** While it is set, no time passes for the API. */
  let frozen: number | undefined;
  /** Milliseconds by which its clock is ahead. */
  let ahead = 0;
  let count = 0;

  before(async () => {
    const limit = { requests: 5, window: seconds };
    const instance = { enumeration_protection: true, rate_limits: { attempt: limit, create_sign_up: limit } };
    api = await startApi({ now: () => frozen ?? Date.now() + ahead, instance });
  });

  afterEach(() => thaw());

  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  /** From now on a window begins and does not end. */
  const freeze = () => {
    ahead += 2000 * seconds;
    frozen = Math.ceil((Date.now() + ahead) / (seconds * 1000)) * seconds * 1000;
  };
  const thaw = () => {
    ahead += 2000 * seconds;
    frozen = undefined;
  };
  const newPerson = async (others: object = {}) => {
    const emailAddress = `guest${++count}+clerk_test@example.com`;
    const { id } = await addUser(api, { emailAddress, password, ...others });
    return { id, emailAddress, password };
  };
  const open = async (path = '/sign-in') => {
    const visited = await visit();
    // So that a countdown is over when the test says so.
    await visited.page.clock.install();
    await visited.page.goto(api.url + path);
    await visited.page.locator('input[name=password]').waitFor({ state: 'attached' });
    return visited;
  };
  const go = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true });
  const codeField = (page: Page) => page.getByRole('textbox', { name: /^Enter verification code/ });
  /** The countdown, what is announced of it, and that Enter sends nothing meanwhile. */
  const waits = async (page: Page, requests: { method: string }[], message: string) => {
    const alert = page.getByRole('alert');
    await alert.getByText(message).waitFor();
    const note = alert.getByText(/^You can try again in \d+ s\.$/);
    assert.equal(await note.getAttribute('aria-live'), 'off', 'not every second is announced');
    assert.equal(await go(page).getAttribute('aria-disabled'), 'true');
    assert.deepEqual(await accessibilityProblems(page), []);
    const sent = requests.filter(({ method }) => method === 'POST').length;
    await page.locator('input[name=password]:visible').press('Enter');
    thaw();
    await page.clock.fastForward(1000 * seconds);
    await page.locator('.cl-formButtonPrimary:not([aria-disabled])').waitFor();
    assert.equal(requests.filter(({ method }) => method === 'POST').length, sent);
  };

  it('has people wait where there were too many attempts to sign in, and lets them go on then', async () => {
    const person = await newPerson();
    const { page, context, requests } = await open();
    await page.locator('input[name=identifier]').fill(person.emailAddress);
    await go(page).click();
    await shows(page, 'Enter your password');
    const field = page.locator('input[name=password]:visible');
    freeze();
    for (let attempt = 0; attempt < 5; attempt++) {
      const answered = page.waitForResponse((response) => response.url().includes('/attempt_first_factor'));
      await field.fill(`not-the-password-${attempt}`);
      await field.press('Enter');
      assert.equal((await answered).status(), 422);
      await page.locator('.cl-formButtonPrimary:not([aria-disabled])').waitFor();
    }
    await field.fill(password);
    await field.press('Enter');
    await waits(page, requests, 'Too many requests. Please wait a moment, then try again.');
    await go(page).click();
    await page.waitForURL(`${api.url}/`);
    await context.close();
  });

  it('has people wait where there were too many attempts to sign up, and keeps what they have typed', async () => {
    const { page, context, requests } = await open('/sign-up');
    await page.locator('input[name=emailAddress]').fill('newcomer+clerk_test@example.com');
    freeze();
    for (let attempt = 0; attempt < 5; attempt++) {
      const answered = page.waitForResponse((response) => response.url().includes('/client/sign_ups'));
      await page.locator('input[name=password]').fill('password123');
      await page.locator('input[name=password]').press('Enter');
      assert.equal((await answered).status(), 422);
      await page.locator('.cl-formButtonPrimary:not([aria-disabled])').waitFor();
    }
    await page.locator('input[name=password]').fill(password);
    await page.locator('input[name=password]').press('Enter');
    await waits(page, requests, 'Too many sign-ups from this address. Please wait a moment and try again.');
    assert.equal(await page.locator('input[name=emailAddress]').inputValue(), 'newcomer+clerk_test@example.com');
    await go(page).click();
    await shows(page, 'Verify your email');
    await context.close();
  });

  it('says the same to those who exist and those who do not, by password and by code', async () => {
    const person = await newPerson();
    const told = [];
    for (const emailAddress of [person.emailAddress, 'nobody+clerk_test@example.com']) {
      const { page, context } = await open();
      await signInWithPassword(page, { emailAddress, password: 'not-the-password' });
      const message = page.getByRole('alert');
      await message.waitFor();
      const texts = [await page.locator('.cl-headerTitle').textContent(), await message.textContent()];
      assert.deepEqual(await accessibilityProblems(page), []);
      await page.getByRole('link', { name: 'Use another method' }).click();
      await page.getByRole('button', { name: /^Email code to/ }).click();
      await shows(page, 'Check your email');
      await codeField(page).fill(otherCode(testCode));
      await page.locator('.cl-otpCodeFieldErrorText').waitFor();
      told.push([...texts, await page.locator('.cl-otpCodeFieldErrorText').textContent()]);
      await context.close();
    }
    assert.deepEqual(told[0], told[1]);
  });

  it('says to who is banned that they are, once they have proved who they are', async () => {
    const person = await newPerson({ banned: true });
    const { page, context } = await open();
    await signInWithPassword(page, person);
    await page.getByText(/banned/i).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    assert.equal(new URL(page.url()).pathname, '/sign-in');
    await context.close();
  });

  it('has a password replaced that others may know', async () => {
    const person = await newPerson();
    const { status } = await createBackendClient(api)('POST', `/users/${person.id}/password/set_compromised`);
    assert.equal(status, 200);
    const { page, context } = await open();
    await signInWithPassword(page, person);
    await page.getByRole('alert').getByText('Others may know your password.').waitFor();
    await shows(page, 'Forgot password?');
    await page.getByRole('button', { name: 'Reset your password' }).click();
    await codeField(page).fill(testCode);
    await shows(page, 'Set new password');
    await page.locator('input[name=password]').fill('second-lantern-orchard');
    await page.locator('input[name=confirmPassword]').fill('second-lantern-orchard');
    await page.getByRole('button', { name: 'Reset password' }).click();
    await page.waitForURL(`${api.url}/`);
    await context.close();
  });
});
