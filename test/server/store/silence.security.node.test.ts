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
        const duration = await failure();
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
