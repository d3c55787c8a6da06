/** Pages that show all that there is to show, with hostile texts in every answer of the API: what became of them. */
import type { BrowserContext, Page, Route } from 'playwright-core';
import type { SettingsFile } from '../../../demo/server/settings.ts';
import type { TestApi } from '../../support/api.ts';
import { jane, serveSite } from '../../support/journey.ts';
import type { Site } from '../../support/journey.ts';
import { withHostileTexts } from './markup.ts';

const head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"></head>';
const userFields = ['firstName', 'lastName', 'fullName', 'username', 'primaryEmailAddress', 'imageUrl', 'externalId'];
const types = ['text', 'textarea', 'tags', 'json', 'select', 'radio', 'url', 'email'];

/** An instance with something to show in every place. */
export const markupInstance: SettingsFile = {
  social: [{ strategy: 'oauth_google' }],
  sign_up: { mode: 'public', legal_consent: true },
  urls: { terms: 'https://app.test/terms', privacy_policy: 'https://app.test/privacy' },
};

/** `/out` has the cards of somebody who is not signed in, `/in` all elements that show something of a person. */
export function serveMarkupPages({ url, publishableKey }: Pick<TestApi, 'url' | 'publishableKey'>): Promise<Site> {
  const tag = `<script data-clerk-publishable-key="${publishableKey}" src="${url}/npm/@clerk/clerk-js@latest/dist/clerk.browser.js"></script>
    <script>window.hits = []; window.hit = (name) => window.hits.push(name);</script>`;
  const texts = [...userFields.map((name) => `user.${name}`), 'public.role', 'unsafe.nickname', 'unsafe.list'];
  const fields = types.map(
    (type) =>
      `<clerk-unsafe-field name="${/tags|json/.test(type) ? 'list' : 'nickname'}" type="${type}" label="${type}">${/select|radio/.test(type) ? '<option value="a">A</option>' : ''}</clerk-unsafe-field>`,
  );
  const pages: Record<string, string> = {
    '/out': '<clerk-sign-in></clerk-sign-in><clerk-sign-up></clerk-sign-up>',
    '/in': `${texts.map((field) => `<p><clerk-text field="${field}"></clerk-text></p>`).join('')}
      ${fields.join('')}<clerk-show when="signed-in"><p>In</p></clerk-show><clerk-sign-in></clerk-sign-in>`,
  };
  return serveSite((path) => (pages[path] ? { body: `${head}<body>${pages[path]}${tag}</body></html>` } : undefined));
}

/** What a page has made of hostile texts. */
export interface MarkupResult {
  /** Fields whose script ran. */
  ran: string[];
  /** Elements that were made of a text, and attributes that are none of ours. */
  made: string[];
  /** How many texts stand in the page as what they are. */
  shown: number;
}

/** Puts a payload into each answer of the API from now on, also into refusals. */
export async function poisonAnswers(context: BrowserContext, api: Pick<TestApi, 'url'>, payload: (call: string) => string): Promise<void> {
  await context.unroute(`${api.url}/v1/**`);
  await context.route(`${api.url}/v1/**`, async (route: Route) => {
    try {
      const response = await route.fetch();
      const text = await response.text();
      // No quotes and no spaces: the path is the source of a pattern.
      const poisoned = () => withHostileTexts(JSON.parse(text), (path) => payload(`hit(/${path}/.source)`));
      await (text.startsWith('{') ? route.fulfill({ response, json: poisoned() }) : route.fulfill({ response }));
    } catch {
      // The page has gone meanwhile.
      await route.abort().catch(() => undefined);
    }
  });
}

/** Clicks what is no address of the web, gives each control the focus, and looks for traces. */
export async function lookForTraces(page: Page): Promise<MarkupResult> {
  return page.evaluate(async () => {
    const roots: (Document | ShadowRoot)[] = [document];
    const elements: Element[] = [];
    for (const root of roots) {
      for (const element of root.querySelectorAll('*')) {
        elements.push(element);
        if (element.shadowRoot) roots.push(element.shadowRoot);
      }
    }
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href]')) if (!/^https?:$/.test(link.protocol)) link.click();
    for (const element of document.querySelectorAll<HTMLElement>('input, button, a')) element.focus();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const planted = elements.filter(
      (element) =>
        element.hasAttribute('data-planted') ||
        /^(iframe|object|embed|video|audio|math|base)$/.test(element.localName) ||
        ['href', 'src', 'action', 'formaction'].some((name) =>
          /^\W*(javascript|vbscript|data:text|blob|data:image\/svg)/i.test(element.getAttribute(name) ?? ''),
        ) ||
        element.getAttributeNames().some((name) => /^on|^srcdoc$/.test(name)),
    );
    const values = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value);
    return {
      ran: (window as unknown as { hits: string[] }).hits,
      made: planted.map(({ outerHTML }) => outerHTML.slice(0, 200)),
      shown: [document.body.innerText, ...values].join('\n').split('hit(/').length - 1,
    };
  });
}

/** What somebody does on `/out`: as far as a factor, with an error on the way. */
export async function tryToSignIn(page: Page): Promise<void> {
  const card = page.locator('clerk-sign-in');
  const submit = card.locator('.cl-formButtonPrimary').first();
  await card.locator('input[name=identifier]').fill('nobody@example.com');
  await submit.click();
  await card.locator('[role=alert], [aria-invalid=true]').first().waitFor();
  await card.locator('input[name=identifier]').fill(jane.emailAddress);
  await submit.click();
  await card.locator('input[name=password]:visible').waitFor();
}
