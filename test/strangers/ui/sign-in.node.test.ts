/** Clerk's own sign-in card, operated as a person does: every factor that it offers, against our API. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { appCode } from '../../support/authenticator-app.ts';
import { everyWayIn } from '../../support/every-way-in.ts';
import { testCode } from '../../support/journey.ts';
import { newTestNumber } from '../../support/phone-numbers.ts';
import { addAuthenticator, addBackupCodes, addSecondPhoneNumber } from '../../support/second-factors.ts';
import { mailTo } from '../../support/users.ts';
import { addVirtualAuthenticator, askAndTouch } from '../../support/virtual-authenticator.ts';
import { ask, press, typeCode, typeSentCode } from '../official-page.ts';
import { enterPassword, fill, follow, identify, openStage, signOut } from './ui-page.ts';
import type { Stage } from './ui-page.ts';

describe('the sign-in card of @clerk/ui', () => {
  let stage: Stage;
  before(async () => {
    // Passkeys by the link only: the browser's device would take part in autofill before anybody has asked for it.
    const instance = { ...everyWayIn, passkey: { allow_autofill: false }, social: [{ strategy: 'oauth_google' as const }] };
    stage = await openStage({ instance });
  });
  after(() => stage.stop());

  /** Anybody with a number too, by a backend. */
  const newUserWithNumber = async () => {
    const phoneNumber = newTestNumber();
    return { ...(await stage.newUser({ phoneNumber: [phoneNumber] })), phoneNumber };
  };

  it('takes a password after it has said what is wrong, and a code in a browser that is new to the person', async () => {
    const { id, emailAddress } = await stage.newUser();
    const visited = await stage.open('/sign-in');
    const { page } = visited;
    await identify(page, 'nobody+clerk_test@example.com');
    await page.getByText("Couldn't find your account.").first().waitFor();
    assert.equal(await page.getByRole('textbox', { name: /^Email address/ }).getAttribute('aria-invalid'), 'true');
    await identify(page, emailAddress);
    await enterPassword(page, 'not-the-password');
    await page
      .getByText(/^Password is incorrect/)
      .first()
      .waitFor();
    assert.equal(await page.getByLabel('Password', { exact: true }).getAttribute('aria-invalid'), 'true');
    await enterPassword(page);
    await page.getByText("You're signing in from a new device.").waitFor();
    await typeSentCode(page, '123456');
    await page
      .getByText(/^Incorrect code/)
      .first()
      .waitFor();
    // The card empties the field, a moment after it has complained.
    await page.waitForFunction(`!document.querySelector('input[autocomplete=one-time-code]').value`);
    await typeCode(page, testCode);
    await visited.arriveAs(id);
    await signOut(visited);
    // Now the browser is known.
    await identify(page, emailAddress);
    await enterPassword(page);
    await visited.arriveAs(id);
    await visited.leave(
      '422 client/sign_ins',
      '422 client/sign_ins/:id/attempt_first_factor',
      '422 client/sign_ins/:id/attempt_second_factor',
    );
  });

  it('takes a code and a link by mail, by another method than the first', async () => {
    // Nothing is really sent to addresses for tests.
    const emailAddress = 'reader@example.com';
    const { id } = await stage.newUser({ emailAddress: [emailAddress] });
    const visited = await stage.open('/sign-in');
    const { page, context } = visited;
    await identify(page, emailAddress);
    await follow(page, 'Use another method');
    await press(page, /^Email code to r/);
    const code = /^\d{6}\b/m.exec((await mailTo(stage.api, emailAddress)).text)?.[0] ?? '';
    await typeSentCode(page, code);
    await visited.arriveAs(id);
    await signOut(visited);

    await identify(page, emailAddress);
    await follow(page, 'Use another method');
    await press(page, /^Email link to r/);
    await page.getByText('Use the verification link sent to your email').waitFor();
    const link = /^http\S+$/m.exec((await mailTo(stage.api, emailAddress, 2)).text)?.[0] ?? '';
    const other = await context.newPage();
    await other.goto(link);
    await visited.arriveAs(id);
    await visited.leave();
  });

  it('takes a phone number and a code by SMS', async () => {
    const { id, phoneNumber } = await newUserWithNumber();
    const visited = await stage.open('/sign-in');
    const { page } = visited;
    await follow(page, 'Use phone');
    await identify(page, phoneNumber);
    await follow(page, 'Use another method');
    await press(page, /^Send SMS code to /);
    await typeSentCode(page, testCode);
    await visited.arriveAs(id);
    await visited.leave();
  });

  it('takes a passkey, by the link and for who is named', async () => {
    const { id, emailAddress } = await stage.newUser();
    const visited = await stage.open('/');
    const { page } = visited;
    const device = await addVirtualAuthenticator(page);
    const { token } = await stage.backend.signInTokens.createSignInToken({ userId: id, expiresInSeconds: 60 });
    await visited.go(`/sign-in?__clerk_ticket=${token}`);
    await visited.arriveAs(id);
    assert.equal(await ask(page, async (clerk) => (await clerk.user!.createPasskey()).verification?.status), 'verified');
    // The card asks for a passkey by itself too: a device that is touched at once would sign in before the link is followed.
    await device.setPresent(false);
    await signOut(visited);
    await askAndTouch(page, device, () => follow(page, 'Use passkey instead'));
    await visited.arriveAs(id);
    await device.setPresent(false);
    await signOut(visited);
    await identify(page, emailAddress);
    await page.getByRole('heading', { name: 'Use your passkey' }).waitFor();
    await device.setPresent(true);
    await press(page, 'Continue');
    await visited.arriveAs(id);
    await visited.leave();
  });

  it('gives a new password for a forgotten one, by mail and by phone', async () => {
    const { id, emailAddress, phoneNumber } = await newUserWithNumber();
    const visited = await stage.open('/sign-in');
    const { page } = visited;
    const reset = async (password: string) => {
      await follow(page, 'Forgot password?');
      await press(page, 'Reset your password');
      await typeSentCode(page, testCode);
      await fill(page, { 'New password': password, 'Confirm password': password });
      await press(page, 'Reset Password');
      await visited.arriveAs(id);
      assert.deepEqual(await stage.backend.users.verifyPassword({ userId: id, password }), { verified: true });
    };
    await identify(page, emailAddress);
    await reset('meadow-copper-lantern');
    await signOut(visited);
    await follow(page, 'Use phone');
    await identify(page, phoneNumber);
    await reset('lantern-meadow-copper');
    await visited.leave();
  });

  it('asks for a second step: an authenticator app, a backup code, a code by SMS', async () => {
    const { id, emailAddress } = await stage.newUser();
    const secret = await addAuthenticator(stage.api, id);
    await addBackupCodes(stage.api, id, ['spare-code-1']);
    const number = newTestNumber();
    await addSecondPhoneNumber(stage.api, id, number);
    const visited = await stage.open('/sign-in');
    const { page } = visited;
    const steps: (() => Promise<void>)[] = [
      () => typeCode(page, appCode(secret, Date.now())),
      async () => {
        await follow(page, 'Use another method');
        await press(page, /^Use a backup code$/);
        await fill(page, { 'Backup code': 'spare-code-1' });
        await press(page, 'Continue');
      },
      async () => {
        await follow(page, 'Use another method');
        await press(page, /^Send SMS code to /);
        await typeSentCode(page, testCode);
      },
    ];
    for (const [index, step] of steps.entries()) {
      await identify(page, emailAddress);
      await enterPassword(page);
      await page.getByRole('heading', { name: 'Two-step verification' }).waitFor();
      assert.equal(await ask(page, (clerk) => clerk.user ?? null), null);
      await step();
      await visited.arriveAs(id);
      if (index < steps.length - 1) await signOut(visited);
    }
    await visited.leave();
  });

  it('lets a provider say who it is', async () => {
    const { id } = await stage.newUser({ emailAddress: ['ada+clerk_test@example.com'] });
    const visited = await stage.open('/sign-in');
    const { page } = visited;
    await press(page, /Continue with Google/);
    await page.getByRole('button', { name: /^Ada Byron/ }).click();
    await visited.arriveAs(id);
    await visited.leave();
  });

  it('signs in by a ticket in the address, once', async () => {
    const { id } = await stage.newUser();
    const { token } = await stage.backend.signInTokens.createSignInToken({ userId: id, expiresInSeconds: 60 });
    const visited = await stage.open(`/sign-in?__clerk_ticket=${token}`);
    const { page } = visited;
    await visited.arriveAs(id);
    await signOut(visited);
    await visited.go(`/sign-in?__clerk_ticket=${token}`);
    await page
      .getByText(/used already|already been used/)
      .first()
      .waitFor();
    await visited.leave('400 client/sign_ins');
  });

  it('signs in who was invited and has an account already', async () => {
    const emailAddress = stage.newAddress();
    const { url = '' } = await stage.backend.invitations.createInvitation({ emailAddress, redirectUrl: `${stage.url}/sign-in` });
    const { id } = await stage.newUser({ emailAddress: [emailAddress] });
    const visited = await stage.open('/');
    await visited.page.goto(url);
    await visited.arriveAs(id);
    await visited.leave();
  });
});
