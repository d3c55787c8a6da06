/** States of the demo pages about metadata. */
import type { Page } from 'playwright-core';
import { signInWithPassword } from '../../test/support/journey.ts';
import type { Scene, State } from './scenes.ts';

async function signedOut({ api, page }: Scene, path: string): Promise<void> {
  await page.goto(api.url + path);
  await page.locator('input[name=identifier]').waitFor();
}

async function fields(scene: Scene): Promise<void> {
  await signedOut(scene, '/fields.html');
  await signInWithPassword(scene.page);
  await scene.page.locator('clerk-unsafe-field[name="address.city"] input').waitFor();
}

async function backend(scene: Scene): Promise<void> {
  await signedOut(scene, '/backend.html');
  await signInWithPassword(scene.page);
  await scene.page.locator('#backend-sees', { hasText: 'userId' }).waitFor();
}

/** Changes a field and waits for the API. */
async function save(page: Page, label: string, value: string): Promise<void> {
  const answer = page.waitForResponse((response) => new URL(response.url()).pathname === '/v1/me/metadata');
  await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByLabel(label, { exact: true }).press('Tab');
  await answer;
}

export const demoStates: State[] = [
  { name: 'fields page, signed out', arrive: (scene) => signedOut(scene, '/fields.html') },
  { name: 'fields page', arrive: fields },
  {
    name: 'fields page, filled in and refused',
    async arrive(scene) {
      await fields(scene);
      const { page } = scene;
      await save(page, 'Nickname', 'Janet');
      await save(page, 'Birthday', '2000-01-31');
      await save(page, 'About you', 'I like harbours, lanterns and the colour violet.\nAnd long walks.');
      await page.getByLabel('Plan', { exact: true }).selectOption('large');
      await page.getByText('You have chosen the large plan').waitFor();
      await page.getByLabel('Second email address').fill('not an address');
      await page.getByLabel('Second email address').press('Tab');
      await page.locator('clerk-unsafe-field[name="contact.email"]:state(invalid)').waitFor();
      await page.getByLabel('Street').fill('Harbour Lane 4');
    },
  },
  { name: 'backend page, signed out', arrive: (scene) => signedOut(scene, '/backend.html') },
  { name: 'backend page', arrive: backend },
  {
    name: 'backend page, all answers',
    async arrive(scene) {
      await backend(scene);
      const { page } = scene;
      await page.getByRole('button', { name: 'Seller' }).click();
      await page.getByText('Only sellers see this paragraph.').waitFor();
      await page.getByRole('button', { name: 'Admin' }).click();
      await page.getByText('The backend says no').waitFor();
      await page.locator('#stripe-id').fill('cus_violet');
      await page.getByRole('button', { name: 'Store it' }).click();
      await page.getByText('Stored. Now look for it below.').waitFor();
      await page.locator('#word').fill('cus_violet');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.locator('#found li').first().waitFor();
    },
  },
];
