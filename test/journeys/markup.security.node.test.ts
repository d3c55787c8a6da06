/** Texts of users and servers are text (security.md B1), and addresses of theirs run nothing (B2), without any policy's help. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { lookForTraces, markupInstance, poisonAnswers, serveMarkupPages, tryToSignIn } from '../faults/support/markup-page.ts';
import { markupPayloads } from '../faults/support/markup.ts';
import { closeBrowser, visit } from '../support/journey.ts';
import { enter, isLoaded } from '../support/core-page.ts';
import type { Site, Visit } from '../support/journey.ts';

describe('B1: what the API says is text', () => {
  let api: TestApi;
  let site: Site;

  before(async () => {
    api = await startApi({ instance: markupInstance });
    site = await serveMarkupPages(api);
  });

  after(async () => {
    await closeBrowser();
    await site.stop();
    await api.stop();
  });

  /** Without a policy: what is taken for markup runs. */
  const open = () => visit({ policy: false });
  const judge = async ({ page }: Visit, least: number) => {
    const { ran, made, shown } = await lookForTraces(page);
    assert.deepEqual({ ran, made }, { ran: [], made: [] });
    assert.ok(shown >= least, `${shown} texts were shown`);
  };

  for (const index of [0, 7, 22, 61]) {
    const payload = markupPayloads[index]!;
    it(`on the cards and in their errors: ${payload('f()').slice(0, 50)}`, async () => {
      const visitor = await open();
      await poisonAnswers(visitor.context, api, payload);
      await visitor.page.goto(`${site.url}/out`);
      await tryToSignIn(visitor.page);
      await judge(visitor, 2);
      await visitor.context.close();
    });

    it(`in what is shown of a person: ${payload('f()').slice(0, 50)}`, async () => {
      const visitor = await open();
      await visitor.page.goto(`${site.url}/out`);
      await isLoaded(visitor.page);
      await enter(visitor.page);
      await poisonAnswers(visitor.context, api, payload);
      await visitor.page.goto(`${site.url}/in`);
      await visitor.page.locator('clerk-text:state(shown)').first().waitFor();
      await visitor.page.locator('clerk-unsafe-field:state(ready)').first().waitFor();
      await judge(visitor, 5);
      await visitor.context.close();
    });
  }

  for (const payload of markupPayloads.slice(80, 86)) {
    it(`B2: and no address runs script when it is clicked: ${JSON.stringify(payload('f()').slice(0, 50))}`, async () => {
      const visitor = await open();
      await poisonAnswers(visitor.context, api, payload);
      await visitor.page.goto(`${site.url}/out`);
      await visitor.page.locator('input[name=emailAddress]').waitFor();
      await judge(visitor, 1);
      await visitor.context.close();
    });
  }
});
