/** States of the ways to sign up that instances allow, and of phone numbers at sign-in. */
import type { Page } from 'playwright-core';
import type { SettingsFile } from '../../demo/server/settings.ts';
import { testNumber, withEither } from '../../test/support/phone-numbers.ts';
import type { Scene, State } from './scenes.ts';

const next = (page: Page, name = 'Continue') => page.getByRole('button', { name, exact: true }).click();

const instance: SettingsFile = {
  ...withEither,
  attributes: { ...withEither.attributes, username: { enabled: true }, first_name: { enabled: true }, last_name: { enabled: true } },
  sign_up: { legal_consent: true },
  urls: { terms: '/terms', privacy_policy: '/privacy' },
};
const waitlist: SettingsFile = { sign_up: { mode: 'waitlist' }, support_email: 'help@example.com' };
const restricted: SettingsFile = { sign_up: { mode: 'restricted' }, support_email: 'help@example.com' };

async function phone({ api, page }: Scene, path: string): Promise<void> {
  await page.goto(`${api.url}${path}`);
  await page.getByRole('link', { name: 'Use phone' }).click();
  await page.getByLabel('Country').waitFor();
}

async function waitlistForm({ api, page }: Scene): Promise<void> {
  await page.goto(`${api.url}/sign-up`);
  await page.locator('input[name=emailAddress]').waitFor();
}

export const signUpStates: State[] = [
  { name: 'sign-in start, phone number', instance, arrive: (scene) => phone(scene, '/sign-in') },
  {
    name: 'sign-in start, phone number missing',
    instance,
    async arrive(scene) {
      await phone(scene, '/sign-in');
      await next(scene.page);
      await scene.page.locator('.cl-formFieldErrorText').waitFor();
    },
  },
  { name: 'sign-up, phone number', instance, arrive: (scene) => phone(scene, '/sign-up') },
  {
    name: 'sign-up, phone number refused',
    instance,
    async arrive(scene) {
      await phone(scene, '/sign-up');
      await scene.page.getByLabel('Country').selectOption('DE');
      await scene.page.locator('input[name=phoneNumber]').fill('1');
      await scene.page.locator('input[name=password]').fill('willow-compass-marble');
      await scene.page.getByRole('checkbox').check();
      await next(scene.page);
      await scene.page.locator('.cl-formFieldErrorText').waitFor();
    },
  },
  {
    name: 'sign-up, verify phone',
    instance,
    async arrive(scene) {
      await phone(scene, '/sign-up');
      await scene.page.locator('input[name=phoneNumber]').fill(testNumber());
      await scene.page.locator('input[name=password]').fill('willow-compass-marble');
      await scene.page.getByRole('checkbox').check();
      await next(scene.page);
      await scene.page.getByRole('textbox', { name: /^Enter verification code/ }).waitFor();
    },
  },
  { name: 'sign-up, waitlist', instance: waitlist, arrive: waitlistForm },
  {
    name: 'sign-up, waitlist joined',
    instance: waitlist,
    async arrive(scene) {
      await waitlistForm(scene);
      await scene.page.locator('input[name=emailAddress]').fill('eve+clerk_test@example.com');
      await next(scene.page, 'Join the waitlist');
      await scene.page.getByRole('heading', { name: 'You are on the waitlist' }).waitFor();
    },
  },
  {
    name: 'sign-up, restricted',
    instance: restricted,
    async arrive({ api, page }) {
      await page.goto(`${api.url}/sign-up`);
      await page.getByRole('heading', { name: 'Access restricted' }).waitFor();
    },
  },
];
