/** Passkeys, by the sign-in card and by the methods of the user, with the virtual authenticator of Chromium. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { ClerkApi } from '../../src/clerk/clerk-api.ts';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { closeBrowser, signInAndArrive, visit } from '../support/journey.ts';
import { namedOrigin } from '../support/passkeys.ts';
import { addAuthenticator, withSecondFactors } from '../support/second-factors.ts';
import { addUser } from '../support/users.ts';
import { addVirtualAuthenticator, askAndTouch } from '../support/virtual-authenticator.ts';
import type { VirtualAuthenticator } from '../support/virtual-authenticator.ts';
import { accessibilityProblems, shows } from '../support/whole-page.ts';

const password = 'copper-lantern-meadow';

/** The instance of the page. */
const { Clerk } = globalThis as unknown as { Clerk: ClerkApi };

describe('passkeys', () => {
  let api: TestApi;
  let origin: string;
  let count = 0;

  before(async () => {
    api = await startApi({ instance: { attributes: { ...withSecondFactors.attributes, passkey: { enabled: true } } } });
    origin = namedOrigin(api);
  });

  after(async () => {
    await closeBrowser();
    await api.stop();
  });

  const go = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click();
  const signedIn = async (page: Page, emailAddress: string) => {
    await page.waitForURL(`${origin}/`);
    await page.getByText(`Signed in as ${emailAddress}`).waitFor();
  };

  /** Somebody new who is signed in, with a device. */
  const enter = async () => {
    const emailAddress = `holder${++count}+clerk_test@example.com`;
    const { id } = await addUser(api, { emailAddress, password });
    const visited = await visit();
    const { page } = visited;
    const device = await addVirtualAuthenticator(page);
    await page.goto(`${origin}/sign-in`);
    await signInAndArrive(page, { emailAddress, password });
    await signedIn(page, emailAddress);
    return { ...visited, id, emailAddress, device };
  };

  /** The same, with a passkey, signed out, and at the first screen; the device is not touched. */
  const leave = async (page: Page, device: VirtualAuthenticator) => {
    await device.setPresent(false);
    await page.evaluate(() => void Clerk.signOut({ redirectUrl: '/sign-in' }));
    await page.waitForURL(`${origin}/sign-in`);
    await page.locator('input[name=identifier]').waitFor();
  };
  const prepare = async () => {
    const entered = await enter();
    const { page, device } = entered;
    await page.evaluate(async () => void (await Clerk.user!.createPasskey()));
    await leave(page, device);
    return entered;
  };

  it('are made, prove who somebody is once more, are named and taken away', async () => {
    const { page, context, complaints } = await enter();
    const made = await page.evaluate(async () => {
      const passkey = await Clerk.user!.createPasskey();
      return [passkey.id === Clerk.user!.passkeys[0]?.id, passkey.verification?.status, passkey.createdAt instanceof Date];
    });
    assert.deepEqual(made, [true, 'verified', true]);
    const again = await page.evaluate(() =>
      Clerk.user!.createPasskey().then(
        () => 'made',
        (error: { code: string; clerkRuntimeError: boolean }) => [error.code, error.clerkRuntimeError],
      ),
    );
    assert.deepEqual(again, ['passkey_already_exists', true]);
    const proved = await page.evaluate(async () => {
      const { supportedFirstFactors } = await Clerk.session!.startVerification({ level: 'first_factor' });
      const { status, firstFactorVerification } = await Clerk.session!.verifyWithPasskey();
      return [supportedFirstFactors?.some(({ strategy }) => strategy === 'passkey'), status, firstFactorVerification.status];
    });
    assert.deepEqual(proved, [true, 'complete', 'verified']);
    const named = await page.evaluate(async () => {
      const [passkey] = Clerk.user!.passkeys;
      return [(await passkey!.update({ name: 'My laptop' })).name, Clerk.user!.passkeys.map(({ name }) => name)];
    });
    assert.deepEqual(named, ['My laptop', ['My laptop']]);
    const left = await page.evaluate(async () => [(await Clerk.user!.passkeys[0]!.delete()).deleted, Clerk.user!.passkeys.length]);
    assert.deepEqual(left, [true, 0]);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('sign in by the methods of the core, with a name and without', async () => {
    const { page, context, emailAddress, device, id } = await prepare();
    await page.goto(`${origin}/sign-up`);
    await page.locator('input[name=emailAddress]').waitFor();
    await device.setPresent(true);
    const named = await page.evaluate(async (identifier) => {
      const { signIn } = Clerk.client!;
      await signIn.create({ identifier });
      const { createdSessionId, status } = await signIn.authenticateWithPasskey();
      await Clerk.setActive({ session: createdSessionId });
      return [status, Clerk.user?.id];
    }, emailAddress);
    assert.deepEqual(named, ['complete', id]);
    await page.evaluate(() => Clerk.signOut({ redirectUrl: '#' }));
    const nameless = await page.evaluate(async () => {
      const { createdSessionId, status } = await Clerk.client!.signIn.authenticateWithPasskey({ flow: 'discoverable' });
      await Clerk.setActive({ session: createdSessionId });
      return [status, Clerk.user?.id];
    });
    assert.deepEqual(nameless, ['complete', id]);
    await device.setUserVerified(false);
    await page.evaluate(() => Clerk.signOut({ redirectUrl: '#' }));
    const refused = await page.evaluate(() =>
      Clerk.client!.signIn.authenticateWithPasskey({ flow: 'discoverable' }).then(
        () => 'signed in',
        (error: { code: string; clerkRuntimeError: boolean }) => [error.code, error.clerkRuntimeError],
      ),
    );
    assert.deepEqual(refused, ['passkey_retrieval_cancelled', true]);
    await context.close();
  });

  it('sign in by the button of the first screen, by keyboard alone', async () => {
    const { page, context, emailAddress, device, complaints } = await prepare();
    await shows(page, 'Sign in to clerk-lit demo');
    const button = page.getByRole('link', { name: 'Use passkey instead' });
    await button.focus();
    await askAndTouch(page, device, () => page.keyboard.press('Enter'));
    await signedIn(page, emailAddress);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('sign in as the browser offers them in the first field', async () => {
    const { page, context, emailAddress, device } = await prepare();
    assert.equal(await page.locator('input[name=identifier]').getAttribute('autocomplete'), 'username webauthn');
    // The screen that is there has asked already: it must be gone before somebody can touch the device.
    await page.goto('about:blank');
    await device.setPresent(true);
    await page.goto(`${origin}/sign-in`);
    await signedIn(page, emailAddress);
    await context.close();
  });

  it('are asked for first where somebody has one, and say when nobody has touched the device', async () => {
    const { page, context, emailAddress, device } = await prepare();
    await page.locator('input[name=identifier]').fill(emailAddress);
    await go(page);
    await shows(page, 'Use your passkey');
    await device.setPresent(true);
    await device.setUserVerified(false);
    await go(page);
    await page.getByText('No passkey was chosen, or it took too long.').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await device.setUserVerified(true);
    await go(page);
    await signedIn(page, emailAddress);
    await context.close();
  });

  it('leave the other ways open', async () => {
    const { page, context, emailAddress } = await prepare();
    await page.locator('input[name=identifier]').fill(emailAddress);
    await go(page);
    await shows(page, 'Use your passkey');
    await page.getByRole('link', { name: 'Use another method' }).click();
    await page.getByRole('button', { name: 'Sign in with your password' }).click();
    await page.locator('input[name=password]').fill(password);
    await go(page);
    await signedIn(page, emailAddress);
    await context.close();
  });

  it('take the place of an authenticator app in the second step', async () => {
    const { page, context, id, emailAddress, device } = await prepare();
    await addAuthenticator(api, id);
    await page.locator('input[name=identifier]').fill(emailAddress);
    await page.locator('input[name=password]').fill(password);
    await go(page);
    await shows(page, 'Two-step verification');
    await page.getByRole('link', { name: 'Use another method' }).click();
    await page.getByRole('button', { name: 'Sign in with your passkey' }).click();
    await shows(page, 'Use your passkey');
    await device.setPresent(true);
    await go(page);
    await signedIn(page, emailAddress);
    await context.close();
  });

  it('that are no longer registered say so', async () => {
    const { page, context, id, device } = await prepare();
    await api.database.deleteFrom('passkeys').where('user_id', '=', id).execute();
    await askAndTouch(page, device, () => page.getByRole('link', { name: 'Use passkey instead' }).click());
    await page.getByText('This passkey is not registered with this account.').waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await context.close();
  });
});
