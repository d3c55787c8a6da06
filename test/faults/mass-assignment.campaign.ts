import assert from 'node:assert/strict';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { endsSomething, isUntouched, mutating, readOwned, sendSpelt, spellings, startWorld, wished } from '../support/mass-assignment.ts';
import type { Campaign, CampaignContext } from './support/campaign.ts';
import { seededRandom } from './support/campaign.ts';

const attributes = Object.entries(wished);

const browsers = ['browser', 'visitor'] as const;
const all = attributes.length * spellings.length * mutating.length * browsers.length;

/**
 * Every attribute that only the server may set × every spelling × every endpoint that changes something × two browsers: that of the person, and
 * one with a sign-in and a sign-up of that person under way. For every change a part of them, which the seed chooses.
 */
export const campaign: Campaign = {
  name: 'mass-assignment',
  row: 4,
  title: 'Mass assignment',
  unit: 'requests',
  sizes: { ci: 4_000, full: all },
  run: async ({ size, seed, count }) => {
    const random = seededRandom(seed);
    const api = await startApi({ instance: { users: [] } });
    try {
      for (const endpoint of mutating) await attack(api, endpoint, { size, random, count });
    } finally {
      await api.stop();
    }
  },
};

async function attack(
  api: TestApi,
  [name, { method, path }]: (typeof mutating)[number],
  { size, random, count }: Pick<CampaignContext, 'size' | 'count'> & { random: () => number },
): Promise<void> {
  const label = (what: string) => `${method} ${path}: ${what}`;
  let world = await startWorld(api);
  let before = await readOwned(api, world);
  for (const [how, isRefused, spell] of spellings) {
    for (const who of browsers) {
      const chosen = attributes.filter(() => random() * all < size);
      const send = async ([attribute, value]: [string, string]) => {
        const { status, code } = await sendSpelt(api, { name, world, browser: world[who] }, spell(attribute, value));
        count(`answers ${status}`);
        assert.ok(status < 500, label(`${attribute} in ${how}: ${status}`));
        if (isRefused) assert.deepEqual([status, code], [422, 'form_param_unknown'], label(`${attribute} in ${how}`));
        return status;
      };
      if (isRefused) {
        // Nothing of them applies, so they may come together.
        await Promise.all(chosen.map(send));
        assert.deepEqual(await readOwned(api, world), before, label(`attributes in ${how}`));
        continue;
      }
      for (const attribute of chosen) {
        const status = await send(attribute);
        const after = await readOwned(api, world);
        assert.ok(isUntouched(name, before, after), label(`${attribute[0]} in ${how}: ${JSON.stringify([before, after])}`));
        // It has understood nothing of it, and done what it is there for.
        if (status === 200 && endsSomething(name)) {
          world = await startWorld(api);
          before = await readOwned(api, world);
        }
      }
    }
  }
}
