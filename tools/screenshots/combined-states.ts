/** States of the card that signs in and up in one. */
import type { Page } from 'playwright-core';
import type { Scene, State } from './scenes.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();
let people = 0;

/** Somebody without an account, who has typed an address. */
async function begin({ api, page }: Scene, isModal = false): Promise<void> {
  await page.goto(`${api.url}${isModal ? '/' : '/sign-in'}`);
  if (isModal) await page.evaluate('Clerk.load().then(() => Clerk.openSignIn({ withSignUp: true }))');
  const card = page.locator(isModal ? 'dialog clerk-sign-in' : 'clerk-sign-in');
  await card.locator('input[name=identifier]').waitFor();
  await card.evaluate((element) => Object.assign(element, { withSignUp: true }));
  await card.locator('input[name=identifier]').fill(`somebody.new${++people}+clerk_test@example.com`);
  await card.getByRole('button', { name: 'Continue', exact: true }).click();
}

export const combinedStates: State[] = [
  {
    name: 'sign-in or up, an address without an account',
    async arrive(scene) {
      await begin(scene);
      await heading(scene.page, 'Create your account');
    },
  },
  {
    name: 'sign-in or up, in a dialog',
    async arrive(scene) {
      await begin(scene, true);
      await heading(scene.page, 'Create your account');
    },
  },
  {
    name: 'sign-in or up, what is missing after the proof',
    instance: { enumeration_protection: true, preferred_sign_in_strategy: 'otp' },
    async arrive(scene) {
      await begin(scene);
      const { page } = scene;
      await page.getByRole('textbox', { name: /^Enter verification code/ }).pressSequentially('424242');
      await heading(page, 'Fill in missing fields');
    },
  },
];
