/**
 * Pages with Clerk's own cards on them, operated as a person does: `/sign-in`, `/sign-up`, `/user` (the profile) and everything else
 * (the user button). They are drawn by Clerk's script and its UI, both given to the page by script tags.
 */
import assert from 'node:assert/strict';
import type { ClerkClient } from '@clerk/backend';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startApi } from '../../support/api.ts';
import type { TestApi, TestApiOptions } from '../../support/api.ts';
import { closeBrowser, visit } from '../../support/journey.ts';
import { createOfficialBackend } from '../../support/official-backend.ts';
import type { Site, Visit } from '../../support/journey.ts';
import { ask, hostedKey, press, serveOfficialPage } from '../official-page.ts';

const cards = `<main id="card"></main>
  <script crossorigin="anonymous" src="/ui/ui.browser.js"></script>
  <script type="module">
    const script = document.querySelector('[data-clerk-publishable-key]');
    if (!window.Clerk) await new Promise((resolve) => script.addEventListener('load', resolve));
    const pages = { signInUrl: '/sign-in', signUpUrl: '/sign-up', afterSignOutUrl: '/sign-in', afterMultiSessionSingleSignOutUrl: '/sign-in' };
    await Clerk.load({ telemetry: false, ui: { ClerkUI: __internal_ClerkUICtor }, ...pages });
    const mount = { '/sign-in': 'mountSignIn', '/sign-up': 'mountSignUp', '/user': 'mountUserProfile' }[location.pathname];
    Clerk[mount ?? 'mountUserButton'](document.querySelector('#card'), { afterSwitchSessionUrl: '/' });
  </script>`;

export const password = 'copper-lantern-meadow';

/** A site with these pages, its API, and a backend of it. */
export interface Stage {
  /** Of the site; a host name, where passkeys are possible, except with production keys, whose cookie has to be of the page's own site. */
  url: string;
  api: TestApi;
  backend: ClerkClient;
  /** An address that nobody has; with development keys it takes the test code. */
  newAddress(): string;
  /** Somebody with an address and a password; `more` adds to it. */
  newUser(more?: Parameters<ClerkClient['users']['createUser']>[0]): Promise<{ id: string; emailAddress: string }>;
  /** Opens a page in a browser that has never been here. */
  open(path: string, options?: BrowserContextOptions): Promise<UiVisit>;
  stop(): Promise<void>;
}

export interface UiVisit extends Visit {
  /** Goes to a page of the site. */
  go(path: string): Promise<void>;
  /** Waits until the browser is on this page of the site. */
  arriveAt(path: string): Promise<void>;
  /** Waits until the browser is on the page with the user button, signed in as this user. */
  arriveAs(userId: string): Promise<void>;
  /**
   * Ends the visit: every answer was a good one but for these refusals, and nothing else was complained of.
   * @param refusals such as `422 client/sign_ins`, ids left out
   */
  leave(...refusals: string[]): Promise<void>;
}

/** @param start default: an API with development keys */
export async function openStage(options: TestApiOptions = {}, start?: (site: Site) => Promise<TestApi>): Promise<Stage> {
  let served: TestApi | undefined;
  const site = await serveOfficialPage(() => served as TestApi, { body: cards });
  const url = start ? site.url : site.url.replace('127.0.0.1', 'localhost');
  const api = await (start?.(site) ?? startApi({ publishableKey: hostedKey, ...options }));
  served = api;
  const backend = createOfficialBackend(api);
  let count = 0;
  const newAddress = () => `actor${count++}${api.publishableKey.startsWith('pk_test_') ? '+clerk_test' : ''}@example.com`;
  return {
    url,
    api,
    backend,
    newAddress,
    newUser: async (more = {}) => {
      const emailAddress = newAddress();
      const { id } = await backend.users.createUser({ emailAddress: [emailAddress], password, ...more });
      return { id, emailAddress };
    },
    open: (path, options) => openVisit(url, path, options),
    stop: async () => {
      await closeBrowser();
      await site.stop();
      await api.stop();
    },
  };
}

async function openVisit(url: string, path: string, options?: BrowserContextOptions): Promise<UiVisit> {
  const visited = await visit({ policy: false, ...options });
  // The script takes a browser that is driven for one without passkeys, and says nothing there of requests that fail.
  await visited.context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'webdriver', { value: false }));
  // Clerk's pictures of providers, which are nobody's here.
  await visited.context.route('https://img.clerk.com/**', (route) => route.fulfill({ contentType: 'image/svg+xml', body: picture }));
  const refused: string[] = [];
  visited.context.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.status() >= 400) refused.push(`${response.status()} ${withoutIds(pathname)}`);
  });
  const arriveAt = (path: string) => visited.page.waitForURL(({ origin, pathname }) => origin === url && pathname === path);
  const go = async (path: string) => void (await visited.page.goto(`${url}${path}`));
  await go(path);
  return {
    ...visited,
    go,
    arriveAt,
    arriveAs: async (userId) => {
      await arriveAt('/');
      await visited.page.getByRole('button', { name: 'Open user menu' }).waitFor();
      assert.equal(await ask(visited.page, (clerk) => clerk.user?.id), userId);
    },
    leave: async (...refusals) => {
      await visited.context.close();
      assert.deepEqual(refused, refusals);
      assert.deepEqual(
        visited.complaints.filter((complaint) => !usual.some((remark) => remark.test(complaint))),
        [],
      );
    },
  };
}

const picture = '<svg xmlns="http://www.w3.org/2000/svg"/>';

/** What is said of every development key, and by the browser of every refusal, which are counted on their own. */
const usual = [
  // Of the card for a forgotten password, which leads to no task.
  /^Clerk: Session has pending tasks but no handling is configured\./,
  /^Clerk: Clerk has been loaded with development keys\./,
  /^Failed to load resource: the server responded with a status of 4/,
];

const withoutIds = (path: string): string => path.replace(/^\/v1\//, '').replace(/\/[a-z]+_[0-9A-Za-z]{27}(?=\/|$)/g, '/:id');

/** Fills the fields with these labels. */
export async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
}

/** Follows a link of a card. */
export const follow = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('link', { name, exact: true }).click();

/** The first step at the card. */
export async function identify(page: Page, identifier: string): Promise<void> {
  await page.getByRole('textbox', { name: /^(Email address|Phone number)/ }).fill(identifier);
  await press(page, 'Continue');
}

/** The second one, where the card asks for a password first. */
export async function enterPassword(page: Page, secret = password): Promise<void> {
  await fill(page, { Password: secret });
  await press(page, 'Continue');
}

/** Signs somebody in on the page with the card. */
export async function signIn({ page, arriveAt }: UiVisit, emailAddress: string): Promise<void> {
  await identify(page, emailAddress);
  await enterPassword(page);
  await arriveAt('/');
}

/** Signs out by the user button of the page. */
export async function signOut({ page, arriveAt }: UiVisit): Promise<void> {
  await press(page, 'Open user menu');
  await press(page, 'Sign out');
  await arriveAt('/sign-in');
}
