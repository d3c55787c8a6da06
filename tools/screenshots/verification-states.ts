/** States of the card that asks who somebody is once more, in its dialog. */
import { jane, signInAndArrive } from '../../test/support/journey.ts';
import { addAuthenticator, addBackupCodes, withSecondFactors } from '../../test/support/second-factors.ts';
import { addUser } from '../../test/support/users.ts';
import type { Scene, State } from './scenes.ts';

let people = 0;

async function opened({ api, page }: Scene, { hasApp = false, isLocked = false } = {}): Promise<void> {
  const emailAddress = `proof${++people}+clerk_test@example.com`;
  const { id } = await addUser(api, { emailAddress, password: jane.password });
  await page.goto(`${api.url}/sign-in`);
  await signInAndArrive(page, { emailAddress, password: jane.password });
  await page.getByText(`Signed in as ${emailAddress}`).waitFor();
  if (hasApp) {
    await addAuthenticator(api, id);
    await addBackupCodes(api, id, ['violet-harbour-1']);
  }
  if (isLocked) {
    await api.database
      .updateTable('users')
      .set({ locked_until: Date.now() + 3600_000 })
      .where('id', '=', id)
      .execute();
  }
  await page.evaluate('Clerk.__internal_openReverification({ level: "second_factor" })');
  await page.locator(`dialog input[name=${hasApp ? 'code' : 'password'}]`).waitFor();
}

async function submitted(scene: Scene): Promise<void> {
  await scene.page.locator('dialog input[name=password]').fill('not-the-password');
  await scene.page.locator('dialog').getByRole('button', { name: 'Continue', exact: true }).click();
}

async function methods(scene: Scene, hasApp = false): Promise<void> {
  await opened(scene, { hasApp });
  await scene.page.locator('dialog').getByRole('link', { name: 'Use another method' }).click();
  await scene.page.locator('dialog .cl-alternativeMethodsBlockButton').first().waitFor();
}

const states: Omit<State, 'instance'>[] = [
  { name: 'verification, password', arrive: (scene) => opened(scene) },
  {
    name: 'verification, password wrong',
    async arrive(scene) {
      await opened(scene);
      await submitted(scene);
      await scene.page.locator('dialog .cl-formFieldErrorText').waitFor();
    },
  },
  {
    name: 'verification, account locked',
    async arrive(scene) {
      await opened(scene, { isLocked: true });
      await submitted(scene);
      await scene.page.locator('dialog .cl-alert').waitFor();
    },
  },
  { name: 'verification, methods', arrive: (scene) => methods(scene) },
  {
    name: 'verification, email code',
    async arrive(scene) {
      await methods(scene);
      await scene.page.getByRole('button', { name: /^Email code to/ }).click();
      await scene.page.locator('dialog input[name=code]').waitFor();
    },
  },
  { name: 'verification, authenticator app', arrive: (scene) => opened(scene, { hasApp: true }) },
  {
    name: 'verification, backup code',
    async arrive(scene) {
      await methods(scene, true);
      await scene.page.getByRole('button', { name: /^Use a backup code$/ }).click();
      await scene.page.locator('dialog input[name=code]').waitFor();
    },
  },
  {
    name: 'verification, signed out',
    async arrive({ api, page }) {
      await page.goto(`${api.url}/sign-in`);
      await page.locator('input[name=identifier]').waitFor();
      await page.evaluate('Clerk.__internal_openReverification()');
      await page.locator('dialog .cl-userVerification-signedOut').waitFor();
    },
  },
];

export const verificationStates: State[] = states.map((state) => ({ ...state, instance: withSecondFactors }));
