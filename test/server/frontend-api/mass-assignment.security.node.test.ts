/**
 * Attributes that only the server may set, named by a browser to every endpoint that changes something: nothing of them applies (security.md,
 * M2, E7). Here each endpoint meets each attribute in one of the spellings; the campaign `mass-assignment` goes through all of them.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import {
  endsSomething,
  isUntouched,
  mutating,
  readOwned,
  sendSpelt,
  spellings,
  startWorld,
  wished,
} from '../../support/mass-assignment.ts';

describe('M2, E7: attributes that only the server may set', () => {
  let api: TestApi;
  before(async () => void (api = await startApi({ instance: { users: [] } })));
  after(() => api.stop());

  for (const [index, [name, { method, path }]] of mutating.entries()) {
    it(`${method} ${path} takes none of them`, async () => {
      let world = await startWorld(api);
      let before = await readOwned(api, world);
      for (const [position, [attribute, value]] of Object.entries(wished).entries()) {
        const [how, isRefused, spell] = spellings[(position + index) % spellings.length]!;
        for (const browser of [world.browser, world.visitor]) {
          const { status, code } = await sendSpelt(api, { name, world, browser }, spell(attribute, value));
          const label = `${attribute} in ${how}: ${status}`;
          assert.ok(status < 500, label);
          if (isRefused) assert.deepEqual([status, code], [422, 'form_param_unknown'], label);
          const after = await readOwned(api, world);
          assert.ok(isUntouched(name, before, after), `${label}: ${JSON.stringify([before, after])}`);
          // Understood nothing of it, and did what it is there for.
          if (status === 200 && endsSomething(name)) {
            world = await startWorld(api);
            before = await readOwned(api, world);
          }
        }
      }
    });
  }
});
