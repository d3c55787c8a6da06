/** Something sensitive wants a fresh proof, and `<clerk-user-verification>` asks for it in its dialog, as Clerk's React package has it do. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { ClerkApi } from '../../src/clerk/clerk-api.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { appCode } from '../support/authenticator-app.ts';
import { closeBrowser, signInAndArrive, testCode, visit } from '../support/journey.ts';
import { namedOrigin } from '../support/passkeys.ts';
import { addAuthenticator, addBackupCodes, withSecondFactors } from '../support/second-factors.ts';
import { addUser, otherCode } from '../support/users.ts';
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts';
import { accessibilityProblems } from '../support/whole-page.ts';

const password = 'copper-lantern-meadow';

/** Of the page: its instance, and what came of its wish. */
const { Clerk, told } = globalThis as unknown as { Clerk: ClerkApi; told: string[] };

describe('a sensitive change', () => {
  let api: TestApi;
  let origin: string;
  let count = 0;

  before(async () => {
    const attributes = { ...withSecondFactors.attributes, passkey: { enabled: true }, username: { enabled: true } };
    api = await startApi({ instance: { attributes, reverification: true, lockout: { max_attempts: 3 } } });
    origin = namedOrigin(api);
  });

  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  /** Somebody who has signed in too long ago. */
  const enter = async ({ hasPasskey = false } = {}) => {
    const emailAddress = `owner${++count}+clerk_test@example.com`;
    const { id } = await addUser(api, { emailAddress, password });
    const visited = await visit();
    const { page } = visited;
    const device = hasPasskey ? await addVirtualAuthenticator(page) : undefined;
    await page.goto(`${origin}/sign-in`);
    await signInAndArrive(page, { emailAddress, password });
    await page.getByText(`Signed in as ${emailAddress}`).waitFor();
    if (hasPasskey) await page.evaluate(async () => void (await Clerk.user!.createPasskey()));
    const long = { first_factor_verified_at: Date.now() - 11 * 60_000 };
    await api.database.updateTable('sessions').set(long).where('user_id', '=', id).execute();
    return { ...visited, id, device, username: `owner_${count}` };
  };
  /** Has the page ask for a new name, and for the proof that this wants. */
  const wish = (page: Page, username: string, level?: 'first_factor' | 'second_factor') =>
    page.evaluate<string>(`(() => {
      globalThis.told = [];
      const act = () => Clerk.user.update({ username: '${username}' }).then(({ username }) => void told.push('is ' + username));
      return act().catch(({ errors }) => {
        Clerk.__internal_openReverification({
          level: ${JSON.stringify(level)},
          afterVerification: () => void act(),
          afterVerificationCancelled: () => void told.push('cancelled'),
        });
        return errors[0].code;
      });
    })()`);
  const outcome = async (page: Page, expected: string) => {
    await page.waitForFunction(() => told.length);
    assert.deepEqual(await page.evaluate(() => told), [expected]);
    assert.equal(await page.locator('dialog.cl-modalContent').count(), 0);
  };
  const asks = async (page: Page, field: string) => {
    const dialog = page.getByRole('dialog', { name: 'Verification required' });
    await dialog.getByRole('heading', { name: 'Verification required' }).waitFor();
    await dialog.locator(`input[name=${field}]`).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), field);
    assert.deepEqual(await accessibilityProblems(page), []);
  };
  const choose = async (page: Page, method: RegExp) => {
    await page.getByRole('link', { name: 'Use another method' }).click();
    await page.getByRole('button', { name: method }).click();
  };
  const codeField = (page: Page) => page.locator('dialog input[name=code]');

  it('is made after the password, by keyboard alone; a wrong one is told at the field', async () => {
    const { page, context, username, complaints } = await enter();
    assert.equal(await wish(page, username), 'session_reverification_required');
    await asks(page, 'password');
    await page.keyboard.type('not-the-password');
    await page.keyboard.press('Enter');
    await page.locator('dialog .cl-formFieldErrorText').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await outcome(page, `is ${username}`);
    assert.ok(
      complaints.every((text) => /status of (403|422)/.test(text)),
      complaints.join('\n'),
    );
    await context.close();
  });

  it('is made after a code by mail, and not after a wrong one', async () => {
    const { page, context, username } = await enter();
    await wish(page, username);
    await asks(page, 'password');
    await choose(page, /^Email code to/);
    await asks(page, 'code');
    await codeField(page).fill(otherCode(testCode));
    await page.locator('dialog .cl-otpCodeFieldErrorText').waitFor();
    assert.deepEqual(await page.evaluate(() => told), []);
    await codeField(page).fill(testCode);
    await outcome(page, `is ${username}`);
    await context.close();
  });

  it('is made after the second factor of who has one: the app, or a backup code in its place', async () => {
    const { page, context, username, id } = await enter();
    const secret = await addAuthenticator(api, id);
    await addBackupCodes(api, id, ['violet-harbour-1']);
    await wish(page, username);
    await asks(page, 'code');
    const code = appCode(secret, Date.now());
    await codeField(page).fill(otherCode(code));
    await page.locator('dialog .cl-otpCodeFieldErrorText').waitFor();
    await codeField(page).fill(code);
    await outcome(page, `is ${username}`);

    await api.database.updateTable('sessions').set({ second_factor_verified_at: 1 }).where('user_id', '=', id).execute();
    assert.equal(await wish(page, `${username}_b`), 'session_reverification_required');
    await asks(page, 'code');
    await choose(page, /^Use a backup code$/);
    await asks(page, 'code');
    await codeField(page).fill('violet-harbour-1');
    await page.locator('dialog').getByRole('button', { name: 'Continue', exact: true }).click();
    await outcome(page, `is ${username}_b`);
    await context.close();
  });

  it('is made after the passkey of who has one, or not where the device does not know them', async () => {
    const { page, context, username, device } = await enter({ hasPasskey: true });
    await wish(page, username, 'first_factor');
    const go = page.locator('dialog').getByRole('button', { name: 'Continue', exact: true });
    await go.waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await device!.setUserVerified(false);
    await go.click();
    await page.getByText('No passkey was chosen, or it took too long.').waitFor();
    assert.deepEqual(await page.evaluate(() => told), []);
    await device!.setUserVerified(true);
    await go.click();
    await outcome(page, `is ${username}`);
    await context.close();
  });

  it('is not made where the dialog is closed, and can be wished for again', async () => {
    const { page, context, username } = await enter();
    await wish(page, username);
    await asks(page, 'password');
    await page.keyboard.press('Escape');
    await outcome(page, 'cancelled');
    assert.equal(await wish(page, username), 'session_reverification_required');
    await asks(page, 'password');
    await page.getByRole('button', { name: 'Close modal' }).click();
    await outcome(page, 'cancelled');
    await context.close();
  });

  it('is not made once the account is locked, whatever is given', async () => {
    const { page, context, username } = await enter();
    await wish(page, username);
    await asks(page, 'password');
    const field = page.locator('dialog input[name=password]');
    for (const message of ['2 attempts left', '1 attempt left', 'Your account is now locked.']) {
      await field.fill('not-the-password');
      await field.press('Enter');
      await page.getByText(message).waitFor();
    }
    await field.fill(password);
    await field.press('Enter');
    await page.getByText(/Your account is locked\. You will be able to try again in/).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    assert.deepEqual(await page.evaluate(() => told), []);
    await context.close();
  });
});
