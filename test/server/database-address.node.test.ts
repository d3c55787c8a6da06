import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDatabaseUrl } from '../../demo/server/database-address.ts';
import { StartError } from '../../demo/server/start-error.ts';
import { createConnection } from '../../demo/server/store/database.ts';

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
