import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { parseDatabaseUrl, prepareDatabase } from '../../../demo/server/database-address.ts';
import { createLog } from '../../../demo/server/log.ts';
import { isDatabaseUnavailable, openDatabase } from '../../../demo/server/store/database.ts';
import type { OpenDatabase } from '../../../demo/server/store/database.ts';
import { startDatabaseProxy } from '../../support/database-proxy.ts';
import type { DatabaseProxy } from '../../support/database-proxy.ts';
import { openTestDatabase } from '../../support/test-database.ts';
import type { TestDatabase } from '../../support/test-database.ts';

describe('D4: a database behind a line that fails', () => {
  let test: TestDatabase;
  let proxy: DatabaseProxy;
  let open: OpenDatabase;
  before(async () => {
    test = await openTestDatabase(createLog('silent'));
    proxy = await startDatabaseProxy(test.address);
    const address = parseDatabaseUrl(proxy.url);
    await prepareDatabase(address);
    open = openDatabase(address);
  });
  after(async () => {
    await proxy.stop();
    await open.close();
    await test.close();
  });

  const ask = () => sql`select count(*) from users`.execute(open.database);
  /** Milliseconds until a statement has failed as one that may be tried again. */
  async function failure(): Promise<number> {
    const start = performance.now();
    await assert.rejects(ask(), (error: unknown) => isDatabaseUnavailable(error));
    return performance.now() - start;
  }

  for (const line of ['refused', 'silent', 'slow'] as const) {
    it(`is given up long before a statement's time is over (${line}), and found again when it is back`, async () => {
      await ask();
      await proxy.put(line);
      try {
        // Three seconds where nothing else runs; a statement may take five, and is given up after six.
        // The first on a connection from before, the other one on one that is asked for.
        const duration = Math.max(await failure(), await failure());
        assert.ok(duration < 4_500, `${duration} ms`);
      } finally {
        await proxy.put('up');
      }
      await ask();
    });
  }

  it('is no reason to give up a statement that takes its time', async () => {
    const start = performance.now();
    await sql`select pg_sleep(3)`.execute(open.database);
    assert.ok(performance.now() - start > 2_900);
  });
});

describe('N5: the database’s limits', () => {
  let test: TestDatabase;
  let open: OpenDatabase;
  before(async () => {
    test = await openTestDatabase(createLog('silent'));
    open = openDatabase(test.address);
  });
  after(async () => {
    await open.close();
    await test.close();
  });

  it('are five seconds a statement, ten connections, and five hundred who wait for one', async () => {
    const { rows } = await sql<{ limit: string }>`select current_setting('statement_timeout') as limit`.execute(open.database);
    assert.deepEqual(rows, [{ limit: '5s' }]);
    const asked = Array.from({ length: 520 }, () =>
      sql<{ pid: number }>`select pg_backend_pid() as pid from pg_sleep(0.01)`.execute(open.database).then(
        ({ rows: [row] }) => row?.pid,
        (error: unknown) => error,
      ),
    );
    const answers = await Promise.all(asked);
    const refused = answers.filter((answer): answer is Error => answer instanceof Error);
    assert.ok(refused.filter(({ name }) => name === 'DatabaseBusyError').length >= 10);
    assert.ok(refused.every((error) => isDatabaseUnavailable(error)));
    assert.ok(new Set(answers.filter((answer) => typeof answer === 'number')).size <= 10);
  });

  it('are two seconds to wait for one', async () => {
    let finished = 0;
    const busy = Array.from({ length: 10 }, async () => {
      await sql`select pg_sleep(4)`.execute(open.database);
      finished++;
    });
    await assert.rejects(sql`select 1`.execute(open.database), (error: unknown) => isDatabaseUnavailable(error));
    assert.equal(finished, 0);
    await Promise.all(busy);
  });
});
