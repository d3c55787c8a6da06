/** What a state of a screen is, and ways to get somewhere on the real API that several of them share. */
import type { BrowserContext, Page, Route } from 'playwright-core';
import type { TestApi } from '../../test/support/api.ts';
import type { SettingsFile } from '../../demo/server/settings.ts';
import { jane, signInWithPassword, testCode } from '../../test/support/journey.ts';

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

export const next = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click();
export const code = (page: Page) => page.getByRole('textbox', { name: /^Enter verification code/ });
export const errorText = (page: Page) => page.locator('.cl-formFieldErrorText, .cl-otpCodeFieldErrorText').first().waitFor();

/** Changes the JSON of the API's real answers on their way. */
export async function edit(page: Page, path: string, change: (resource: Record<string, never>) => void): Promise<void> {
  await page.route(path, async (route: Route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as Record<string, never>;
    change(body);
    await route.fulfill({ response: answer, json: body });
  });
}

/** Answers with an error of the API. */
export async function refuse(page: Page, path: string, status: number, errorCode: string, headers = {}): Promise<void> {
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

export async function signInCard({ api, page }: Scene): Promise<void> {
  await page.goto(`${api.url}/sign-in`);
  await page.locator('input[name=identifier]').waitFor();
}

export async function identified(scene: Scene): Promise<void> {
  await signInCard(scene);
  await scene.page.locator('input[name=identifier]').fill(jane.emailAddress);
  await next(scene.page);
  await scene.page.locator('.cl-signIn-factorOne input[name=password]').waitFor();
}

export async function methods(scene: Scene): Promise<void> {
  await identified(scene);
  await scene.page.getByRole('link', { name: 'Use another method' }).click();
  await scene.page.locator('.cl-alternativeMethodsBlockButton').first().waitFor();
}

export async function emailCode(scene: Scene): Promise<void> {
  await methods(scene);
  await scene.page.getByRole('button', { name: /^Email code to/ }).click();
  await code(scene.page).waitFor();
}

export async function forgotten(scene: Scene): Promise<void> {
  await identified(scene);
  await scene.page.getByRole('link', { name: 'Forgot password?' }).click();
  await scene.page.getByRole('button', { name: 'Reset your password' }).waitFor();
}

export async function newPassword(scene: Scene): Promise<void> {
  await forgotten(scene);
  await scene.page.getByRole('button', { name: 'Reset your password' }).click();
  await code(scene.page).fill(testCode);
  await scene.page.locator('input[name=password]').waitFor();
}

export async function signUpCard({ api, page }: Scene): Promise<void> {
  await page.goto(`${api.url}/sign-up`);
  await page.locator('input[name=emailAddress]').waitFor();
}

let people = 0;
/** A number that no other person of this run has. */
export const nextPerson = (): number => ++people;

export async function verifyEmail(scene: Scene): Promise<void> {
  await signUpCard(scene);
  await scene.page.locator('input[name=emailAddress]').fill(`screens${nextPerson()}+clerk_test@example.com`);
  await scene.page.locator('input[name=password]').fill('willow-compass-marble');
  await next(scene.page);
  await code(scene.page).waitFor();
}

export async function account(scene: Scene): Promise<void> {
  await scene.page.goto(scene.api.url);
  await signInWithPassword(scene.page);
  await scene.page.locator('clerk-unsafe-field[name=nickname] input').waitFor();
}

export const field = (page: Page, name: string) => page.locator(`clerk-unsafe-field[name=${name}] :is(input, select)`);
