/** Hostile texts in every answer of the API, with a policy and without: nothing runs, nothing becomes an element, nothing is refused. */
import assert from 'node:assert/strict';
import { startApi } from '../support/api.ts';
import { enter, isLoaded } from '../support/core-page.ts';
import { closeBrowser, visit } from '../support/journey.ts';
import type { Visit, VisitOptions } from '../support/journey.ts';
import type { Campaign } from './support/campaign.ts';
import { lookForTraces, markupInstance, poisonAnswers, serveMarkupPages, tryToSignIn } from './support/markup-page.ts';
import { markupPayloads } from './support/markup.ts';

/** One payload is an address of the web, which may be a picture's. */
const strict = { more: { 'img-src': 'https://example.com' } };

export const campaign: Campaign = {
  name: 'markup',
  row: 7,
  title: 'Markup payloads in each rendered field',
  unit: 'payloads',
  sizes: { ci: 20, full: 100 },
  run: async ({ size, isFull, seed, count }) => {
    const api = await startApi({ instance: markupInstance });
    const site = await serveMarkupPages(api);
    // At the size of every change each n-th, another one with another seed.
    const step = Math.max(1, Math.floor(markupPayloads.length / size));
    const chosen = Array.from({ length: size }, (_, index) => (index * step + (seed % step)) % markupPayloads.length);

    const show = async (visitor: Visit, path: '/out' | '/in', index: number, isTrying: boolean) => {
      const { context, page } = visitor;
      const payload = markupPayloads[index]!;
      await poisonAnswers(context, api, payload);
      await page.goto(site.url + path);
      if (path === '/in') {
        await page.locator('clerk-text:state(shown)').first().waitFor();
        await page.locator('clerk-unsafe-field:state(ready)').first().waitFor();
      } else {
        await page.locator('input[name=emailAddress]').waitFor();
        if (isTrying) await tryToSignIn(page);
      }
      const { ran, made, shown } = await lookForTraces(page);
      const what = `payload ${index} on ${path}: ${payload('call()')}`;
      assert.deepEqual({ ran, made }, { ran: [], made: [] }, what);
      assert.ok(shown > 0, `nothing was shown of ${what}`);
      count('texts shown as text', shown);
      count('pages');
    };

    const parade = async (policy: NonNullable<VisitOptions['policy']>, path: '/out' | '/in') => {
      const visitor = await visit({ policy });
      if (path === '/in') {
        await visitor.page.goto(`${site.url}/out`);
        await isLoaded(visitor.page);
        await enter(visitor.page);
      }
      for (const [turn, index] of chosen.entries()) await show(visitor, path, index, isFull || turn % 5 === 0);
      // Rejects if the policy had to refuse anything.
      await visitor.context.close();
    };

    try {
      await Promise.all([parade(strict, '/out'), parade(false, '/out'), parade(strict, '/in'), parade(false, '/in')]);
    } finally {
      await closeBrowser();
      await site.stop();
      await api.stop();
    }
  },
};
