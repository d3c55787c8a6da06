/** Every state of every screen, and how to get there on the real API. A state that cannot be reached fails the run. */
import type { BrowserContext, Page, Route } from 'playwright-core';
import type { TestApi } from '../../test/support/api.ts';
import type { SettingsFile } from '../../demo/server/settings.ts';
import { jane, signInWithPassword, testCode } from '../../test/support/journey.ts';
import { addUser } from '../../test/support/users.ts';

export interface Scene {
  api: TestApi;
  context: BrowserContext;
  page: Page;
}

export interface State {
  name: string;
  /** Settings in place of those of the demo. */
  instance?: SettingsFile;
  /** Ends when the state is on the screen. */
  arrive(scene: Scene): Promise<unknown>;
}

const next = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click();
const code = (page: Page) => page.getByRole('textbox', { name: /^Enter verification code/ });
const errorText = (page: Page) => page.locator('.cl-formFieldErrorText, .cl-otpCodeFieldErrorText').first().waitFor();

/** Changes the JSON of the API's real answers on their way. */
async function edit(page: Page, path: string, change: (resource: Record<string, never>) => void): Promise<void> {
  await page.route(path, async (route: Route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as Record<string, never>;
    change(body);
    await route.fulfill({ response: answer, json: body });
  });
}

/** Answers with an error of the API. */
async function refuse(page: Page, path: string, status: number, errorCode: string, headers = {}): Promise<void> {
  await page.route(path, (route) =>
    route.fulfill({
      status,
      headers: {
        'access-control-allow-origin': new URL(page.url()).origin,
        'access-control-allow-credentials': 'true',
        'access-control-expose-headers': 'Retry-After',
        ...headers,
      },
      json: { errors: [{ code: errorCode, message: errorCode, long_message: errorCode }] },
    }),
  );
}

async function signInCard({ api, page }: Scene): Promise<void> {
  await page.goto(`${api.url}/sign-in`);
  await page.locator('input[name=identifier]').waitFor();
}

async function identified(scene: Scene): Promise<void> {
  await signInCard(scene);
  await scene.page.locator('input[name=identifier]').fill(jane.emailAddress);
  await next(scene.page);
  await scene.page.locator('.cl-signIn-factorOne input[name=password]').waitFor();
}

async function methods(scene: Scene): Promise<void> {
  await identified(scene);
  await scene.page.getByRole('link', { name: 'Use another method' }).click();
  await scene.page.locator('.cl-alternativeMethodsBlockButton').first().waitFor();
}

async function emailCode(scene: Scene): Promise<void> {
  await methods(scene);
  await scene.page.getByRole('button', { name: /^Email code to/ }).click();
  await code(scene.page).waitFor();
}

async function forgotten(scene: Scene): Promise<void> {
  await identified(scene);
  await scene.page.getByRole('link', { name: 'Forgot password?' }).click();
  await scene.page.getByRole('button', { name: 'Reset your password' }).waitFor();
}

async function newPassword(scene: Scene): Promise<void> {
  await forgotten(scene);
  await scene.page.getByRole('button', { name: 'Reset your password' }).click();
  await code(scene.page).fill(testCode);
  await scene.page.locator('input[name=newPassword]').waitFor();
}

async function signUpCard({ api, page }: Scene): Promise<void> {
  await page.goto(`${api.url}/sign-up`);
  await page.locator('input[name=emailAddress]').waitFor();
}

let people = 0;
async function verifyEmail(scene: Scene): Promise<void> {
  await signUpCard(scene);
  await scene.page.locator('input[name=emailAddress]').fill(`screens${++people}+clerk_test@example.com`);
  await scene.page.locator('input[name=password]').fill('willow-compass-marble');
  await next(scene.page);
  await code(scene.page).waitFor();
}

async function account(scene: Scene): Promise<void> {
  await scene.page.goto(scene.api.url);
  await signInWithPassword(scene.page);
  await scene.page.locator('clerk-unsafe-field[name=nickname] input').waitFor();
}

const field = (page: Page, name: string) => page.locator(`clerk-unsafe-field[name=${name}] :is(input, select)`);

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
      const emailAddress = `locked${++people}+clerk_test@example.com`;
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
      await scene.page.locator('input[name=newPassword]').fill('password123');
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
      await scene.page.locator('input[name=emailAddress]').fill(`mail${++people}@example.com`);
      await scene.page.locator('input[name=password]').fill('willow-compass-marble');
      await next(scene.page);
      await code(scene.page).waitFor();
      await scene.page.goto(`${scene.api.url}/inbox`);
      await scene.page.getByText('@example.com').first().waitFor();
    },
  },
];
