/** Every way through the sign-in card, by keyboard and eye, against the real API. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, jane, signInWithPassword, testCode, visit } from '../support/journey.ts';

describe('signing in on /sign-in', () => {
  let api: TestApi;

  before(async () => {
    api = await startApi();
  });

  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  const open = async (path = '/sign-in') => {
    const result = await visit();
    await result.page.goto(api.url + path);
    await result.page.locator('input[name=identifier]').waitFor();
    return result;
  };
  const submit = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click();
  const signedIn = (page: Page) => page.waitForURL(`${api.url}/`);

  it('takes a password by keyboard alone and goes to /', async () => {
    const { context, page, complaints } = await open();
    await page.locator('input[name=identifier]').focus();
    await page.keyboard.type(jane.emailAddress);
    await page.keyboard.press('Enter');
    await page.locator('input[name=password]:visible').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'password');
    await page.keyboard.type(jane.password);
    await page.keyboard.press('Enter');
    await signedIn(page);
    await page.getByText(`Signed in as ${jane.emailAddress}`).waitFor();
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('says at the field that the password is wrong, and keeps what was typed', async () => {
    const { context, page } = await open();
    await signInWithPassword(page, { ...jane, password: 'not-the-password' });
    const field = page.locator('input[name=password]:visible');
    await page.locator('.cl-formFieldErrorText').waitFor();
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    const description = await field.getAttribute('aria-describedby');
    assert.ok(description);
    assert.equal(await field.inputValue(), 'not-the-password');
    assert.equal(await field.evaluate((node) => node === document.activeElement), true);
    await context.close();
  });

  it('takes a code by email, submitted as soon as it has six digits', async () => {
    const { context, page } = await open();
    await page.locator('input[name=identifier]').fill(jane.emailAddress);
    await submit(page);
    await page.getByRole('link', { name: 'Use another method' }).click();
    await page.getByRole('button', { name: /^Email code to/ }).click();
    const code = page.getByRole('textbox', { name: /^Enter verification code/ });
    await code.pressSequentially('111111');
    await page.locator('.cl-otpCodeFieldErrorText, .cl-formFieldErrorText').first().waitFor();
    await code.fill('');
    await code.pressSequentially(testCode);
    await signedIn(page);
    await context.close();
  });

  it('recovers from a forgotten password and ends the other sign-ins', async () => {
    const person = { emailAddress: 'forgetful+clerk_test@example.com', password: 'first-lantern-orchard' };
    await fetch(`${api.backendUrl}/v1/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email_address: [person.emailAddress], password: person.password }),
    });
    const other = await open();
    await signInWithPassword(other.page, person);
    await signedIn(other.page);

    const { context, page } = await open();
    await page.locator('input[name=identifier]').fill(person.emailAddress);
    await submit(page);
    // The first screen has this link too, and a card that is busy takes no click.
    await page.getByRole('heading', { name: 'Enter your password' }).waitFor();
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await page.getByRole('button', { name: 'Reset your password' }).click();
    await page.getByRole('textbox', { name: /^Enter verification code/ }).fill(testCode);
    await page.locator('input[name=password]').fill('second-lantern-orchard');
    await page.locator('input[name=confirmPassword]').fill('second-lantern-orchard');
    await page.getByRole('button', { name: /Reset password|Continue/ }).click();
    await signedIn(page);

    await other.page.reload();
    await other.page.locator('input[name=identifier]').waitFor();
    await other.context.close();
    await context.close();
  });

  it('moves to sign-up and back, and back from the password to the identifier', async () => {
    const { context, page } = await open();
    await page.locator('input[name=identifier]').fill(jane.emailAddress);
    await submit(page);
    await page.locator('.cl-identityPreviewEditButton').click();
    assert.equal(await page.locator('input[name=identifier]').inputValue(), jane.emailAddress);
    await page.getByRole('link', { name: 'Sign up' }).click();
    await page.locator('input[name=emailAddress]').waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.locator('input[name=identifier]').waitFor();
    await context.close();
  });

  it('locks the account after ten wrong passwords, readably', async () => {
    const person = { emailAddress: 'locked+clerk_test@example.com', password: 'orchard-lantern-river' };
    await fetch(`${api.backendUrl}/v1/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email_address: [person.emailAddress], password: person.password }),
    });
    const { context, page } = await open();
    await signInWithPassword(page, { ...person, password: 'wrong-0' });
    for (let attempt = 1; attempt <= 10; attempt++) {
      await page.locator('.cl-formFieldErrorText').waitFor();
      await page.locator('input[name=password]:visible').fill(`wrong-${attempt}`);
      const answered = page.waitForResponse(
        (response) => response.url().includes('/attempt_first_factor') || response.url().includes('/sign_ins'),
      );
      await submit(page);
      if ((await answered).status() === 403) break;
    }
    await page
      .getByText(/locked/i)
      .first()
      .waitFor();
    await context.close();
  });

  it('finds the password field and the identifier as password managers look for them', async () => {
    const { context, page } = await open();
    assert.equal(await page.evaluate(() => document.querySelector('form input[type=password]') !== null), true);
    assert.equal(await page.locator('input[name=identifier]').getAttribute('autocomplete'), 'username');
    // Filled in silently, without an event: read on submit all the same.
    await page.evaluate(({ emailAddress, password }) => {
      document.querySelector<HTMLInputElement>('input[name=identifier]')!.value = emailAddress;
      document.querySelector<HTMLInputElement>('input[type=password]')!.value = password;
    }, jane);
    await submit(page);
    await signedIn(page);
    await context.close();
  });

  it('shows who is already there', async () => {
    const { context, page } = await open();
    await signInWithPassword(page);
    await signedIn(page);
    await page.goto(`${api.url}/sign-in`);
    await page.getByText(jane.emailAddress).waitFor();
    assert.equal(await page.locator('input[name=identifier]').count(), 0);
    await context.close();
  });

  it('goes to redirect_url of its own origin, and not to a foreign one', async () => {
    const own = await open(`/sign-in#/?redirect_url=${encodeURIComponent(`${api.url}/seed.html`)}`);
    // Who has no account yet is led there by the other card.
    const other = await own.page.getByRole('link', { name: 'Sign up', exact: true }).getAttribute('href');
    assert.equal(other, `${api.url}/sign-up#/?redirect_url=${encodeURIComponent(`${api.url}/seed.html`)}`);
    await signInWithPassword(own.page);
    await own.page.waitForURL(`${api.url}/seed.html`);
    await own.context.close();
    const foreign = await open(`/sign-in#/?redirect_url=${encodeURIComponent('https://evil.example/')}`);
    await signInWithPassword(foreign.page);
    await signedIn(foreign.page);
    await foreign.context.close();
  });
});
