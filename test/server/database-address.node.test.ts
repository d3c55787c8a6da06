import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { parseDatabaseUrl, prepareDatabase } from '../../demo/server/database-address.ts';
import { createLog } from '../../demo/server/log.ts';
import { StartError } from '../../demo/server/start-error.ts';
import { createConnection } from '../../demo/server/store/database.ts';
import { startDatabaseProxy } from '../support/database-proxy.ts';
import { openTestDatabase } from '../support/test-database.ts';

describe('parseDatabaseUrl()', () => {
  const table = [
    ['postgres://user:hunter2@db.example.com/clerk', 'db.example.com:5432/clerk (yours)', 'db.example.com'],
    ['postgresql://user:hunter2@db.example.com:6000/clerk?sslmode=disable', 'db.example.com:6000/clerk (yours)', 'db.example.com'],
    ['postgres://postgres@/clerk?host=/run/postgresql', '/run/postgresql/clerk (yours)', '/run/postgresql'],
    ['postgres:///clerk?host=/run/postgresql', '/run/postgresql/clerk (yours)', '/run/postgresql'],
    ['postgres://user@[::1]:5433/clerk', '[::1]:5433/clerk (yours)', '::1'],
  ] as const;
  for (const [url, description, host] of table) {
    it(`reads ${url.replace('hunter2', '…')}`, () => {
      const address = parseDatabaseUrl(url);
      assert.equal(address.description, description);
      assert.equal(createConnection(address).host, host, 'the driver means the same server');
    });
  }

  it('refuses what is none, without quoting it', () => {
    for (const url of [
      'mysql://user:hunter2@host/db',
      'hunter2',
      'postgres://user:hunter2@[',
      '/run/hunter2',
      'https://hunter2.example.com',
    ]) {
      assert.throws(
        () => parseDatabaseUrl(url),
        (error: unknown) => error instanceof StartError && !error.message.includes('hunter2') && error.message.startsWith('DATABASE_URL: '),
      );
    }
  });
});

describe('prepareDatabase()', () => {
  it('waits for a server that is starting up, as after a power cut, and refuses one that is not there at once', async () => {
    const { address, close } = await openTestDatabase(createLog('silent'));
    const proxy = await startDatabaseProxy(address);
    try {
      await proxy.put('starting');
      const prepared = prepareDatabase(parseDatabaseUrl(proxy.url));
      while (proxy.connections < 2) await Promise.race([prepared.then(() => assert.fail('It did not wait.')), delay(10)]);
      await proxy.put('up');
      await prepared;
      await proxy.put('refused');
      await assert.rejects(
        prepareDatabase(parseDatabaseUrl(proxy.url)),
        (error: unknown) => error instanceof StartError && /^There is no database server to be reached at 127/.test(error.message),
      );
    } finally {
      await proxy.stop();
      await close();
    }
  });
});
