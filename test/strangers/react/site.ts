/** Pages with Clerk's React packages on them, on top of our script. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { TestApi } from '../../support/api.ts';
import { serveSite } from '../../support/journey.ts';
import type { Site } from '../../support/journey.ts';
import { bundleReact } from '../../support/react-bundle.ts';

export const wrappers = ['@clerk/react', '@clerk/clerk-react'] as const;
export type Wrapper = (typeof wrappers)[number];

/** Inline scripts are refused, as are scripts that none with the nonce has added. */
const policy = `script-src 'nonce-of-page' 'strict-dynamic'; object-src 'none'; base-uri 'none'`;

const document = (given: object) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>React</title>
  <link rel="icon" href="data:,"></head><body><div id="root"></div>
  <script nonce="of-page">globalThis.given = ${JSON.stringify(given)}</script>
  <script nonce="of-page" type="module" src="/application.js"></script></body></html>`;

/**
 * The pages of `pages/`, below one address for each wrapper. Every path is a route of one application, built for development: there React says
 * more, and its strict mode mounts everything twice.
 */
export async function serveApplication(wrapper: Wrapper, { publishableKey, url }: TestApi): Promise<Site> {
  const entry = fileURLToPath(new URL(`pages/${wrapper.replace('@clerk/', '')}.jsx`, import.meta.url));
  const script = await bundleReact({ entryPoints: [entry], alias: { wrapper } }, 'development');
  const body = document({ publishableKey, script: `${url}/npm/@clerk/clerk-js@6/dist/clerk.browser.js`, nonce: 'of-page' });
  return serveSite((path) =>
    path === '/application.js'
      ? { body: script, type: 'text/javascript; charset=utf-8' }
      : { body, headers: { 'content-security-policy': policy } },
  );
}

/** Waits for a text anywhere on the page. */
export const shows = (page: Page, text: string): Promise<void> => page.getByText(text, { exact: true }).waitFor();

/** Signs somebody in without a form. */
export async function signIn(page: Page, { emailAddress, password }: { emailAddress: string; password: string }): Promise<void> {
  await shows(page, 'It has loaded');
  const params = JSON.stringify({ identifier: emailAddress, password });
  await page.evaluate(
    `Clerk.client.signIn.create(${params}).then(({ createdSessionId }) => Clerk.setActive({ session: createdSessionId }))`,
  );
}
