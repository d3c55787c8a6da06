/** What somebody has to do before a session is theirs, as Clerk's own cards ask for it: a second factor, another password. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { appCode } from '../../support/authenticator-app.ts';
import { testCode } from '../../support/journey.ts';
import { newTestNumber } from '../../support/phone-numbers.ts';
import { ask, press, typeCode, typeSentCode } from '../official-page.ts';
import { enterPassword, fill, identify, openStage, password, signOut } from './ui-page.ts';
import type { Stage } from './ui-page.ts';

const newPassword = 'granite-willow-harbour';

describe('the cards of @clerk/ui in an instance that demands a second factor', () => {
  let stage: Stage;
  before(async () => {
    const enabled = { enabled: true };
    const attributes = {
      ...{ authenticator_app: enabled, backup_code: enabled },
      phone_number: { enabled: true, second_factors: ['phone_code' as const] },
    };
    stage = await openStage({ instance: { attributes, sign_in: { second_factor: { required: true } } } });
  });
  after(() => stage.stop());

  const status = (page: Page) => ask(page, (clerk) => clerk.session?.status);
  const task = (page: Page) => page.getByRole('heading', { name: 'Set up two-step verification' }).waitFor();
  const secondFactors = async (id: string) => {
    const { totpEnabled, backupCodeEnabled, phoneNumbers } = await stage.backend.users.getUser(id);
    return [totpEnabled, backupCodeEnabled, phoneNumbers.map(({ reservedForSecondFactor }) => reservedForSecondFactor)];
  };

  it('have one set up after sign-in, by an app; next time it is asked for', async () => {
    const { id, emailAddress } = await stage.newUser();
    const visited = await stage.open('/sign-in');
    const { page } = visited;
    await identify(page, emailAddress);
    await enterPassword(page);
    await task(page);
    assert.equal(await status(page), 'pending');
    await press(page, 'Authenticator application');
    await press(page, "Can't scan QR code?");
    const secret = await page.locator('input').filter({ visible: true }).first().inputValue();
    await press(page, 'Continue');
    await typeCode(page, appCode(secret, Date.now()));
    const backupCode =
      (await page
        .getByText(/^[a-z0-9]{10}$/)
        .first()
        .textContent()) ?? '';
    await press(page, 'Continue');
    await visited.arriveAs(id);
    assert.equal(await status(page), 'active');
    assert.deepEqual(await secondFactors(id), [true, true, []]);

    await signOut(visited);
    await identify(page, emailAddress);
    await enterPassword(page);
    await page.getByRole('heading', { name: 'Two-step verification' }).waitFor();
    await page.getByRole('link', { name: 'Use another method' }).click();
    await press(page, 'Use a backup code');
    await fill(page, { 'Backup code': backupCode });
    await press(page, 'Continue');
    await visited.arriveAs(id);
    await visited.leave();
  });

  it('have one set up after sign-up, by SMS', async () => {
    const visited = await stage.open('/sign-up');
    const { page } = visited;
    await fill(page, { 'Email address': stage.newAddress(), Password: password });
    await press(page, 'Continue');
    await typeSentCode(page, testCode);
    await task(page);
    await press(page, 'SMS code');
    await fill(page, { 'Phone number': newTestNumber() });
    await press(page, 'Continue');
    await typeSentCode(page, testCode);
    await page.getByText('SMS code verification enabled').waitFor();
    await press(page, 'Continue');
    await visited.arriveAt('/');
    await page.getByRole('button', { name: 'Open user menu' }).waitFor();
    assert.equal(await status(page), 'active');
    assert.deepEqual(await secondFactors((await ask(page, (clerk) => clerk.user?.id)) ?? ''), [false, true, [true]]);
    await visited.leave();
  });

  it('want another password where others may know it: at sign-in, by another way in', async () => {
    const { id, emailAddress } = await stage.newUser();
    await stage.backend.users.setPasswordCompromised(id);
    const visited = await stage.open('/sign-in');
    const { page } = visited;
    await identify(page, emailAddress);
    await enterPassword(page);
    await page.getByRole('heading', { name: 'Password compromised' }).waitFor();
    await press(page, /^Email code to /);
    await typeSentCode(page, testCode);
    await fill(page, { 'New password': newPassword, 'Confirm password': newPassword });
    await press(page, 'Reset Password');
    await visited.arriveAt('/');
    assert.deepEqual(await stage.backend.users.verifyPassword({ userId: id, password: newPassword }), { verified: true });
    // From there the card leads to no task: the session waits for it until the card is opened again.
    await visited.go('/sign-in');
    await task(page);
    assert.equal(await status(page), 'pending');
    await visited.leave('422 client/sign_ins/:id/attempt_first_factor');
  });

  it('want another password where the session has that as its task', async () => {
    const { id } = await stage.newUser({ phoneNumber: [newTestNumber()] });
    const { token } = await stage.backend.signInTokens.createSignInToken({ userId: id, expiresInSeconds: 60 });
    const visited = await stage.open(`/sign-in?__clerk_ticket=${token}`);
    const { page } = visited;
    await task(page);
    const tasks = sql<string[]>`array['reset-password']`;
    await stage.api.database.updateTable('sessions').set({ tasks, updated_at: Date.now() }).where('user_id', '=', id).execute();
    await visited.go('/sign-in');
    await page.getByRole('heading', { name: 'Reset your password' }).waitFor();
    await fill(page, { 'New password': newPassword, 'Confirm password': newPassword });
    await press(page, 'Reset Password');
    await visited.arriveAs(id);
    assert.equal(await status(page), 'active');
    assert.deepEqual(await stage.backend.users.verifyPassword({ userId: id, password: newPassword }), { verified: true });
    await visited.leave();
  });
});
