/** Clerk's own profile, operated as a person does: everything of an account that it lets one change, against our API. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { appCode } from '../../support/authenticator-app.ts';
import { testCode } from '../../support/journey.ts';
import { newTestNumber } from '../../support/phone-numbers.ts';
import { addVirtualAuthenticator } from '../../support/virtual-authenticator.ts';
import { ask, press, typeCode, typeSentCode } from '../official-page.ts';
import { fill, openStage, password } from './ui-page.ts';
import type { Stage } from './ui-page.ts';

describe('the profile of @clerk/ui', () => {
  let stage: Stage;
  let time = Date.now();
  before(async () => {
    const enabled = { enabled: true };
    const attributes = {
      ...{ first_name: enabled, last_name: enabled, username: enabled, passkey: enabled, authenticator_app: enabled, backup_code: enabled },
      phone_number: { enabled: true, second_factors: ['phone_code' as const] },
    };
    // The card to which people come in the end would ask for a passkey by itself, and the browser says so on pages that are left meanwhile.
    const passkey = { allow_autofill: false };
    const instance = { attributes, passkey, reverification: true, social: [{ strategy: 'oauth_google' as const }] };
    stage = await openStage({ instance, now: () => (time = Math.max(time, Date.now())) });
  });
  after(() => stage.stop());

  /** The profile of somebody who has just signed in. */
  const openProfile = async (more?: Parameters<Stage['newUser']>[0]) => {
    const user = await stage.newUser(more);
    const visited = await stage.open('/');
    const { page } = visited;
    await page.waitForFunction('window.Clerk?.loaded');
    await ask(
      page,
      async (clerk, credentials) => {
        const { createdSessionId } = await clerk.client!.signIn.create(credentials);
        await clerk.setActive({ session: createdSessionId });
      },
      { identifier: user.emailAddress, password },
    );
    await visited.go('/user');
    await page.getByRole('button', { name: 'Update profile' }).waitFor();
    return { ...visited, user, stored: () => stage.backend.users.getUser(user.id) };
  };
  const choose = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name, exact: true }).click();
  /** Opens the menu of an entry, by its place among all of them. */
  const openMenu = (page: Page, index = 0) => page.getByRole('button', { name: 'Open menu' }).nth(index).click();
  /** Reads the secret for an authenticator app, as it is where no camera is, and goes on. */
  const takeSecret = async (page: Page) => {
    await press(page, 'Can’t scan QR code?');
    const secret = await page.locator('input').filter({ visible: true }).first().inputValue();
    await press(page, 'Continue');
    return secret;
  };

  it('changes names, and gives a username after it has said what is wrong with another', async () => {
    const { page, stored, leave } = await openProfile();
    await press(page, 'Update profile');
    await fill(page, { 'First name': 'Ada', 'Last name': 'Byron' });
    await press(page, 'Save');
    await page.getByText('Ada Byron').waitFor();
    await press(page, 'Set username');
    await fill(page, { Username: 'ada' });
    await press(page, 'Save');
    await page
      .getByText(/must be between 4 and 64 characters/)
      .first()
      .waitFor();
    await fill(page, { Username: 'ada_byron' });
    await press(page, 'Save');
    await page.getByText('ada_byron').waitFor();
    const { firstName, lastName, username } = await stored();
    assert.deepEqual([firstName, lastName, username], ['Ada', 'Byron', 'ada_byron']);
    await leave('422 me');
  });

  it('adds an address, proves it, makes it the first one and removes the other; adds a number and removes it', async () => {
    const { page, user, stored, leave } = await openProfile();
    const second = stage.newAddress();
    await press(page, 'Add email address');
    await fill(page, { 'Email address': second });
    await press(page, 'Add');
    await page.getByText('Unverified').waitFor();
    await typeSentCode(page, testCode);
    await page.getByRole('button', { name: 'Add email address' }).waitFor();
    await openMenu(page, 1);
    await choose(page, 'Set as primary');
    await page.getByText(/Primary/).waitFor();
    await page.getByText(second).waitFor();
    // The first one stands first.
    await page.locator('.cl-profileSectionItem__emailAddresses', { hasText: 'Primary' }).filter({ hasText: second }).waitFor();
    await page
      .locator('.cl-profileSectionItem__emailAddresses')
      .filter({ hasText: user.emailAddress })
      .getByRole('button', { name: 'Open menu' })
      .click();
    await choose(page, 'Remove email');
    await press(page, 'Remove');
    await page.getByText(user.emailAddress, { exact: true }).waitFor({ state: 'detached' });
    const { emailAddresses, primaryEmailAddress } = await stored();
    assert.deepEqual([emailAddresses.length, primaryEmailAddress?.emailAddress], [1, second]);

    const number = newTestNumber();
    await press(page, 'Add phone number');
    await fill(page, { 'Phone number': number });
    await press(page, 'Add');
    await typeSentCode(page, testCode);
    await page.getByRole('button', { name: 'Add phone number' }).waitFor();
    const { phoneNumbers } = await stored();
    assert.deepEqual(
      phoneNumbers.map(({ phoneNumber, verification }) => [phoneNumber, verification?.status]),
      [[number, 'verified']],
    );
    await page.locator('.cl-profileSectionItem__phoneNumbers').getByRole('button', { name: 'Open menu' }).click();
    await choose(page, 'Remove phone number');
    await press(page, 'Remove');
    await page.locator('.cl-profileSectionItem__phoneNumbers').waitFor({ state: 'detached' });
    assert.deepEqual((await stored()).phoneNumbers, []);
    await leave();
  });

  it('connects an account at a provider and removes it', async () => {
    const { page, stored, arriveAt, leave } = await openProfile();
    await press(page, 'Connect account');
    await choose(page, /Google/);
    await press(page, /^Kofi Mensah/);
    await arriveAt('/user');
    await page.getByText('kofi+clerk_test@example.com').waitFor();
    assert.deepEqual(
      (await stored()).externalAccounts.map(({ emailAddress }) => emailAddress),
      ['kofi+clerk_test@example.com'],
    );
    await openMenu(page, 1);
    await choose(page, 'Remove');
    await press(page, 'Remove');
    await page.getByText(/kofi\+clerk_test@example\.com/).waitFor({ state: 'detached' });
    assert.deepEqual((await stored()).externalAccounts, []);
    await leave();
  });

  it('makes a passkey, names it and removes it', async () => {
    const { page, stored, leave } = await openProfile();
    await addVirtualAuthenticator(page);
    await press(page, 'Security');
    await press(page, 'Add a passkey');
    await openMenu(page);
    await choose(page, 'Rename');
    await fill(page, { 'Name of passkey': 'My laptop' });
    await press(page, 'Save');
    await page.getByText('My laptop').waitFor();
    assert.deepEqual(await ask(page, (clerk) => clerk.user!.passkeys.map(({ name }) => name)), ['My laptop']);
    await openMenu(page);
    await choose(page, 'Remove');
    await press(page, 'Remove');
    await page.getByText('My laptop', { exact: true }).waitFor({ state: 'detached' });
    assert.deepEqual((await stored()).twoFactorEnabled, false);
    assert.equal(await ask(page, (clerk) => clerk.user!.passkeys.length), 0);
    await leave();
  });

  it('changes the password, ends sessions elsewhere, and asks first who it is where that is long ago', async () => {
    const { page, user, leave } = await openProfile();
    const elsewhere = async () => {
      const other = await stage.open('/');
      await other.page.waitForFunction('window.Clerk?.loaded');
      const session = await ask(
        other.page,
        async (clerk, credentials) => (await clerk.client!.signIn.create(credentials)).createdSessionId,
        { identifier: user.emailAddress, password },
      );
      await other.leave();
      return session ?? '';
    };
    const statusOf = async (id: string) => (await stage.backend.sessions.getSession(id)).status;
    const [first, second] = [await elsewhere(), await elsewhere()];
    await press(page, 'Security');
    // The devices come one by one; this one stands first.
    const devices = page.locator('.cl-activeDevice');
    await devices.nth(2).waitFor();
    await page.getByRole('button', { name: 'Open menu' }).first().click();
    const [revoked] = await Promise.all([
      page.waitForResponse((response) => response.url().includes('/revoke?')),
      choose(page, 'Sign out of device'),
    ]);
    assert.equal(revoked.status(), 200);
    const statuses = [await statusOf(first), await statusOf(second)];
    assert.deepEqual([...statuses].sort(), ['active', 'revoked']);
    // This version draws its list again when it is opened again, whatever the answer is.
    await press(page, 'Profile');
    await press(page, 'Security');
    await devices.nth(2).waitFor({ state: 'detached' });
    await devices.nth(1).waitFor();

    time += 11 * 60_000;
    await press(page, 'Update password');
    await fill(page, { 'New password': 'meadow-lantern-copper', 'Confirm password': 'meadow-lantern-copper' });
    await press(page, 'Save');
    await page.getByRole('heading', { name: 'Verification required' }).waitFor();
    await fill(page, { Password: password });
    await press(page, 'Continue');
    await page.getByRole('button', { name: 'Update password' }).waitFor();
    assert.deepEqual(await stage.backend.users.verifyPassword({ userId: user.id, password: 'meadow-lantern-copper' }), { verified: true });
    assert.ok(![await statusOf(first), await statusOf(second)].includes('active'));
    await leave('403 me/change_password');
  });

  it('sets up an authenticator app with backup codes, and takes it away', async () => {
    const { page, stored, leave } = await openProfile();
    await press(page, 'Security');
    await press(page, 'Add two-step verification');
    await choose(page, 'Authenticator application');
    const secret = await takeSecret(page);
    assert.match(secret, /^[A-Z2-7]{32}$/);
    await typeCode(page, appCode(secret, time));
    await press(page, 'Finish');
    const { totpEnabled, backupCodeEnabled, twoFactorEnabled } = await stored();
    assert.deepEqual([totpEnabled, backupCodeEnabled, twoFactorEnabled], [true, true, true]);
    await openMenu(page, 0);
    await choose(page, 'Remove');
    await press(page, 'Remove');
    await page.getByText('Authenticator application').waitFor({ state: 'detached' });
    assert.equal((await stored()).twoFactorEnabled, false);
    await leave();
  });

  it('sets up codes by SMS and an app beside them, and makes backup codes anew', async () => {
    const { page, user, stored, leave } = await openProfile({ phoneNumber: [newTestNumber()] });
    const shown = page.getByText(/^[a-z0-9]{10}$/).filter({ visible: true });
    const backupCodes = async () => {
      await shown.nth(9).waitFor();
      return shown.allInnerTexts();
    };
    await press(page, 'Security');
    await press(page, 'Add two-step verification');
    await choose(page, 'SMS code');
    await press(page, /^US \+1/);
    const [spare = ''] = await backupCodes();
    await press(page, 'Finish');
    // From now on a proof is one of the second factor.
    await press(page, 'Add two-step verification');
    await choose(page, 'Authenticator application');
    await typeSentCode(page, testCode);
    const secret = await takeSecret(page);
    await typeCode(page, appCode(secret, time));
    await press(page, 'Finish');
    await openMenu(page, 2);
    await choose(page, 'Regenerate');
    const anew = await backupCodes();
    assert.equal(new Set([spare, ...anew]).size, 11);
    await press(page, 'Finish');
    await shown.first().waitFor({ state: 'detached' });
    const { phoneNumbers, totpEnabled, backupCodeEnabled } = await stored();
    assert.deepEqual([totpEnabled, backupCodeEnabled, phoneNumbers[0]?.reservedForSecondFactor], [true, true, true]);
    await leave('403 me/totp');

    const other = await stage.open('/');
    await other.page.waitForFunction('window.Clerk?.loaded');
    const enter = async (code: string) =>
      ask(
        other.page,
        async (clerk, { code, ...credentials }) => {
          const signIn = await clerk.client!.signIn.create(credentials);
          return signIn.attemptSecondFactor({ strategy: 'backup_code', code }).then(
            ({ status }) => status,
            (error: { errors: { code: string }[] }) => error.errors[0]!.code,
          );
        },
        { identifier: user.emailAddress, password, code },
      );
    assert.deepEqual([await enter(spare), await enter(anew[9]!)], ['form_code_incorrect', 'complete']);
    await other.leave('422 client/sign_ins/:id/attempt_second_factor');
  });

  it('deletes the account', async () => {
    const { page, user, arriveAt, leave } = await openProfile();
    await press(page, 'Security');
    await press(page, 'Delete account');
    await page.getByRole('textbox', { name: /^Type "Delete account"/ }).fill('Delete account');
    await press(page, 'Delete account');
    await arriveAt('/sign-in');
    await assert.rejects(stage.backend.users.getUser(user.id));
    await leave();
  });
});
