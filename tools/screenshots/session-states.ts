/** States of the cards where somebody is signed in already. */
import { sql } from 'kysely';
import { jane, signInAndArrive, signInWithPassword, testCode } from '../../test/support/journey.ts';
import { testNumber } from '../../test/support/phone-numbers.ts';
import { withEverySecondStep } from '../../test/support/second-factors.ts';
import { addUser } from '../../test/support/users.ts';
import type { Scene, State } from './scenes.ts';

const { attributes } = withEverySecondStep;
const demanding = { attributes, sign_in: { second_factor: { required: true } } };
const several = { attributes: {}, single_session_mode: false };

let people = 0;
const newPerson = async ({ api }: Scene, firstName: string | null = null, lastName: string | null = null) => {
  const emailAddress = `session${++people}+clerk_test@example.com`;
  const { id } = await addUser(api, { emailAddress, password: jane.password, first_name: firstName, last_name: lastName });
  return { id, emailAddress, password: jane.password };
};

/** To the task of somebody new, or to another one in its place. */
async function task(scene: Scene, { key }: { key?: string } = {}): Promise<void> {
  const { api, page } = scene;
  const person = await newPerson(scene);
  await page.goto(`${api.url}/sign-in`);
  await signInWithPassword(page, person);
  await page.locator('.cl-signIn-taskSetupMfa').waitFor();
  if (!key) return;
  const tasks = sql<string[]>`array[${key}]`;
  await api.database.updateTable('sessions').set({ tasks, updated_at: Date.now() }).where('user_id', '=', person.id).execute();
  await page.reload();
}

async function phone(scene: Scene): Promise<void> {
  await task(scene);
  await scene.page.getByRole('button', { name: 'Codes by text message' }).click();
  await scene.page.locator('input[name=phoneNumber]').waitFor();
}

async function phoneCode(scene: Scene): Promise<void> {
  await phone(scene);
  await scene.page.locator('input[name=phoneNumber]').fill(testNumber());
  await scene.page.getByRole('button', { name: 'Continue', exact: true }).click();
  await scene.page.locator('input[name=code]').waitFor();
}

async function accounts(scene: Scene): Promise<void> {
  const { api, page } = scene;
  for (const [index, name] of ['Ada', null, 'Wolfeschlegelsteinhausenbergerdorff'].entries()) {
    const person = await newPerson(scene, name, name && 'Lovelace');
    await page.goto(`${api.url}/sign-in`);
    if (index) await page.getByRole('button', { name: 'Add account' }).click();
    await signInAndArrive(page, person);
  }
  await page.goto(`${api.url}/sign-in`);
  await page.locator('.cl-userPreview').nth(2).waitFor();
}

export const sessionStates: State[] = [
  { name: 'sessions, accounts', instance: several, arrive: accounts },
  { name: 'sessions, second factor, methods', instance: demanding, arrive: (scene) => task(scene) },
  {
    name: 'sessions, authenticator app',
    instance: demanding,
    async arrive(scene) {
      await task(scene);
      await scene.page.getByRole('button', { name: 'Authenticator app' }).click();
      await scene.page.locator('input[name=code]').waitFor();
    },
  },
  { name: 'sessions, phone number', instance: demanding, arrive: phone },
  { name: 'sessions, phone code', instance: demanding, arrive: phoneCode },
  {
    name: 'sessions, backup codes',
    instance: demanding,
    async arrive(scene) {
      await phoneCode(scene);
      await scene.page.locator('input[name=code]').fill(testCode);
      await scene.page.locator('.cl-backupCodes').waitFor();
    },
  },
  {
    name: 'sessions, new password',
    instance: demanding,
    async arrive(scene) {
      await task(scene, { key: 'reset-password' });
      await scene.page.locator('input[name=newPassword]').waitFor();
    },
  },
  {
    name: 'sessions, unknown task',
    instance: demanding,
    async arrive(scene) {
      await task(scene, { key: 'choose-a-hat' });
      await scene.page.getByText('choose-a-hat').waitFor();
    },
  },
];
