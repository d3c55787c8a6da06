/** The recipe in `docs/typed-metadata.md` is the code that the type check compiles, and its backend works. */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createBackendClient } from '../support/backend-client.ts';
import { addUser } from '../support/users.ts';

const recipe = new URL('../types/recipe/', import.meta.url);

describe('docs/typed-metadata.md', () => {
  let api: TestApi;

  before(async () => {
    api = await startApi();
    Object.assign(process.env, { CLERK_SECRET_KEY: api.secretKey, CLERK_API_URL: api.backendUrl });
  });

  after(async () => {
    await api.stop();
  });

  it('shows every file of the recipe as it is compiled', async () => {
    const text = await readFile(new URL('../../docs/typed-metadata.md', import.meta.url), 'utf8');
    const shown = new Map([...text.matchAll(/^`([\w.-]+)`[^\n]*:\n\n```ts\n(.*?)```/gms)].map(([, name, code]) => [name, code]));
    const names = await readdir(recipe);
    assert.deepEqual([...shown.keys()].sort(), names.sort());
    for (const name of names) assert.equal(shown.get(name), await readFile(new URL(name, recipe), 'utf8'), name);
  });

  it('has a backend that writes and reads what it says', async () => {
    const { makeCustomer, describeUser } = (await import('../types/recipe/backend.ts' as string)) as {
      makeCustomer(userId: string, stripeId: string): Promise<void>;
      describeUser(userId: string): Promise<object>;
    };
    const { id } = await addUser(api, { emailAddress: 'recipe@example.com' });
    const backend = createBackendClient(api);
    await makeCustomer(id, 'cus_1');
    assert.deepEqual(await describeUser(id), { role: 'shopper', city: 'unknown', stripeId: 'cus_1' });
    await backend('PATCH', `/users/${id}/metadata`, { body: { unsafe_metadata: { address: { city: 'Paris' } } } });
    assert.deepEqual(await describeUser(id), { role: 'shopper', city: 'Paris', stripeId: 'cus_1' });
    await backend('PATCH', `/users/${id}/metadata`, { body: { unsafe_metadata: { address: { city: 5 } } } });
    assert.deepEqual(await describeUser(id), { role: 'shopper', city: 'unknown', stripeId: 'cus_1' });
  });
});
