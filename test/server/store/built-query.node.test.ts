/** Queries that are built once, and statements that PostgreSQL keeps: neither may hand on what an earlier call was about. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { buildOnce } from '../../../demo/server/store/built-query.ts';
import { isDatabaseUnavailable } from '../../../demo/server/store/database.ts';
import { findUser, findUserByIdentifier, findUsers } from '../../../demo/server/store/users.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { addUser } from '../../support/users.ts';

describe('Queries built once', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi();
  });
  after(() => api.stop());

  it('give each call its own values, in transactions too', async () => {
    const one = await addUser(api, { emailAddress: 'one@example.com' });
    const other = await addUser(api, { emailAddress: 'other@example.com' });
    assert.deepEqual(await Promise.all([one.id, other.id, 'user_nobody'].map(async (id) => (await findUser(api.database, id))?.id)), [
      one.id,
      other.id,
      undefined,
    ]);
    assert.deepEqual((await findUsers(api.database, [other.id, one.id])).map(({ id }) => id).sort(), [one.id, other.id].sort());
    assert.deepEqual(await findUsers(api.database, []), []);
    const inside = await api.database.transaction().execute(async (transaction) => {
      await transaction.updateTable('users').set({ first_name: 'Uncommitted' }).where('id', '=', one.id).execute();
      return findUser(transaction, one.id);
    });
    assert.equal(inside?.first_name, 'Uncommitted');
  });

  it('are built a single time, with values that are the same by chance kept apart', async () => {
    let builds = 0;
    const sums = buildOnce((database, { one, other }: { one: number; other: number }) => {
      builds++;
      return database.selectFrom(sql<{ sum: number }>`(select ${one}::int - ${other}::int as sum)`.as('sums')).select('sum');
    });
    const results = [];
    for (const values of [
      { one: 7, other: 7 },
      { one: 1, other: 2 },
      { one: 2, other: 1 },
      { one: 9, other: 4 },
      { one: 4, other: 9 },
    ]) {
      results.push((await sums(api.database, values))[0]?.sum);
    }
    assert.deepEqual(results, [0, -1, 1, 5, -5]);
    assert.equal(builds, 1);
  });

  it('give the same rows as JSON as by columns', async () => {
    const metadata = { text: '"é\\u2028"', numbers: [1.5, -0.001, 9_007_199_254_740_991], nothing: null };
    const { id } = await addUser(api, { emailAddress: 'same@example.com', unsafe_metadata: metadata, external_id: 'as "it" is' });
    const byColumns = await findUserByIdentifier(api.database, { emailAddress: 'same@example.com' });
    assert.deepEqual(byColumns?.unsafe_metadata, metadata);
    assert.deepEqual(await findUser(api.database, id), byColumns);
  });

  it('survive a table that another process changes meanwhile: one is refused for now, the next one works', async () => {
    const read = buildOnce((database, { id }: { id: string }) => database.selectFrom('clients').selectAll().where('id', '=', id));
    // On one connection, until the statement is kept.
    await api.database.connection().execute(async (connection) => {
      for (let call = 0; call < 8; call++) await read(connection, { id: 'client_nobody' });
      await sql`alter table clients add column added_meanwhile int`.execute(connection);
      await assert.rejects(read(connection, { id: 'client_nobody' }), isDatabaseUnavailable);
      assert.deepEqual(await read(connection, { id: 'client_nobody' }), []);
    });
  });
});
