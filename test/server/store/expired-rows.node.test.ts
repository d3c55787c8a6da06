import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSession } from '../../../demo/server/domain/sessions.ts';
import type { InstanceSettings } from '../../../demo/server/settings.ts';
import { addCredential, createClient, supersedeCookies } from '../../../demo/server/store/clients.ts';
import { deleteExpiredRows } from '../../../demo/server/store/expired-rows.ts';
import { insertHandshake } from '../../../demo/server/store/handshakes.ts';
import { countRequest } from '../../../demo/server/store/rate-counters.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { addUser } from '../../support/people.ts';

const day = 24 * 3600_000;

describe('deleteExpiredRows()', () => {
  let api: TestApi;
  before(async () => {
    api = await startApi();
  });
  after(() => api.stop());

  it('deletes what time has made useless, and nothing else', async () => {
    const { database } = api;
    const now = Date.now();
    const count = async (table: 'handshakes' | 'rate_counters' | 'client_credentials' | 'sessions' | 'clients') =>
      Number(
        (
          await database
            .selectFrom(table)
            .select((eb) => eb.fn.countAll().as('count'))
            .executeTakeFirstOrThrow()
        ).count,
      );

    const user = await addUser(api, { emailAddress: 'ann@example.com' });
    const { client } = await createClient(database, 'cookie', now);
    const context = { now: () => now, settings: { singleSessionMode: true } as InstanceSettings };
    await startSession(context, database, {
      clientId: client.id,
      userId: user.id,
      strategy: 'password',
      address: '',
      userAgent: undefined,
    });
    await addCredential(database, { clientId: client.id, kind: 'cookie' }, now);
    await createClient(database, 'dev_browser', now);
    await insertHandshake(database, ['a=b'], now);
    await countRequest(database, 'key', now);
    const all = async () => Promise.all((['handshakes', 'rate_counters', 'client_credentials', 'sessions', 'clients'] as const).map(count));

    await deleteExpiredRows(database, now);
    assert.deepEqual(await all(), [1, 1, 3, 1, 2]);
    await deleteExpiredRows(database, now + 60_000);
    assert.deepEqual(await all(), [0, 1, 2, 1, 2]);
    await deleteExpiredRows(database, now + 2 * day);
    assert.deepEqual(await all(), [0, 0, 2, 1, 2]);
    await deleteExpiredRows(database, now + 31 * day);
    assert.deepEqual(await all(), [0, 0, 1, 1, 1]);
    await supersedeCookies(database, client.id, now);
    await deleteExpiredRows(database, now + 38 * day);
    assert.deepEqual(await all(), [0, 0, 0, 0, 0]);
    assert.ok(await database.selectFrom('users').select('id').where('id', '=', user.id).executeTakeFirst());
  });
});
