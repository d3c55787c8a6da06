/** Ten tabs of one browser agree on who is there (security.md D9). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { enter, isLoaded, openCorePage } from '../support/core-page.ts';
import type { Core } from '../support/core-page.ts';
import { visit } from '../support/journey.ts';

describe('D9: a tab', () => {
  let stage: Awaited<ReturnType<typeof openCorePage>>;

  before(async () => void (stage = await openCorePage()));
  after(() => stage.close());

  it('agrees with nine others, whatever is done in which', async () => {
    const { context, page, requests, complaints } = await visit();
    const tabs = [page, ...(await Promise.all(Array.from({ length: 9 }, () => context.newPage())))];
    await page.goto(`${stage.site.url}/`);
    await isLoaded(page);
    await Promise.all(tabs.slice(1).map((tab) => tab.goto(`${stage.site.url}/`)));
    await Promise.all(tabs.map(isLoaded));
    // The same each time: a small generator with a seed.
    let seed = 20_261_126;
    const pick = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    let isIn = false;
    let saved = 0;
    const done: string[] = [];
    for (let round = 0; round < 14; round++) {
      const actor = tabs[pick(tabs.length)]!;
      const action = isIn ? ['save', 'save', 'reload', 'sign out'][pick(4)]! : ['sign in', 'reload'][pick(2)]!;
      done.push(action);
      await actor.bringToFront();
      if (action === 'sign in') {
        await enter(actor);
        isIn = true;
      } else if (action === 'sign out') {
        await actor.evaluate('Clerk.signOut(() => undefined)');
        isIn = false;
      } else if (action === 'reload') {
        await actor.reload();
        await isLoaded(actor);
      } else {
        await actor.evaluate(
          (count) => (globalThis as unknown as { Clerk: Core }).Clerk.user!.update({ unsafeMetadata: { count } }),
          ++saved,
        );
      }
      await Promise.all(
        tabs.map((tab) =>
          tab
            .waitForFunction(
              ({ isIn, saved }) => {
                const { Clerk } = globalThis as unknown as { Clerk: Core };
                if (!isIn) return Clerk.user === null && !/__session=/.test(document.cookie);
                return Clerk.user && (!saved || Clerk.user.unsafeMetadata.count === saved) && /__session=/.test(document.cookie);
              },
              { isIn, saved },
              { timeout: 5000 },
            )
            .catch(() => assert.fail(`a tab disagrees after ${done.join(', ')}`)),
        ),
      );
    }
    assert.ok(new Set(done).size === 4, done.join(', '));
    const asked = requests.filter(({ url }) => url.pathname.endsWith('/tokens')).length;
    assert.ok(asked <= done.length, `${asked} token requests`);
    assert.deepEqual(complaints, []);
    await context.close();
  });
});
