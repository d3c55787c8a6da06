import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { noteUser, observeChanges } from '../../../demo/server/store/changes.ts';
import type { Changes } from '../../../demo/server/store/changes.ts';
import { inTransaction } from '../../../demo/server/store/database.ts';
import type { Database } from '../../../demo/server/store/database.ts';
import { findUser } from '../../../demo/server/store/users.ts';
import { deleteUser, insertUser, updateUser } from '../../../demo/server/store/write-users.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';

describe('observeChanges()', () => {
  let api: TestApi;
  let told: [id: string, kind: string][][];
  let commits: number;
  let beforeCommit: (transaction: Database, changes: Changes) => Promise<void>;

  before(async () => {
    api = await startApi();
    observeChanges(api.database, {
      beforeCommit: (transaction, changes) => beforeCommit(transaction, changes),
      afterCommit: () => void commits++,
    });
  });
  after(() => api.stop());
  beforeEach(() => {
    told = [];
    commits = 0;
    beforeCommit = (_transaction, { users }) => Promise.resolve(void told.push([...users].map(([id, { kind }]) => [id, kind])));
  });

  const insert = async (database: Database = api.database) => (await insertUser(database, { email_addresses: [] }, 1)).id;
  const rename = (database: Database, id: string) => updateUser(database, id, { first_name: 'Ann' }, 2);

  it('tells of each user once, by what matters most', async () => {
    const id = await insert();
    await rename(api.database, id);
    const ids = await inTransaction(api.database, async (transaction) => {
      const created = await insert(transaction);
      for (const each of [created, id, id]) await rename(transaction, each);
      return [created, id];
    });
    await inTransaction(api.database, async (transaction) => {
      await rename(transaction, id);
      await deleteUser(transaction, id);
    });
    assert.deepEqual(told, [
      [[id, 'created']],
      [[id, 'updated']],
      ids.map((each, index) => [each, index ? 'updated' : 'created']),
      [[id, 'deleted']],
    ]);
    assert.equal(commits, 4);
  });

  it('tells nothing where nothing has changed, or nothing of it stays', async () => {
    const id = await insert();
    told = [];
    commits = 0;
    await inTransaction(api.database, (transaction) => findUser(transaction, id));
    await updateUser(api.database, id, { last_sign_in_at: 2, last_active_at: 0 }, 2);
    assert.equal(await deleteUser(api.database, 'user_unknown'), false);
    await assert.rejects(rename(api.database, 'user_unknown'), { message: 'resource_not_found' });
    const failure = new Error('no');
    const failing = inTransaction(api.database, async (transaction) => {
      await rename(transaction, id);
      throw failure;
    });
    await assert.rejects(failing, failure);
    assert.deepEqual([told, commits], [[], 0]);
  });

  it('is part of the transaction: what it writes goes with it, and it can end it', async () => {
    const id = await insert();
    commits = 0;
    const failure = new Error('no');
    let seen: string | null | undefined;
    beforeCommit = async (transaction) => {
      seen = (await findUser(transaction, id))?.first_name;
      throw failure;
    };
    await assert.rejects(rename(api.database, id), failure);
    assert.equal(seen, 'Ann');
    assert.equal((await findUser(api.database, id))?.first_name, null);
    assert.equal(commits, 0);
  });

  it('refuses a change that nobody would be told of', () => {
    assert.throws(() => noteUser(api.database, 'user_1', 'updated'), /in a transaction/);
  });
});
