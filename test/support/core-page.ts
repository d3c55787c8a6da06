/** A page with nothing but the script, for stories about the core: signed in and asked by its methods. */
import type { Page } from 'playwright-core';
import { startApi } from './api.ts';
import type { TestApi, TestApiOptions } from './api.ts';
import { closeBrowser, jane, serveSite } from './journey.ts';
import type { Site } from './journey.ts';

/** As much of `window.Clerk` as these stories use. */
export interface Core {
  load(): Promise<void>;
  status: string;
  session: { id: string; getToken(options?: object): Promise<string> } | null;
  user: {
    id: string;
    unsafeMetadata: Record<string, unknown>;
    update(params: object): Promise<unknown>;
    reload(): Promise<unknown>;
  } | null;
  client: { signIn: { create(params: object): Promise<{ createdSessionId: string }> } };
  setActive(params: object): Promise<void>;
  signOut(callback: () => void): Promise<void>;
}

/** What the test runner's compiler expects in functions that are sent to a page. */
export const compilerHelper = 'globalThis.__name = (value) => value';

const serveCorePage = (api: Pick<TestApi, 'url' | 'publishableKey'>): Promise<Site> =>
  serveSite(() => ({
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"></head><body><p>Home</p>
      <script data-clerk-publishable-key="${api.publishableKey}" src="${api.url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>
      <script>Clerk.load()</script></body></html>`,
  }));

/** The API, and the page on a site of its own; closed with the browser. */
export async function openCorePage(options: TestApiOptions = {}): Promise<{ api: TestApi; site: Site; close(): Promise<void> }> {
  const api = await startApi(options);
  const site = await serveCorePage(api);
  const close = async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  };
  return { api, site, close };
}

/** The core of the page has loaded. */
export const isLoaded = (page: Page) => page.waitForFunction("globalThis.Clerk && Clerk.status === 'ready'");

/** Signs somebody in without a card. */
export const enter = (page: Page, person = jane): Promise<void> =>
  page.evaluate(
    async ({ identifier, password }) => {
      const { Clerk } = globalThis as unknown as { Clerk: Core };
      const { createdSessionId } = await Clerk.client.signIn.create({ strategy: 'password', identifier, password });
      await Clerk.setActive({ session: createdSessionId });
    },
    { identifier: person.emailAddress, password: person.password },
  );
