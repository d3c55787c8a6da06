/** States of the second step of signing in. */
import { jane, signInWithPassword } from '../../test/support/journey.ts';
import { testNumber } from '../../test/support/phone-numbers.ts';
import { addAuthenticator, addBackupCodes, addSecondPhoneNumber, withEverySecondStep } from '../../test/support/second-factors.ts';
import { addUser } from '../../test/support/users.ts';
import type { Scene, State } from './scenes.ts';

let people = 0;

/** To the second step of somebody new. */
async function secondStep({ api, page }: Scene, factors: 'none' | 'all'): Promise<void> {
  const emailAddress = `step${++people}+clerk_test@example.com`;
  const { id } = await addUser(api, { emailAddress, password: jane.password });
  if (factors === 'all') {
    await addAuthenticator(api, id);
    await addBackupCodes(api, id, ['violet-harbour-1']);
    await addSecondPhoneNumber(api, id, testNumber());
  }
  await page.goto(`${api.url}/sign-in`);
  await signInWithPassword(page, { emailAddress, password: jane.password });
  await page.locator('.cl-signIn-factorTwo input[name=code]').waitFor();
}

async function methods(scene: Scene): Promise<void> {
  await secondStep(scene, 'all');
  await scene.page.getByRole('link', { name: 'Use another method' }).click();
  await scene.page.locator('.cl-alternativeMethodsBlockButton').first().waitFor();
}

async function chosen(scene: Scene, method: RegExp): Promise<void> {
  await methods(scene);
  await scene.page.getByRole('button', { name: method }).click();
  await scene.page.locator('input[name=code]').waitFor();
}

const states: Omit<State, 'instance'>[] = [
  { name: 'second step, authenticator app', arrive: (scene) => secondStep(scene, 'all') },
  {
    name: 'second step, authenticator app, wrong code',
    async arrive(scene) {
      await secondStep(scene, 'all');
      await scene.page.locator('input[name=code]').fill('1234567');
      await scene.page.locator('.cl-otpCodeFieldErrorText').waitFor();
    },
  },
  { name: 'second step, methods', arrive: methods },
  { name: 'second step, text message', arrive: (scene) => chosen(scene, /^Send SMS code to/) },
  { name: 'second step, backup code', arrive: (scene) => chosen(scene, /^Use a backup code$/) },
  {
    name: 'second step, backup code, wrong',
    async arrive(scene) {
      await chosen(scene, /^Use a backup code$/);
      await scene.page.locator('input[name=code]').fill('violet-harbour-2');
      await scene.page.getByRole('button', { name: 'Continue', exact: true }).click();
      await scene.page.locator('.cl-formFieldErrorText').waitFor();
    },
  },
  { name: 'second step, new device', arrive: (scene) => secondStep(scene, 'none') },
];

export const secondFactorStates: State[] = states.map((state) => ({ ...state, instance: withEverySecondStep }));
