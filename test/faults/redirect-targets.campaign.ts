import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import type { BrowserContext } from 'playwright-core';
import { findBrowser } from '../../tools/find-browser.mjs';
import { allowedRedirect } from '../../src/rules/redirect.ts';
import { startProductionApi } from '../support/production.ts';
import type { Campaign } from './support/campaign.ts';
import { seededRandom } from './support/campaign.ts';
import { redirectTarget } from './support/redirect-targets.ts';

/** Of pages, as an application allows them; and what that means, said in another way. */
const allowedOrigins = ['https://app.test', 'https://*.shop.test', 'http://localhost:*'];
const isAllowedToPages = (origin: string) =>
  origin === 'https://app.test' ||
  /^https:\/\/[a-z0-9_-]+(\.[a-z0-9_-]+)*\.shop\.test$/.test(origin) ||
  /^http:\/\/localhost(:\d+)?$/.test(origin);
const base = 'https://app.test/here/page?x=1';

/**
 * Targets of redirects: the rule of the page, and the server with its own list. Whatever survives is navigated to in Chromium, by the page to
 * the parsed address, and by the server’s `Location`; wherever it arrives must be on the list.
 */
export const campaign: Campaign = {
  name: 'redirect-targets',
  row: 6,
  title: 'Redirect targets',
  unit: 'targets',
  sizes: { ci: 500, full: 50_000 },
  run: async ({ size, seed, count }) => {
    const random = seededRandom(seed);
    const served = ['https://app.test', 'https://www.shop.test'];
    const api = await startProductionApi({ instance: { allowed_origins: served } });
    const isAllowedToServer = (origin: string) => [...served, api.address].includes(origin);
    const browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
    try {
      const context = await browser.newContext({ ignoreHTTPSErrors: true });
      // Everything is there, and nothing of it leaves this machine.
      await context.route(
        (url) => url.origin !== api.address,
        (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>There</title>' }),
      );

      for (let index = 0; index < size; index++) {
        const target = redirectTarget(random);
        const label = `${JSON.stringify(target)} of seed ${seed}`;
        const url = allowedRedirect(target, { base, allowedOrigins });
        if (url) {
          assert.ok(isAllowedToPages(url.origin), `${label} leads to ${url.href}`);
          count('navigations by pages');
          await assertArrival(context, { label, href: url.href, isRedirected: false, isAllowed: isAllowedToPages });
        }
        const touch = `${api.address}/v1/client/touch?redirect_url=${encodeURIComponent(target)}`;
        const answer = await fetch(touch, { redirect: 'manual' });
        await answer.text();
        assert.ok([307, 422].includes(answer.status), `${label}: ${answer.status}`);
        if (answer.status === 422) continue;
        assert.ok(
          isAllowedToServer(new URL(answer.headers.get('location') ?? '', touch).origin),
          `${JSON.stringify(target)} of seed ${seed}`,
        );
        count('navigations by the server');
        await assertArrival(context, { label, href: touch, isRedirected: true, isAllowed: isAllowedToServer });
      }
    } finally {
      await browser.close();
      await api.stop();
    }
  },
};

interface Arrival {
  label: string;
  href: string;
  /** By the server, whose own address is not where anybody arrives. */
  isRedirected: boolean;
  isAllowed: (origin: string) => boolean;
}

/** Where the browser asks for a page, from one of its own. Some ports it does not even ask at. */
async function assertArrival(context: BrowserContext, { label, href, isRedirected, isAllowed }: Arrival): Promise<void> {
  const page = await context.newPage();
  try {
    const asked = page.waitForRequest((request) => request.isNavigationRequest() && (request.redirectedFrom() !== null) === isRedirected);
    const refused = page
      .waitForEvent('framenavigated', { predicate: (frame) => frame.url().startsWith('chrome-error:') })
      .then(() => undefined);
    // The one that does not happen ends with the page.
    for (const waiting of [asked, refused]) waiting.catch(() => undefined);
    await page.evaluate((to) => void location.assign(to), href);
    const request = await Promise.race([asked, refused]);
    if (request) assert.ok(isAllowed(new URL(request.url()).origin), `${label} leads to ${request.url()}`);
  } finally {
    await page.close();
  }
}
