/** What a page holds that outlives a moment, swept for what must not be there (security.md, B8). */
import assert from 'node:assert/strict';
import type { BrowserContext, Page } from 'playwright-core';
import { jane } from './users.ts';

/** Session tokens, wherever they stand. */
export const tokenPattern = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/;

export type Place = 'localStorage' | 'sessionStorage' | 'databases' | 'markup' | 'events' | 'address' | 'state';

/** One text for each place. As text: a compiler may leave helpers of its own in a function. */
export const sweep = (page: Page): Promise<Record<Place, string>> =>
  page.evaluate(`(async () => {
    const markup = (root) =>
      [...root.querySelectorAll('*')].map((node) => (node.shadowRoot ? markup(node.shadowRoot) : '')).join('') +
      (root === document ? document.documentElement.outerHTML : root.innerHTML);
    const registrations = await navigator.serviceWorker.getRegistrations();
    return {
      localStorage: JSON.stringify(Object.entries(localStorage)),
      sessionStorage: JSON.stringify(Object.entries(sessionStorage)),
      databases: JSON.stringify([await indexedDB.databases(), await self.caches.keys(), registrations.map(({ scope }) => scope)]),
      markup: markup(document),
      events: (window.told ?? []).join('\\n'),
      address: location.href,
      state: JSON.stringify(history.state),
    };
  })()`);

/** Values of the cookies by which the profile is known. */
export async function credentialsOf(context: BrowserContext): Promise<string[]> {
  return (await context.cookies())
    .filter(({ name, value }) => value && /^__(session|clerk_db_jwt|client)(_.{8})?$/.test(name))
    .map(({ value }) => decodeURIComponent(value));
}

/**
 * Looks through all pages of a profile at the end of a story. Their markup and address are the page's own, which may show a token, and carry
 * the development credential; what browsers keep is nobody's place for one.
 */
export async function assertNothingKept(context: BrowserContext): Promise<void> {
  const secrets = [jane.password, ...(await credentialsOf(context))];
  for (const page of context.pages()) {
    // Some have no storage: an empty one, one that is not there, one of another protocol.
    const found = await sweep(page).catch(() => undefined);
    if (!found) continue;
    for (const place of ['localStorage', 'sessionStorage', 'databases', 'state'] as const) {
      assert.doesNotMatch(found[place], tokenPattern, `${place} of ${page.url()}`);
      for (const secret of secrets) assert.ok(!found[place].includes(secret), `${place} of ${page.url()} holds a secret`);
    }
  }
}
