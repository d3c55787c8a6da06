/** Every state of the first screens, and how to get there on the real API. A state that cannot be reached fails the run. */
import { jane, signInWithPassword } from '../../test/support/journey.ts';
import { addUser } from '../../test/support/users.ts';
import {
  account,
  code,
  edit,
  emailCode,
  errorText,
  field,
  forgotten,
  identified,
  methods,
  newPassword,
  next,
  nextPerson,
  refuse,
  signInCard,
  signUpCard,
  verifyEmail,
} from './scenes.ts';
import type { State } from './scenes.ts';

export const states: State[] = [
  { name: 'sign-in start', arrive: signInCard },
  {
    name: 'sign-in start, unknown account',
    async arrive(scene) {
      await signInCard(scene);
      await scene.page.locator('input[name=identifier]').fill('nobody+clerk_test@example.com');
      await next(scene.page);
      await errorText(scene.page);
    },
  },
  {
    name: 'sign-in start, offline',
    async arrive(scene) {
      await signInCard(scene);
      await scene.context.setOffline(true);
      await scene.page.locator('input[name=identifier]').fill(jane.emailAddress);
      await next(scene.page);
      await scene.page.locator('.cl-alert').waitFor();
    },
  },
  { name: 'sign-in password', arrive: identified },
  {
    name: 'sign-in password, shown and wrong',
    async arrive(scene) {
      await identified(scene);
      await scene.page.locator('input[name=password]:visible').fill('not-the-password');
      await next(scene.page);
      await errorText(scene.page);
      await scene.page.locator('.cl-formFieldInputShowPasswordButton:visible').click();
    },
  },
  {
    name: 'sign-in, account locked',
    async arrive(scene) {
      const emailAddress = `locked${nextPerson()}+clerk_test@example.com`;
      await addUser(scene.api, { emailAddress, password: jane.password, locked_until: Date.now() + 3600_000 });
      await signInCard(scene);
      await signInWithPassword(scene.page, { emailAddress, password: jane.password });
      await scene.page
        .getByText(/locked/i)
        .first()
        .waitFor();
    },
  },
  {
    name: 'sign-in, too many requests',
    async arrive(scene) {
      await identified(scene);
      await refuse(scene.page, '**/v1/client/sign_ins/*/attempt_first_factor*', 429, 'too_many_requests', { 'retry-after': '30' });
      await scene.page.locator('input[name=password]:visible').fill(jane.password);
      await next(scene.page);
      await scene.page.locator('.cl-alert').waitFor();
    },
  },
  { name: 'sign-in methods', arrive: methods },
  { name: 'sign-in email code', arrive: emailCode },
  {
    name: 'sign-in email code, wrong',
    async arrive(scene) {
      await emailCode(scene);
      await code(scene.page).fill('111111');
      await errorText(scene.page);
    },
  },
  { name: 'forgotten password', arrive: forgotten },
  {
    name: 'forgotten password, code',
    async arrive(scene) {
      await forgotten(scene);
      await scene.page.getByRole('button', { name: 'Reset your password' }).click();
      await code(scene.page).waitFor();
    },
  },
  { name: 'forgotten password, new password', arrive: newPassword },
  {
    name: 'forgotten password, new password refused',
    async arrive(scene) {
      await newPassword(scene);
      await scene.page.locator('input[name=password]').fill('password123');
      await scene.page.locator('input[name=confirmPassword]').fill('password123');
      await scene.page.locator('form button[type=submit]:visible').click();
      await errorText(scene.page);
    },
  },
  {
    name: 'sign-in, session already there',
    async arrive(scene) {
      await signInCard(scene);
      await signInWithPassword(scene.page);
      await scene.page.waitForURL(`${scene.api.url}/`);
      await scene.page.goto(`${scene.api.url}/sign-in`);
      await scene.page.getByText(jane.emailAddress).waitFor();
    },
  },
  {
    name: 'sign-in, unknown status',
    async arrive(scene) {
      await signInCard(scene);
      await edit(scene.page, '**/v1/client/sign_ins?*', (body) => {
        const { response, client } = body as unknown as Record<string, Record<string, unknown>>;
        response!.status = 'needs_a_wink';
        (client!.sign_in as Record<string, unknown>).status = 'needs_a_wink';
      });
      await scene.page.locator('input[name=identifier]').fill(jane.emailAddress);
      await next(scene.page);
      await scene.page.getByRole('button', { name: /Start again|Start over/i }).waitFor();
    },
  },
  {
    name: 'sign-in, only unknown factors',
    async arrive(scene) {
      await signInCard(scene);
      await edit(scene.page, '**/v1/client/sign_ins?*', (body) => {
        const { response, client } = body as unknown as Record<string, Record<string, unknown>>;
        response!.supported_first_factors = [{ strategy: 'palm_reading' }];
        (client!.sign_in as Record<string, unknown>).supported_first_factors = [{ strategy: 'palm_reading' }];
      });
      await scene.page.locator('input[name=identifier]').fill(jane.emailAddress);
      await next(scene.page);
      await scene.page.getByRole('button', { name: /Start again|Start over/i }).waitFor();
    },
  },
  {
    name: 'sign-in, API unreachable',
    async arrive(scene) {
      await scene.page.route('**/v1/**', (route) => route.abort('connectionrefused'));
      await scene.page.goto(`${scene.api.url}/sign-in`);
      await scene.page.getByRole('button', { name: /Try again/i }).waitFor({ timeout: 30_000 });
    },
  },
  {
    name: 'sign-in, loading',
    async arrive(scene) {
      await scene.page.route('**/v1/**', () => undefined);
      await scene.page.goto(`${scene.api.url}/sign-in`);
      await scene.page.locator('clerk-sign-in:state(loading) .cl-spinner, clerk-sign-in:state(loading) .cl-card').first().waitFor();
    },
  },
  {
    name: 'sign-in in a dialog',
    async arrive(scene) {
      await scene.page.goto(scene.api.url);
      await scene.page.locator('input[name=identifier]').waitFor();
      await scene.page.evaluate('Clerk.openSignIn()');
      await scene.page.locator('dialog input[name=identifier]').waitFor();
    },
  },
  { name: 'sign-up start', arrive: signUpCard },
  {
    name: 'sign-up, errors at the fields',
    async arrive(scene) {
      await signUpCard(scene);
      await scene.page.locator('input[name=emailAddress]').fill(jane.emailAddress);
      await scene.page.locator('input[name=password]').fill('willow-compass-marble');
      await next(scene.page);
      await errorText(scene.page);
    },
  },
  {
    name: 'sign-up, password too short',
    async arrive(scene) {
      await signUpCard(scene);
      await scene.page.locator('input[name=emailAddress]').fill('short+clerk_test@example.com');
      await scene.page.locator('input[name=password]').fill('short');
      await next(scene.page);
      await errorText(scene.page);
    },
  },
  { name: 'sign-up, verify email', arrive: verifyEmail },
  {
    name: 'sign-up, wrong code',
    async arrive(scene) {
      await verifyEmail(scene);
      await code(scene.page).fill('111111');
      await errorText(scene.page);
    },
  },
  {
    name: 'sign-up, every field and legal consent',
    async arrive(scene) {
      await edit(scene.page, '**/v1/environment*', (body) => {
        interface Settings {
          user_settings: { sign_up: Record<string, unknown>; attributes: Record<string, Record<string, unknown>> };
          display_config: Record<string, unknown>;
        }
        const { user_settings: settings, display_config: display } = body as unknown as Settings;
        settings.sign_up.legal_consent_enabled = true;
        for (const name of ['username', 'first_name', 'last_name']) settings.attributes[name]!.enabled = true;
        display.terms_url = `${scene.api.url}/terms`;
        display.privacy_policy_url = `${scene.api.url}/privacy`;
      });
      await signUpCard(scene);
      await scene.page.locator('input[name=legalAccepted]').waitFor();
    },
  },
  {
    name: 'sign-up, session already there',
    async arrive(scene) {
      await signInCard(scene);
      await signInWithPassword(scene.page);
      await scene.page.waitForURL(`${scene.api.url}/`);
      await scene.page.goto(`${scene.api.url}/sign-up`);
      await scene.page.getByText(jane.emailAddress).waitFor();
    },
  },
  {
    name: 'account, signed out',
    arrive: async ({ api, page }) => {
      await page.goto(api.url);
      await page.locator('input[name=identifier]').waitFor();
    },
  },
  { name: 'account, signed in', arrive: account },
  {
    name: 'account, fields saved and refused',
    async arrive(scene) {
      await account(scene);
      const { page } = scene;
      await field(page, 'nickname').fill('Janey');
      await field(page, 'nickname').press('Tab');
      await page.locator('#unsafe-metadata', { hasText: 'Janey' }).waitFor();
      await field(page, 'plan').selectOption('large');
      await page.locator('#unsafe-metadata', { hasText: 'large' }).waitFor();
      await field(page, 'news').check();
      await page.locator('#unsafe-metadata', { hasText: 'news' }).waitFor();
      await scene.context.setOffline(true);
      await field(page, 'cups').fill('4');
      await field(page, 'cups').press('Tab');
      await page.locator('clerk-unsafe-field[name=cups]').getByRole('button').waitFor();
    },
  },
  {
    name: 'inbox',
    arrive: async (scene) => {
      await signUpCard(scene);
      await scene.page.locator('input[name=emailAddress]').fill(`mail${nextPerson()}@example.com`);
      await scene.page.locator('input[name=password]').fill('willow-compass-marble');
      await next(scene.page);
      await code(scene.page).waitFor();
      await scene.page.goto(`${scene.api.url}/inbox`);
      await scene.page.getByText('@example.com').first().waitFor();
    },
  },
];
