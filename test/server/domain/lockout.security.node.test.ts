import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { countAround, countWithin, lockoutWarnings, refuseLocked, userLocked } from '../../../demo/server/domain/lockout.ts';
import { ApiError, serviceUnavailable } from '../../../demo/server/errors.ts';
import { readSettings } from '../../../demo/server/settings.ts';
import { inTransaction } from '../../../demo/server/store/database.ts';
import { resetFailures } from '../../../demo/server/store/lockouts.ts';
import type { LockoutSubject } from '../../../demo/server/store/lockouts.ts';
import { startApi } from '../../support/api.ts';
import type { TestApi } from '../../support/api.ts';
import { addUser } from '../../support/users.ts';

const settings = readSettings({ lockout: { max_attempts: 3, duration_in_minutes: 5 } }, 'development');

describe('C4: lockoutWarnings()', () => {
  it('warns when 2, 1 and 0 attempts are left', () => {
    const ten = readSettings({}, 'development');
    assert.deepEqual(
      [1, 7, 8, 9, 10].map((failures) => lockoutWarnings(failures, ten).length),
      [0, 0, 1, 1, 1],
    );
    assert.match(lockoutWarnings(9, ten)[0]?.longMessage ?? '', /1 attempt left/);
    assert.equal(lockoutWarnings(9, ten)[0]?.meta, undefined);
  });
});

describe('C4: userLocked()', () => {
  it('says the time in the text alone', () => {
    const error = userLocked(61_000, 0);
    assert.equal(error.status, 403);
    assert.match(error.items[0]?.longMessage ?? '', /2 minutes/);
    assert.equal(error.items[0]?.meta, undefined);
  });
});

describe('C4: counting attempts', () => {
  let api: TestApi;
  // Near the server's own clock: it forgets failures of long ago.
  let time = Date.now();
  before(async () => {
    api = await startApi();
  });
  after(() => api.stop());

  let count = 0;
  const context = () => ({ database: api.database, settings, now: () => time });
  const isLocked = (error: unknown) => error instanceof ApiError && error.status === 403 && error.items[0]?.code === 'user_locked';
  const subjects: [name: string, create: () => Promise<LockoutSubject>][] = [
    ['a user', async () => ({ userId: (await addUser(api, { emailAddress: `user-${++count}@example.com` })).id })],
    ['an identifier that nobody has', async () => ({ identifier: `nobody-${++count}@example.com` })],
  ];

  for (const [name, create] of subjects) {
    it(`locks ${name} after so many failures, and starts anew when the lock is over`, async () => {
      const subject = await create();
      const fail = () => countAround(context(), subject, async () => false);
      assert.deepEqual(
        [await fail(), await fail(), await fail()].map(({ failures }) => failures),
        [1, 2, 3],
      );
      await assert.rejects(fail, isLocked);
      await assert.rejects(refuseLocked(context(), subject), isLocked);
      await assert.rejects(
        inTransaction(api.database, (transaction) => countWithin(context(), transaction, subject)),
        isLocked,
      );
      time += 5 * 60_000;
      await refuseLocked(context(), subject);
      assert.equal((await fail()).failures, 1);
    });

    it(`lets no more attempts of ${name} be judged than are left, however many come at once`, async () => {
      const subject = await create();
      let judged = 0;
      const attempts = Array.from({ length: 40 }, () =>
        countAround(context(), subject, async () => {
          judged++;
          await new Promise(setImmediate);
          return false;
        }),
      );
      const results = await Promise.allSettled(attempts);
      assert.equal(judged, 3);
      assert.equal(results.filter((result) => result.status === 'rejected' && isLocked(result.reason)).length, 37);
    });

    it(`does not count what could not be judged of ${name}`, async () => {
      const subject = await create();
      for (let index = 0; index < 5; index++) {
        await assert.rejects(
          countAround(context(), subject, async () => Promise.reject(serviceUnavailable())),
          { status: 503 },
        );
      }
      assert.equal((await countAround(context(), subject, async () => false)).failures, 1);
    });

    it(`takes a count of ${name} back with its transaction`, async () => {
      const subject = await create();
      const rolledBack = inTransaction(api.database, async (transaction) => {
        assert.equal(await countWithin(context(), transaction, subject), 1);
        throw new Error('not judged');
      });
      await assert.rejects(rolledBack, /not judged/);
      assert.equal((await countAround(context(), subject, async () => false)).failures, 1);
    });
  }

  it('forgets the failures of who was right, and refuses nobody who waits meanwhile', async () => {
    const user = await addUser(api, { emailAddress: `user-${++count}@example.com` });
    const attempts = Array.from({ length: 20 }, () =>
      countAround(context(), { userId: user.id }, async () => {
        await resetFailures(api.database, user.id);
        return true;
      }),
    );
    assert.ok((await Promise.all(attempts)).every(({ result }) => result));
  });
});
