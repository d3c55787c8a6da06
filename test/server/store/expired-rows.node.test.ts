import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startSession } from '../../../demo/server/domain/sessions.ts';
import { readSettings } from '../../../demo/server/settings.ts';
import { addCredential, createClient, supersedeCookies } from '../../../demo/server/store/clients.ts';
import { deleteExpiredRows } from '../../../demo/server/store/expired-rows.ts';
import { insertHandshake } from '../../../demo/server/store/handshakes.ts';
import { countRequest } from '../../../demo/server/store/rate-counters.ts';
import { countAttempt } from '../../../demo/server/store/lockouts.ts';
import { insertVerification } from '../../../demo/server/store/verifications.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { createFrontendClient } from '../../support/frontend-client.ts';
import { addUser } from '../../support/users.ts';

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
    const context = { now: () => now, settings: readSettings({}, 'development') };
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

  it('deletes attempts and codes of yesterday, and what refers to them goes on', async () => {
    const { database } = api;
    const now = Date.now();
    const client = await createFrontendClient(api);
    const emailAddress = 'codes@example.com';
    await addUser(api, { emailAddress });
    await client.call('POST', '/client/sign_ins', { identifier: emailAddress, strategy: 'email_code' });
    await client.call('POST', '/client/sign_ups', { email_address: 'new@example.com', strategy: 'email_code' });
    // A password is proved at once, so nothing of it can expire.
    await insertVerification(database, { id: 'ver_1', strategy: 'password', status: 'verified', attempts: 1, created_at: now });
    const count = async () =>
      (
        await Promise.all(
          (['sign_ins', 'sign_ups', 'verifications'] as const).map((table) => database.selectFrom(table).selectAll().execute()),
        )
      ).map((rows) => rows.length);
    assert.deepEqual(await count(), [1, 1, 3]);
    await deleteExpiredRows(database, now + day);
    assert.deepEqual(await count(), [1, 1, 3], 'still open');
    await deleteExpiredRows(database, now + 2 * day + 60_000);
    assert.deepEqual(await count(), [0, 0, 0]);
    const { status, client: seen } = await client.call('POST', '/client/sign_ins', { identifier: emailAddress, strategy: 'email_code' });
    assert.deepEqual([status, seen.sign_in.status, seen.sign_up], [200, 'needs_first_factor', null]);
  });

  it('forgets failures after a month, of users and of nobody alike, and no lock before its time', async () => {
    const { database } = api;
    const now = Date.now();
    const { id: userId } = await addUser(api, { emailAddress: 'failed@example.com' });
    const subjects = [{ userId }, { identifier: 'nobody@example.com' }];
    const fail = (maxAttempts: number, duration: number, time: number) =>
      Promise.all(subjects.map((subject) => countAttempt(database, subject, { maxAttempts, duration }, time)));
    assert.deepEqual(await fail(10, day, now), [1, 1]);
    await deleteExpiredRows(database, now + 30 * day);
    assert.deepEqual(await fail(10, day, now + 1), [2, 2]);
    await deleteExpiredRows(database, now + 30 * day + 2);
    assert.deepEqual(await fail(10, day, now + 2), [1, 1]);
    assert.deepEqual(await fail(2, 90 * day, now + 3), [2, 2]);
    await deleteExpiredRows(database, now + 60 * day);
    assert.deepEqual(await fail(2, 90 * day, now + 60 * day), [undefined, undefined], 'locked');
    await deleteExpiredRows(database, now + 91 * day);
    assert.equal(await database.selectFrom('identifier_lockouts').selectAll().executeTakeFirst(), undefined);
    const user = await database.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirstOrThrow();
    assert.deepEqual([user.failed_attempts, user.last_failed_at, user.locked_until], [0, null, null]);
  });
});
